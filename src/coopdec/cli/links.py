"""``coopdec links``: what people decide about links, kept in ``decisions/``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopdec.cli import _options as options
from coopdec.cli._groups import Group
from coopdec.cli._options import LocalPath, lang, table_format
from coopdec.messages import Lang

if TYPE_CHECKING:
    from coopdec.review import Suggestion

@click.group("links", cls=Group)
def command() -> None:
    """Links that a person should decide on, and what was decided."""


@command.command("suggest")
@click.argument("sources", nargs=-1, type=LocalPath(path_type=Path))
@options.decisions
@options.author
@click.option("--live", is_flag=True,
              help="Ask Wikidata for the entities whose identifiers we know.")
@click.option("--endpoint", metavar="URL", help="A SPARQL endpoint in Wikidata's place.")
@click.option("--review/--no-review", "interactive", default=None,
              help="Decide one by one at the terminal; the default there.")
@table_format("jsonl", "table", default="table")
@lang
def suggest(sources: tuple[Path, ...], decisions: Path | None, author: str, live: bool,
            endpoint: str | None, interactive: bool | None, form: str, lang: Lang) -> None:
    """Links that might be made, most useful first; at a terminal, decide with one key each."""
    from coopdec.cli._asking import NOTHING, at_terminal
    from coopdec.cli._errors import show_findings
    from coopdec.cli._tables import print_rows
    from coopdec.paths import decisions_folder, project_folder
    from coopdec.review import review, suggestions_for

    folder = decisions_folder(decisions)
    found = review(sources or [project_folder("sources")], folder)
    show_findings(found.unread, lang)
    if live or endpoint:
        from coopdec.cli._live import from_live

        records = from_live(found, folder, endpoint, lang)
        print_rows(map(_record(lang), records), form, _COLUMNS[lang], _flat,
                   nothing=NOTHING[lang])
        return
    if interactive is None:
        interactive = form == "table" and at_terminal()
    if interactive:
        from coopdec.cli._review import review_at_terminal

        review_at_terminal(found, decisions, author, lang)
        return
    if form == "table":
        from coopdec.cli._review import list_questions

        list_questions(found, lang)
        return
    every = (s for question, _ in found.questions
             for _, links in suggestions_for(question) for s in links)
    print_rows(map(_record(lang), every), form, _COLUMNS[lang], _flat)
    for question, _ in found.questions:
        if not question.candidates:
            click.echo(_NONE[lang].format(subject=question.subject, name=question.name), err=True)


@command.command("accept")
@click.argument("subject")
@click.argument("object", metavar="OBJECT")
@click.option("--predicate", default="skos:closeMatch", show_default=True, metavar="TERM",
              help="skos:exactMatch where both are of the same level.")
@click.option("--confidence", type=click.FloatRange(0, 1), default=1.0, show_default=True,
              metavar="X", help="How sure, from 0 to 1.")
@options.decisions
@options.author
@options.comment
@lang
def accept(subject: str, object: str, predicate: str, confidence: float,
           decisions: Path | None, author: str, comment: str, lang: Lang) -> None:
    """Accept a link: SUBJECT is an IRI of ours or its path, OBJECT an IRI or wd:Q…, gn:…/.

    Of a French body that was not identified OBJECT says who it is: collectivity/commune/81065.
    """
    _decide(True, subject, object, predicate, confidence, decisions, author, comment, lang)


@command.command("refuse")
@click.argument("subject")
@click.argument("object", metavar="OBJECT")
@options.decisions
@options.author
@options.comment
@lang
def refuse(subject: str, object: str, decisions: Path | None, author: str, comment: str,
           lang: Lang) -> None:
    """Refuse a link: it is never proposed again."""
    _decide(False, subject, object, "skos:closeMatch", 1.0, decisions, author, comment, lang)


@command.command("list")
@options.decisions
@table_format("jsonl", "table", default="table")
@lang
def list_(decisions: Path | None, form: str, lang: Lang) -> None:
    """What was decided so far."""
    from coopdec.cli._asking import no_decision
    from coopdec.cli._tables import print_rows
    from coopdec.decisions import Action, LinkDecision, contract, load_decisions
    from coopdec.paths import decisions_folder

    folder = decisions_folder(decisions)
    known = load_decisions(folder)
    decided = [*(d for of_subject in known.links.values() for d in of_subject),
               *(LinkDecision(i.source, "dcterms:isReplacedBy", f"cdr:{i.to}", True, "", 1.0,
                              i.on, i.author, i.comment, i.line)  # who a name turned out to be
                 for i in known.identities
                 if i.action is Action.MOVE and not i.source.startswith("project/"))]
    records: Iterator[dict[str, Any]] = (
        {"subject": d.subject, "accepted": d.accepted, "predicate": contract(d.predicate),
         "object": contract(d.target), "confidence": d.confidence, "date": d.on.isoformat(),
         "author": d.author, "comment": d.comment}
        for d in decided)
    columns = {"fr": ("sujet", "décision", "objet", "date", "par", "commentaire"),
               "en": ("subject", "decision", "object", "date", "by", "comment")}[lang]
    words = {"fr": ("refusé", "accepté"), "en": ("refused", "accepted")}[lang]
    print_rows(records, form, columns, lambda r: [
        r["subject"], f"{words[r['accepted']]} {r['predicate']}", r["object"], r["date"],
        r["author"], r["comment"]], nothing=no_decision(folder, lang))


_COLUMNS = {"fr": ("sujet", "nom", "objet", "libellé", "score", "pourquoi"),
            "en": ("subject", "name", "object", "label", "score", "why")}
_NONE = {"fr": "sans candidat : {subject} (« {name} »)",
         "en": "no candidate: {subject} (“{name}”)"}


def _record(lang: Lang) -> Callable[[Suggestion], dict[str, Any]]:
    from coopdec.decisions import contract
    from coopdec.messages import render

    def record(s: Suggestion) -> dict[str, Any]:
        return {
            "subject_id": s.subject, "subject_label": s.subject_label,
            "predicate_id": contract(s.predicate), "object_id": contract(s.target),
            "object_label": s.target_label, "confidence": round(s.score, 3),
            "mapping_justification": contract(s.justification),
            "comment": " ; ".join(render(code, params, lang) for code, params in s.reason),
        }

    return record


def _flat(r: Mapping[str, Any]) -> list[str]:
    return [r["subject_id"], r["subject_label"], f"{r['predicate_id']} {r['object_id']}",
            r["object_label"], f"{r['confidence']:.2f}", r["comment"]]


def _decide(accepted: bool, subject: str, target: str, predicate: str, confidence: float,
            decisions: Path | None, author: str, comment: str, lang: Lang) -> None:
    from coopdec.cli._deciding import write_to
    from coopdec.decisions import LinkDecision, check_link, decide_link
    from coopdec.errors import UsageError
    from coopdec.iris import Iris
    from coopdec.reference import gazetteer

    path, full, relation = check_link(subject, target, predicate)
    if full.startswith("cdr:"):
        key = Iris.reference_key(full.removeprefix("cdr:"))
        if key is None or gazetteer().entity(key) is None:
            raise UsageError("link-object", object=target)
    decision = LinkDecision.by_hand(path, relation, full, accepted, author,
                                    confidence=confidence, comment=comment)
    file = decide_link(write_to(decisions, lang), decision)
    said = {"fr": ("refusé :", "accepté :"), "en": ("refused:", "accepted:")}[lang][accepted]
    click.echo(f"{said} {path} → {full.removeprefix('cdr:')} ({file})", err=True)
