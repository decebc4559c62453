"""From exceptions to lines on standard error and exit codes (DESIGN §4)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from coopdec.errors import CoopdecError, DataError, OutsideError, UnknownName
from coopdec.messages import Lang, advice, render, sentence

if TYPE_CHECKING:
    from coopdec.model import Finding

__all__ = ["default_lang", "run", "show_findings"]


def default_lang() -> Lang:
    """French, unless the environment asks for another language."""
    said = next((os.environ[v] for v in ("COOPDEC_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
                 if os.environ.get(v)), "")
    return "en" if said.startswith(("en", "C.UTF-8@en")) else "fr"


def _lang_of(arguments: list[str]) -> Lang:
    """``--lang`` as it stands in the arguments, for errors that arise before parsing ends."""
    for one, two in zip(arguments, [*arguments[1:], ""], strict=True):
        if one == "--lang" and two in ("fr", "en"):
            return "en" if two == "en" else "fr"
        if one in ("--lang=fr", "--lang=en"):
            return "en" if one.endswith("en") else "fr"
    return default_lang()


def run(group: click.Command, arguments: list[str] | None) -> int:
    given = sys.argv[1:] if arguments is None else arguments
    lang = _lang_of(given)
    try:
        code = group.main(given, prog_name="coopdec", standalone_mode=False)
        sys.stdout.flush()  # a full disk shows here, where it can still be said
    except click.exceptions.Abort:
        click.echo({"fr": "Interrompu.", "en": "Interrupted."}[lang], err=True)
        return 130
    except KeyboardInterrupt:
        click.echo({"fr": "Interrompu.", "en": "Interrupted."}[lang], err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except DataError as error:
        show_findings(error.findings, lang)
        click.echo(str(render(error.code, error.params, lang)), err=True)
        return error.exit_code
    except CoopdecError as error:
        parts = [render(error.code, error.params, lang), advice(error.code, error.params, lang)]
        if isinstance(error, UnknownName) and error.suggestions:
            known = ", ".join(error.suggestions)
            parts.append({"fr": f"Vouliez-vous dire : {known} ?",
                          "en": f"Did you mean: {known}?"}[lang])
        click.echo("coopdec: " + " ".join(p for p in parts if p), err=True)
        return error.exit_code
    except BrokenPipeError:
        # Whoever read our output has left (« | head »): nothing to say.
        sys.stdout = None
        return 0
    except OSError as error:  # what is left: our own output cannot be written
        sys.stdout = None
        click.echo("coopdec: " + render("output-failed", {"why": error.strerror or error}, lang),
                   err=True)
        return OutsideError.exit_code
    return code if isinstance(code, int) else 0


def show_findings(findings: Iterable[Finding], lang: Lang) -> None:
    """One readable line a finding, the gravest marked."""
    marks = {"fr": {"fatal": "erreur", "warning": "attention", "info": "note"},
             "en": {"fatal": "error", "warning": "warning", "info": "note"}}[lang]
    colours = {"fatal": "red", "warning": "yellow", "info": "blue"}
    for finding in findings:
        mark = click.style(marks[finding.severity], fg=colours[finding.severity], bold=True)
        click.echo(f"{mark}  {sentence(finding, lang)}", err=True)
