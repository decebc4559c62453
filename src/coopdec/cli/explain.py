"""``coopdec explain``: where each fact of a project comes from, and why its links and themes."""

from __future__ import annotations

import json
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coopdec.cli._console import console
from coopdec.cli._options import lang
from coopdec.messages import Lang

if TYPE_CHECKING:
    from rich.console import Console

    from coopdec.dataset import Dataset
    from coopdec.explain import Evidence, Explanation, Fact, Match

_WORDS = {
    "fr": {
        "title": "titre", "lead": "chef de file", "region": "région", "partner": "partenaire",
        "country": "pays", "call": "appel", "session": "session", "grant": "montant",
        "cost": "coût total", "start": "début", "end": "fin", "period": "période",
        "duration": "durée", "year": "année", "status": "état",
        "cofunders": "cofinanceurs", "operator": "opérateur", "lat": "latitude",
        "lon": "longitude", "coordinates": "coordonnées",
        "description": "description", "links": "Liens",
        "themes": "Thèmes", "no-themes": "aucun objectif n'est énoncé par le titre",
        "no-links": "aucun", "confidence": "confiance", "words": "mots", "rule": "règle",
        "printed": "imprimé", "line": "ligne {}", "lines": "lignes {} à {}", "page": "page {}",
        "sheet": "feuille « {} »", "column": "colonne « {} »", "quote": "« {} »",
        "which": "Lequel ?", "goal": "ODD {}", "target": "cible {}", "colon": " : ",
    },
    "en": {
        "title": "title", "lead": "lead", "region": "region", "partner": "partner",
        "country": "country", "call": "call", "session": "session", "grant": "grant",
        "cost": "total cost", "start": "start", "end": "end", "period": "period",
        "duration": "duration", "year": "year", "status": "status",
        "cofunders": "co-funders", "operator": "operator", "lat": "latitude",
        "lon": "longitude", "coordinates": "coordinates",
        "description": "description", "links": "Links",
        "themes": "Themes", "no-themes": "the title states no goal", "no-links": "none",
        "confidence": "confidence", "words": "words", "rule": "rule", "printed": "printed",
        "line": "line {}", "lines": "lines {} to {}", "page": "page {}", "sheet": "sheet “{}”",
        "column": "column “{}”", "quote": "“{}”", "which": "Which one?", "goal": "SDG {}",
        "target": "target {}", "colon": ": ",
    },
}


@click.command("explain")
@click.argument("project", nargs=-1, required=True)
@click.option("--data", type=click.Path(path_type=Path), metavar="PATH",
              help="A folder that build made, or an RDF file; output/ unless given.")
@click.option("--endpoint", metavar="URL", help="A SPARQL endpoint to ask instead.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="How to print.")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), metavar="S",
              help="Give up after so many seconds.")
@lang
def command(project: tuple[str, ...], data: Path | None, endpoint: str | None, form: str,
            timeout: float | None, lang: Lang) -> int:
    """Where each fact of PROJECT was printed, and why each link and theme.

    PROJECT is an IRI, an identifier (or its last part), or words of the title.
    """
    from coopdec.cli.query import chosen_source
    from coopdec.dataset import Dataset
    from coopdec.explain import explain

    with Dataset(chosen_source(data, endpoint), timeout=timeout, lang=lang) as asked:
        iri = _chosen(asked, " ".join(project), lang)
        if iri is None:
            return 2
        found = explain(asked, iri, lang)
    if form == "json":
        sys.stdout.write(json.dumps(found.as_dict(), ensure_ascii=False, indent=1) + "\n")
    else:
        _print(found, lang)
    return 0


def _chosen(data: Dataset, project: str, lang: Lang) -> str | None:
    """The one project meant; of several, the one that a person at a terminal picks."""
    from rich.table import Table
    from rich.text import Text

    from coopdec.explain import matches
    from coopdec.messages import advice, render

    found = matches(data, project)
    exact = [m for m in found if project in (m.iri, m.identifier, m.title)]
    if len(found) == 1 or len(exact) == 1:
        return (exact or found)[0].iri
    out = console(stderr=True)
    params = {"name": project, "n": len(found)}
    out.print(Text(f"coopdec: {render('explain-several', params, lang)}"))
    grid = Table.grid(padding=(0, 2))
    for number, match in enumerate(found[:30], start=1):
        grid.add_row(str(number), Text(_last(match), style="bold"), Text(match.title))
    out.print(grid)
    if len(found) > 30:
        out.print(f"… +{len(found) - 30}")
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        out.print(Text(advice("explain-several", params, lang)))
        return None
    number = click.prompt(_WORDS[lang]["which"], type=click.IntRange(1, len(found[:30])), err=True)
    return found[int(number) - 1].iri


def _last(match: Match) -> str:
    return match.identifier.rsplit("/", 1)[-1]


def _print(found: Explanation, lang: Lang) -> None:
    from rich.text import Text

    say = _WORDS[lang]
    out = console()
    out.print(Text(found.project.title, style="bold"))
    out.print(Text(found.project.iri, style=f"dim link {found.project.iri}"), soft_wrap=True)
    out.print()
    for _, alike in groupby(found.facts, key=lambda f: (f.name, f.evidence)):
        _print_facts(out, list(alike), say)
    out.print()
    out.print(Text(say["links"], style="bold"))
    for link in found.links:
        predicate = link.predicate.rpartition("#")[2]
        out.print(Text.assemble("  ", (link.label, "cyan"), f"  {predicate}  ",
                                (link.target, f"link {link.target}")), soft_wrap=True)
        _print_why(out, [f"{say['confidence']} {_number(link.confidence, lang)}", link.reason])
    if not found.links:
        out.print(f"  {say['no-links']}")
    out.print()
    out.print(Text(say["themes"], style="bold"))
    for theme in found.themes:
        kind = say["target" if "." in theme.code else "goal"].format(theme.code)
        out.print(Text.assemble("  ", (kind, "cyan"), f"  {theme.label}"))
        quoted = ", ".join(say["quote"].format(w) for w in theme.words)
        _print_why(out, [f"{say['confidence']} {_number(theme.confidence, lang)}",
                         f"{say['words']} {quoted}", f"{say['rule']} {theme.rule}"])
    if not found.themes:
        out.print(f"  {say['no-themes']}")


def _print_facts(out: Console, facts: list[Fact], say: dict[str, str]) -> None:
    """Facts of one kind that are printed in one place."""
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=13)
    said = Text(" · ").join(
        Text.assemble(f.value, (f"  ({', '.join(f.codes)})" if f.codes else "", "dim"))
        for f in facts)
    grid.add_row(Text(say[facts[0].name], style="cyan"), said)
    for evidence in facts[0].evidence:
        where = Text(_place(evidence, say), style="dim")
        if evidence.cell is not None and evidence.cell != facts[0].value:
            where.append(f"{say['colon']}{say['quote'].format(evidence.cell)}")
        grid.add_row("", where)
    out.print(grid)


def _place(evidence: Evidence, say: dict[str, str]) -> str:
    parts = [evidence.document]
    if evidence.sheet is not None:
        parts.append(say["sheet"].format(evidence.sheet))
    if evidence.page is not None:
        parts.append(say["page"].format(evidence.page))
    if evidence.line is not None:
        several = evidence.last_line not in (None, evidence.line)
        parts.append(say["lines"].format(evidence.line, evidence.last_line) if several
                     else say["line"].format(evidence.line))
    if evidence.column is not None:
        parts.append(say["column"].format(say[evidence.column]))
    return ", ".join(parts)


def _print_why(out: Console, reasons: list[str]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    out.print(Padding(Text(" · ".join(r for r in reasons if r), style="dim"), (0, 0, 0, 4)))


def _number(value: float, lang: Lang) -> str:
    shown = f"{value:.2f}"
    return shown.replace(".", ",") if lang == "fr" else shown
