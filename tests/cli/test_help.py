"""``--help``, in French and English."""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from coopdec import cli
from coopdec.cli import _help, main


def _commands(command: click.Command, words: tuple[str, ...] = ()
              ) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield words, command
    if isinstance(command, click.Group):
        ctx = click.Context(command)
        for name in command.list_commands(ctx):
            found = command.get_command(ctx, name)
            assert found is not None
            yield from _commands(found, (*words, name))


_EVERY = dict(_commands(cli._group))


def _texts(command: click.Command) -> Iterator[str]:
    """What its help says, a paragraph each, and what the help of its group says of it."""
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        yield " ".join(paragraph.split())
    yield command.get_short_help_str(1 << 10)
    for option in command.get_params(click.Context(command)):
        if isinstance(option, click.Option):
            assert option.help, option.name
            yield " ".join(option.help.partition("  [")[0].split())


def _french() -> dict[str, str]:
    return tomllib.loads(Path(_help.__file__).with_name("_help.toml").read_text("utf-8"))


def test_each_text_has_its_french_and_none_is_left_over() -> None:
    said = {text for command in _EVERY.values() for text in _texts(command)}
    assert said | {"Options", "Commands"} == _french().keys()


def _help_of(words: tuple[str, ...], capsys: pytest.CaptureFixture[str], *more: str) -> str:
    with pytest.raises(SystemExit) as stop:
        main([*words, *more, "--help"])
    assert stop.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("words", _EVERY, ids=" ".join)
def test_help_is_in_one_language(words: tuple[str, ...], capsys: pytest.CaptureFixture[str],
                                 monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COOPDEC_LANG", "fr")
    french = _help_of(words, capsys)
    assert french.startswith("Utilisation : coopdec")
    assert not re.search(r"\b(the|of|default|required|Usage|Commands)\b", french)
    monkeypatch.setenv("COOPDEC_LANG", "en")
    english = _help_of(words, capsys)
    assert english.startswith("Usage: coopdec")
    assert not re.search(r"\b(les|des|défaut)\b", english)


def test_the_command_line_goes_before_the_environment(
        capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COOPDEC_LANG", "fr")
    named = _help_of(("query", "projects-by-country"), capsys, "--lang", "en")
    assert "Projects with a country" in named
    assert "Options:" in named
    first = _help_of(("--lang", "en", "query", "projects-by-country"), capsys)
    assert first == named


def test_a_language_before_the_command_is_that_of_its_answer(
        capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COOPDEC_LANG", "fr")
    with pytest.raises(SystemExit):
        main(["--lang", "en", "query"])
    assert "Projects with a country" in capsys.readouterr().out


def test_what_is_added_to_an_option_is_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    said = " ".join(_help_of(("serve",), capsys, "--lang", "fr").replace("\xa0", " ").split())
    assert "Port d'écoute ; 0 en prend un libre. [par défaut : 8000 ; 0<=x<=65535]" in said


def test_help_names_the_formats_each_time_once() -> None:
    build = _EVERY["build",]
    for _ in range(2):
        told = build.get_help(click.Context(build))
    assert told.count("geojson") == 1


def test_a_wrong_option_leads_to_the_help_of_its_query(capsys: pytest.CaptureFixture[str]
                                                       ) -> None:
    with pytest.raises(SystemExit):
        main(["query", "projects-by-country", "--pays", "Mali"])
    assert "coopdec query projects-by-country --help" in capsys.readouterr().err
