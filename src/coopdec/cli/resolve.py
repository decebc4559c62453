"""``coopdec resolve``: candidates for a name, with identifiers, score and reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopdec.cli._options import lang, table_format
from coopdec.messages import Lang

if TYPE_CHECKING:
    from coopdec.model import Candidate, Code, Query, Resolution
    from coopdec.reference import Gazetteer

_IDS = ("insee", "siren", "iso2", "iso3166_2", "geonames", "wikidata")


@click.command("resolve")
@click.argument("name", required=False)
@click.option("--country", metavar="XX", default="", help="ISO code, or a French or English name.")
@click.option("--kind", metavar="K", default="",
              help="commune, department, admin1, place…, or a printed type word (« cercle »).")
@click.option("--region", metavar="R", default="", help="French region, name or INSEE code.")
@click.option("--side", type=click.Choice(["fr", "partner"]),
              help="French lead or foreign partner; told from the country unless given.")
@click.option("--batch", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.csv",
              help="A CSV with the columns name,country,kind,region,side; and, of French bodies, "
                   "insee,siren,postcode.")
@table_format("jsonl", "table", default="jsonl")
@lang
def command(name: str | None, country: str, kind: str, region: str, side: str | None,
            batch: Path | None, form: str, lang: Lang) -> None:
    """Candidates for a name: identifiers, score and reasons; the one chosen, or none."""
    from coopdec.cli._batch import read_batch
    from coopdec.cli._tables import print_rows
    from coopdec.errors import UsageError

    if (name is None) == (batch is None):
        raise UsageError("one-of", one="NAME", other="--batch")
    asked: Iterable[Mapping[str, str]]
    if batch is not None:
        asked = read_batch(batch, ["name"])
    else:
        asked = [{"name": name or "", "country": country, "kind": kind, "region": region,
                  "side": side or ""}]
    columns = {"fr": ("nom", "choisi", "candidats", "pourquoi"),
               "en": ("name", "chosen", "candidates", "why")}[lang]
    print_rows(_records(asked, lang, batch=batch is not None), form, columns, _flat)


def _records(asked: Iterable[Mapping[str, str]], lang: Lang, *, batch: bool
             ) -> Iterator[dict[str, Any]]:
    from coopdec.reference import gazetteer
    from coopdec.resolve import resolve

    places = gazetteer()
    for line in asked:
        query, unknown = _query(line, batch=batch)
        found = resolve(query, places)
        chosen = found.chosen
        record = {
            "name": line["name"], "side": str(query.side), "country": query.country,
            "kind": str(query.kind) if query.kind else None,
            "chosen": _candidate(chosen, lang) if chosen else None,
            "candidates": [_candidate(c, lang) for c in found.candidates],
        }
        if query.codes:
            record["codes"] = [{"code": code.printed, **_said(code, found, places, lang)}
                               for code in query.codes]
        yield {**record, **({"unknown": unknown} if unknown else {})}


def _codes(line: Mapping[str, str]) -> tuple[tuple[Code, ...], list[str]]:
    """The official codes of a line, whatever their columns are called: « insee », « SIRET »,
    « Code postal »; and what stands there and is no code."""
    from coopdec.read.cells.codes import CODE_ROLES, official_code
    from coopdec.read.columns.code_columns import code_role

    cells = [(role, cell) for name, cell in line.items()
             if cell.strip() and name != "name" and (role := code_role(name))]
    cells.sort(key=lambda c: CODE_ROLES.index(c[0]))
    codes = [(official_code(role, cell), cell) for role, cell in cells]
    return tuple(code for code, _ in codes if code), [cell for code, cell in codes if not code]


def _said(code: Code, found: Resolution, places: Gazetteer, lang: Lang) -> dict[str, str]:
    """Whether the code fits what was chosen, or what is to be said of it."""
    from coopdec.describe.codes import code_said
    from coopdec.messages import render
    from coopdec.model import Side

    if found.query.side is Side.PARTNER:
        return {"said": "code-of-partner",
                "message": render("code-of-partner", {"code": code.printed}, lang)}
    if said := code_said(code, found, places):
        name, _, bearer = said
        params = {"name": found.query.name or "", "code": code.printed, "bearer": bearer}
        return {"said": name, "message": render(name, params, lang)}
    return {}


def _query(line: Mapping[str, str], *, batch: bool) -> tuple[Query, list[str]]:
    """A line as a query. What it says that nobody knows (a country, a type word, a code) is
    an error for one name, and noted beside the answer in a batch."""
    from coopdec.reference import gazetteer
    from coopdec.resolve.worded import worded

    said = {k: line.get(k, "").strip() for k in ("country", "kind", "region", "side")}
    query, unknown = worded(line["name"].strip(), gazetteer(), **said)
    for error in () if batch else unknown.values():
        raise error
    codes, no_codes = _codes(line) if batch else ((), [])  # only a batch has columns of codes
    return query._replace(codes=codes), [*unknown, *no_codes]


def _candidate(candidate: Candidate, lang: Lang) -> dict[str, Any]:
    from coopdec.messages import render

    entity = candidate.entity
    return {
        "key": entity.key, "label": entity.label_fr, "kind": str(entity.kind),
        "country": entity.country,
        "ids": {i: entity.ids[i] for i in _IDS if entity.ids.get(i)},
        "score": round(candidate.score, 3),
        "reason": " ; ".join(render(code, params, lang) for code, params in candidate.reason),
    }


def _flat(record: Mapping[str, Any]) -> list[str]:
    chosen = record["chosen"]
    shown = [
        f"{c['label']} [{c['key']}] {c['score']:.2f}" for c in record["candidates"]
    ]
    best = chosen or (record["candidates"] or [None])[0]
    return [
        record["name"], f"{chosen['label']} [{chosen['key']}]" if chosen else "—",
        "\n".join(shown[:5]), best["reason"] if best else "",
    ]
