"""What became of resources of a former release: proposed, and decided on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopdec.messages import Lang

if TYPE_CHECKING:
    from coopdec.changes import Likeness
    from coopdec.decisions import Identity

__all__ = ["accept_one", "accept_proposed", "show_proposed"]

_FOLDERS = ("project", "territory", "collectivity", "institution", "call", "source", "country")
_COLUMNS = {"fr": ("score", "décision", "avant", "maintenant"),
            "en": ("score", "decision", "before", "now")}


def proposed(previous: str, new: str, folder: Path) -> list[Likeness]:
    """What the two releases suggest, without the pairs that a person said are distinct."""
    from coopdec.changes import compared, opened
    from coopdec.decisions import Action, load_decisions

    distinct = {frozenset((i.source, i.to)) for i in load_decisions(folder).identities
                if i.action is Action.DISTINCT}
    with opened(previous) as before, opened(new) as after:
        found = compared(before, after).likely
    return [k for k in found
            if k.new is None or frozenset((_path(k.old), _path(k.new))) not in distinct]


def show_proposed(previous: str, new: str, folder: Path, least: float, form: str,
                  lang: Lang) -> None:
    from coopdec.cli._asking import NOTHING, at_least
    from coopdec.cli._tables import print_rows

    found = at_least(least, proposed(previous, new, folder),
                     lambda k: 1.0 if k.new is None else k.score, lang)
    print_rows(map(_record, found), form, _COLUMNS[lang], lambda r: [
        f"{r['score']:.2f}", r["action"], f"{r['from_title']}\n{r['from']}",
        f"{r['to_title']}\n{r['to']}" if r["to"] else "—"], nothing=NOTHING[lang])


def _record(k: Likeness) -> dict[str, Any]:
    return {"from": _path(k.old), "to": _path(k.new) if k.new else "", "action": k.action,
            "kind": k.kind, "score": k.score, "from_title": k.old_title, "to_title": k.new_title}


def accept_proposed(previous: str, new: str, decisions: Path | None, least: float, author: str,
                    comment: str, lang: Lang, *, gone: bool) -> None:
    """Decide on all that is proposed and sure enough; on what nothing takes the place of
    only where ``gone``."""
    from coopdec.paths import decisions_folder

    found = [k for k in proposed(previous, new, decisions_folder(decisions))
             if (gone if k.new is None else k.score >= least)]
    _write([_identity(_path(k.old), _path(k.new) if k.new else "", k.action, author, comment)
            for k in found], decisions, lang)


def accept_one(old: str, new: str | None, action: str, decisions: Path | None, author: str,
               comment: str, lang: Lang) -> None:
    """Decide on one: ``action`` is keep, move or gone."""
    from coopdec.errors import UsageError

    if (new is None) != (action == "gone"):
        raise UsageError("former-arguments")
    folders = ("project",) if action == "keep" else _FOLDERS
    paths = [_checked(typed, folders) for typed in (old, new) if typed is not None]
    _write([_identity(paths[0], paths[1] if new else "", action, author, comment)], decisions,
           lang)


def _checked(typed: str, folders: Iterable[str]) -> str:
    from coopdec.decisions import path_of
    from coopdec.errors import UsageError

    path = path_of(typed, folders)
    if path is None:
        raise UsageError("former-path", path=typed, folders=sorted(folders))
    return path


def _path(iri: str) -> str:
    from coopdec.decisions import path_of

    return path_of(iri, _FOLDERS) or iri


def _identity(old: str, new: str, action: str, author: str, comment: str) -> Identity:
    """What stays at its IRI is minted elsewhere: « from » is where, « to » where it stays."""
    from coopdec.decisions import Action, Identity

    source, to = (new, old) if action == "keep" else (old, new)
    return Identity.by_hand(source, to, Action(action), author, comment)


def _write(decided: list[Identity], decisions: Path | None, lang: Lang) -> None:
    from coopdec.cli._deciding import OURS, write_to
    from coopdec.decisions import add_identities
    from coopdec.messages import render

    folder = write_to(decisions, lang) if decided else decisions or OURS
    written = add_identities(folder, decided) if decided else 0
    params = {"n": written, "path": str(folder / "identities.tsv")}
    click.echo(render("former-written", params, lang), err=True)
