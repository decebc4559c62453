"""From exceptions to lines on standard error and exit codes (DESIGN §4)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

import click

from coopdec.cli._help import formatter_in
from coopdec.errors import CoopdecError, DataError, OutsideError, UnknownName
from coopdec.messages import LANGS, Count, Lang, advice, render, sentence

if TYPE_CHECKING:
    from coopdec.model import Finding

__all__ = ["default_lang", "interrupted", "run", "show_findings"]

#: A group without a command: click shows its help.
_NO_ARGUMENTS = getattr(click.exceptions, "NoArgsIsHelpError", ())

#: Of findings that say the same, so many places are told.
_PLACES = 8


def default_lang() -> Lang:
    """French, unless the environment asks for another language."""
    said = next((os.environ[v] for v in ("COOPDEC_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
                 if os.environ.get(v)), "")
    return "en" if said.startswith(("en", "C.UTF-8@en")) else "fr"


def _lang_of(arguments: list[str]) -> Lang:
    """``--lang`` as it stands in the arguments, the last one: for help, and for errors that arise
    before parsing ends."""
    said = default_lang()
    for one, two in pairwise([*arguments, ""]):
        for known in LANGS:
            if (one, two) == ("--lang", known) or one == f"--lang={known}":
                said = known
    return said


def interrupted(lang: Lang | None = None, *told: object) -> int:
    """Tell that Ctrl-C was heard, and what the command has to say of it; the exit code."""
    click.echo(" ".join([{"fr": "Interrompu.", "en": "Interrupted."}[lang or default_lang()],
                         *map(str, told)]), err=True)
    return 130


def run(group: click.Command, arguments: list[str] | None) -> int:
    given = sys.argv[1:] if arguments is None else arguments
    lang = _lang_of(given)
    click.Context.formatter_class = formatter_in(lang)
    try:
        code = group.main(given, prog_name="coopdec", standalone_mode=False, obj=lang)
        sys.stdout.flush()  # a full disk shows here, where it can still be said
    except click.exceptions.Abort as error:
        return interrupted(lang, *(error.__cause__.args if error.__cause__ else ()))
    except KeyboardInterrupt as error:
        return interrupted(lang, *error.args)
    except click.UsageError as error:
        from coopdec.cli._usage import told

        if isinstance(error, _NO_ARGUMENTS):
            error.show()
        else:
            click.echo(told(error, lang), err=True)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except DataError as error:
        grave = [f for f in error.findings if f.fatal]
        show_findings(grave or error.findings, lang)
        if grave and len(grave) < len(error.findings):
            rest = len(error.findings) - len(grave)
            click.echo(render("data-others", {"n": rest}, lang), err=True)
        click.echo(str(render(error.code, error.params, lang)), err=True)
        return error.exit_code
    except CoopdecError as error:
        parts = _words(error.code, error.params, lang)
        if isinstance(error, UnknownName) and error.suggestions:
            known = ", ".join(error.suggestions)
            parts.append(render("usage-near", {"known": known}, lang))
        _tell(parts)
        return error.exit_code
    except (BrokenPipeError, SystemExit):  # the latter is what click makes of the former
        # Whoever read our output has left (« | head »): nothing to say, nor to flush at the end.
        sys.stdout = sys.stderr = None
        return 0
    except MemoryError:
        _tell(_words("memory-short", {}, lang))
        return OutsideError.exit_code
    except OSError as error:  # what is left: a folder without rights, or our own output
        sys.stdout = None
        code = "output-failed" if error.filename is None else "file-failed"
        params = {"path": error.filename, "why": error.strerror or error}
        click.echo("coopdec: " + render(code, params, lang), err=True)
        return OutsideError.exit_code
    return code if isinstance(code, int) else 0


def _words(code: str, params: Mapping[str, object], lang: Lang) -> list[str | None]:
    """What is the matter, and what to do."""
    return [render(code, params, lang), advice(code, params, lang)]


def _tell(parts: Iterable[str | None]) -> None:
    click.echo("coopdec: " + " ".join(p for p in parts if p), err=True)


def show_findings(findings: Iterable[Finding], lang: Lang) -> None:
    """One readable line for all that say the same, the gravest marked."""
    from coopdec.questions import alike

    marks = {"fr": {"fatal": "erreur", "warning": "attention", "info": "note"},
             "en": {"fatal": "error", "warning": "warning", "info": "note"}}[lang]
    colours = {"fatal": "red", "warning": "yellow", "info": "blue"}
    for told in alike(findings):
        grave = told.finding.severity
        mark = click.style(marks[grave], fg=colours[grave], bold=True)
        where = told.told(_PLACES, lang)
        if where and told.rows > _PLACES:
            where = f"{where} ({Count(told.rows, lang)})"
        click.echo(f"{mark}  {sentence(told.finding, lang, where)}", err=True)
