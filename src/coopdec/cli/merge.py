"""``coopdec merge``: announcements that are one project, as people decide it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopdec.cli import _options as options
from coopdec.cli._groups import Group
from coopdec.cli._options import LocalPath, lang, table_format
from coopdec.messages import Lang

if TYPE_CHECKING:
    from coopdec.announcements import Announced, Proposal
    from coopdec.decisions import Decisions

_SOURCES = click.option(
    "--source", "sources", multiple=True, type=click.Path(path_type=Path), metavar="PATH",
    help="A list or a folder of lists that announce them; sources/ unless given.")
_PREVIOUS = click.option("--previous", metavar="DIR", help="A former release, as for diff.")
_NEW = click.option("--new", default="output", show_default=True, metavar="DIR",
                    help="The release that follows it.")


@click.group("merge", cls=Group)
def command() -> None:
    """Announcements that may be one project, and what was decided.

    Nothing merges by itself.
    """


@command.command("suggest")
@click.argument("sources", nargs=-1, type=LocalPath(path_type=Path))
@options.decisions
@options.author
@click.option("--min", "least", type=click.FloatRange(0, 1), metavar="SCORE", default=0.0,
              help="Only those of at least this score.")
@click.option("--review/--no-review", "interactive", default=None,
              help="Decide one by one at the terminal; the default there.")
@_PREVIOUS
@_NEW
@table_format("jsonl", "table", default="table")
@lang
def suggest(sources: tuple[Path, ...], decisions: Path | None, author: str, least: float,
            interactive: bool | None, previous: str | None, new: str, form: str,
            lang: Lang) -> None:
    """Announcements that look like one project, the surest first; at a terminal, decide with
    one key each.

    With --previous: what became of the resources of a former release.
    """
    from coopdec.announcements import announced, proposals
    from coopdec.cli._asking import NOTHING, at_least, at_terminal
    from coopdec.cli._errors import show_findings
    from coopdec.cli._tables import print_rows
    from coopdec.decisions import load_decisions
    from coopdec.paths import decisions_folder, project_folder

    folder = decisions_folder(decisions)
    if previous is not None:
        from coopdec.cli._former import show_proposed

        show_proposed(previous, new, folder, least, form, lang)
        return
    settled = load_decisions(folder)
    found, findings = announced(sources or [project_folder("sources")], settled)
    show_findings(findings, lang)
    proposed = at_least(least, proposals(found, settled), lambda p: p.score, lang)
    if interactive is None:
        interactive = form == "table" and at_terminal()
    if interactive:
        _review(proposed, decisions, author, lang)
        return
    print_rows((_record(p, lang) for p in proposed), form, _COLUMNS[lang], _flat,
               nothing=NOTHING[lang])


@command.command("accept")
@click.argument("announcement", required=False)
@click.argument("project", required=False)
@click.option("--keep", "action", flag_value="keep",
              help="PROJECT is ANNOUNCEMENT corrected: it keeps the former IRI.")
@click.option("--move", "action", flag_value="move",
              help="What was at the first IRI is now at the second; of any kind.")
@click.option("--gone", "action", flag_value="gone",
              help="What was at the IRI is nowhere any more: a tombstone stays.")
@_PREVIOUS
@_NEW
@click.option("--min", "least", type=click.FloatRange(0, 1), metavar="SCORE", default=0.9,
              show_default=True, help="With --previous: from which score on.")
@_SOURCES
@options.decisions
@options.author
@options.comment
@lang
def accept(announcement: str | None, project: str | None, action: str | None,
           previous: str | None, new: str, least: float, sources: tuple[Path, ...],
           decisions: Path | None, author: str, comment: str, lang: Lang) -> None:
    """ANNOUNCEMENT is PROJECT (each an IRI or its path): from the next build on there is only
    PROJECT, with the rows of both, and a tombstone at ANNOUNCEMENT.

    With --keep, --move or --gone: what became of an IRI of a former release. With --previous
    and no IRI: all that “suggest --previous” proposes (with --gone, also what went away)."""
    from coopdec.cli._former import accept_one, accept_proposed
    from coopdec.errors import UsageError

    if previous is not None and announcement is None and action in (None, "gone"):
        accept_proposed(previous, new, decisions, least, author, comment, lang,
                        gone=action == "gone")
    elif announcement is None or previous is not None:
        raise UsageError("former-arguments")
    elif action is not None:
        accept_one(announcement, project, action, decisions, author, comment, lang)
    elif project is None:
        raise UsageError("former-arguments")
    else:
        _decide("merge", announcement, project, sources, decisions, author, comment, lang)


@command.command("refuse")
@click.argument("announcement")
@click.argument("project")
@_SOURCES
@options.decisions
@options.author
@options.comment
@lang
def refuse(announcement: str, project: str, sources: tuple[Path, ...], decisions: Path | None,
           author: str, comment: str, lang: Lang) -> None:
    """The two are not one project: they are never proposed again."""
    _decide("distinct", announcement, project, sources, decisions, author, comment, lang)


@command.command("list")
@options.decisions
@table_format("jsonl", "table", default="table")
@lang
def list_(decisions: Path | None, form: str, lang: Lang) -> None:
    """What was decided so far about identities: merged, distinct, moved, kept, gone."""
    from coopdec.cli._asking import no_decision
    from coopdec.cli._tables import print_rows
    from coopdec.decisions import load_decisions
    from coopdec.paths import decisions_folder

    folder = decisions_folder(decisions)
    known = load_decisions(folder)
    records = ({"from": i.source, "to": i.to, "action": str(i.action), "date": i.on.isoformat(),
                "author": i.author, "comment": i.comment} for i in known.identities)
    columns = {"fr": ("de", "vers", "décision", "date", "auteur", "commentaire"),
               "en": ("from", "to", "decision", "date", "author", "comment")}[lang]
    print_rows(records, form, columns, lambda r: list(map(str, (
        r["from"], r["to"], _ACTIONS[lang][r["action"]], r["date"], r["author"], r["comment"]))),
        nothing=no_decision(folder / "identities.tsv", lang))


_ACTIONS = {
    "fr": {"merge": "un seul projet", "distinct": "projets distincts", "move": "déplacé",
           "keep": "identifiant gardé", "gone": "retiré"},
    "en": {"merge": "one project", "distinct": "distinct projects", "move": "moved",
           "keep": "identifier kept", "gone": "gone"},
}
_COLUMNS = {"fr": ("score", "annonce", "projet", "pourquoi"),
            "en": ("score", "announcement", "project", "why")}


def _record(p: Proposal, lang: Lang) -> dict[str, Any]:
    from coopdec.messages import render

    return {"from": _side(p.source), "to": _side(p.to), "score": p.score,
            "reasons": [render(code, params, lang) for code, params in p.reasons]}


def _side(one: Announced) -> dict[str, Any]:
    return {"path": one.path, "title": one.title, "lead": one.lead, "partner": one.partner,
            "years": list(one.years) if one.years else None, "source": one.source,
            "session": one.session, "line": one.where.line}


def _flat(r: Mapping[str, Any]) -> list[str]:
    sides = (f"{s['title']}\n{s['path']}\n({s['source']}, {s['line']})"
             for s in (r["from"], r["to"]))
    return [f"{r['score']:.2f}", *sides, " ; ".join(r["reasons"])]


_WORDS = {
    "fr": {"keys": "o un seul projet · n projets distincts · espace passer · q terminer",
           "later": "annonce", "first": "projet ", "yes": "o"},
    "en": {"keys": "y one project · n distinct projects · space skip · q stop",
           "later": "announcement", "first": "project     ", "yes": "y"},
}


def _review(proposed: list[Proposal], decisions: Path | None, author: str, lang: Lang) -> None:
    from coopdec.cli._asking import ask_each, short_place
    from coopdec.cli._deciding import OURS, write_to
    from coopdec.messages import render

    say = _WORDS[lang]

    def show(p: Proposal, of: str) -> tuple[str, set[str]]:
        click.echo()
        click.secho(f"[{of}] {p.score:.2f} · "
                    + " ; ".join(render(code, params, lang) for code, params in p.reasons),
                    bold=True)
        for name, one in ((say["first"], p.to), (say["later"], p.source)):
            click.echo(f"  {name}  « {one.title} »")
            years = "-".join(map(str, dict.fromkeys(one.years))) if one.years else ""
            facts = " · ".join(x for x in (one.lead, one.partner, years) if x)
            where = short_place(one.where, lang)
            click.secho(f"      {facts}\n      {where} · {one.path}", dim=True)
        return say["keys"], {"o", "y", "n"}

    def decide(p: Proposal, key: str) -> int:
        return _keep("distinct" if key == "n" else "merge", p.source.path, p.to.path,
                     write_to(decisions, lang), author, "")

    ask_each(proposed, show, decide, (decisions or OURS) / "identities.tsv", lang)


def _decide(action: str, announcement: str, project: str, sources: tuple[Path, ...],
            decisions: Path | None, author: str, comment: str, lang: Lang) -> None:
    from coopdec.announcements import minted_paths
    from coopdec.cli._deciding import write_to
    from coopdec.decisions import load_decisions
    from coopdec.paths import decisions_folder, project_folder

    settled = load_decisions(decisions_folder(decisions))
    minted = minted_paths(sources or [project_folder("sources")])
    source, to = (_known(typed, minted, settled) for typed in (announcement, project))
    folder = write_to(decisions, lang)
    if _keep(action, source, to, folder, author, comment):
        said = {"fr": ("un seul projet", "projets distincts"),
                "en": ("one project", "distinct projects")}[lang][action == "distinct"]
    else:
        said = {"fr": "déjà décidé", "en": "decided already"}[lang]
    click.echo(f"{said}: {source} → {to} ({folder / 'identities.tsv'})", err=True)


def _keep(action: str, source: str, to: str, folder: Path, author: str, comment: str) -> int:
    from coopdec.decisions import Action, Identity, add_identities

    return add_identities(folder, [Identity.by_hand(source, to, Action(action), author, comment)])


def _known(typed: str, minted: Mapping[str, str], settled: Decisions) -> str:
    """The path that was typed; one that no list announces and no decision knows is a slip."""
    from coopdec.decisions import path_of
    from coopdec.errors import UnknownName, UsageError
    from coopdec.spelling import close_matches

    path = path_of(typed, ("project",))
    if path is None:
        raise UsageError("merge-project", path=typed)
    known = {p for i in settled.identities for p in (i.source, i.to) if p} | minted.keys()
    if path not in known:
        near = sorted(p for p in known if p.endswith(path[-8:]))
        raise UnknownName("merge-unknown", near[:3] or close_matches(path, sorted(known)[:2000]),
                          path=path)
    return path
