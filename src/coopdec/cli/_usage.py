"""What click says of a command line that it does not understand, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import click

from coopdec.messages import Lang, render
from coopdec.spelling import close_matches

__all__ = ["told"]

_EXTRA = re.compile(r"extra arguments?.*?\((.*)\)")
_COMMAND = re.compile(r"""No such command (['"])(?P<name>.*)\1""")


def told(error: click.UsageError, lang: Lang) -> str:
    """One line: what is wrong, what may have been meant, and where to read on. What we do
    not know of click stays in its own words."""
    parts = [_wrong(error, lang)]
    if near := getattr(error, "possibilities", None) or _near(error):
        parts.append(render("usage-near", {"known": ", ".join(near)}, lang))
    if error.ctx is not None:
        parts.append(render("usage-help", {"command": error.ctx.command_path}, lang))
    return "coopdec: " + " ".join(parts)


def _wrong(error: click.UsageError, lang: Lang) -> str:
    if isinstance(error, click.NoSuchOption):
        return render("usage-no-option", {"name": error.option_name}, lang)
    if isinstance(error, click.BadOptionUsage):
        code = "usage-no-value" if "not take" in error.message else "usage-needs-value"
        return render(code, {"name": error.option_name}, lang)
    if isinstance(error, click.MissingParameter) and error.param is not None:
        option = error.param.param_type_name == "option"
        code = "usage-missing-option" if option else "usage-missing-argument"
        return render(code, {"name": _name(error.param)}, lang)
    if isinstance(error, click.BadParameter) and error.param is not None:
        wanted = _wanted(error.param.type, lang)
        if wanted:
            return render("usage-bad-value", {"name": _name(error.param), "wanted": wanted}, lang)
    if found := _COMMAND.search(error.message):
        return render("usage-no-command", {"name": found["name"]}, lang)
    if found := _EXTRA.search(error.message):
        return render("usage-too-many", {"words": found[1]}, lang)
    return error.format_message()


def _name(param: click.Parameter) -> str:
    """``--port``, or ``SOURCE`` for an argument."""
    if param.param_type_name == "option":
        return max(param.opts, key=len)
    return (param.metavar or (param.name or "").upper()).strip("[].")


def _wanted(kind: Any, lang: Lang) -> str:
    """What a parameter of this type takes; empty for a type of which we know nothing."""
    if isinstance(kind, click.Choice):
        return render("usage-wants-choice", {"known": ", ".join(map(str, kind.choices))}, lang)
    if isinstance(kind, click.Path):
        code = ("usage-wants-path" if kind.dir_okay and kind.file_okay else
                "usage-wants-file" if kind.file_okay else "usage-wants-folder")
        return render(code, {}, lang)
    if not isinstance(kind, type(click.INT) | type(click.FLOAT)):
        return ""
    whole = isinstance(kind, type(click.INT))
    number = render("usage-wants-whole" if whole else "usage-wants-number", {}, lang)
    low, high = getattr(kind, "min", None), getattr(kind, "max", None)
    if low is None:
        return number
    params = {"number": number, "low": low, "high": high}
    if high is not None:
        return render("usage-wants-between", params, lang)
    code = "usage-wants-more" if getattr(kind, "min_open", False) else "usage-wants-least"
    return render(code, params, lang)


def _near(error: click.UsageError) -> Sequence[str]:
    """Commands of a name like the one that does not exist."""
    found = _COMMAND.search(error.message)
    ctx = error.ctx
    if not found or ctx is None or not isinstance(ctx.command, click.Group):
        return ()
    return close_matches(found["name"], ctx.command.list_commands(ctx))
