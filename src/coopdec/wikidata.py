"""Wikidata's entities for what we know by an identifier: exact, in batches, politely.

An identifier that Wikidata states too (ISO code, INSEE code, SIREN, GeoNames number) ties
an entity of ours to one of theirs with no name involved. A label only gives candidates.
Works with any SPARQL endpoint that holds Wikidata's statements.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coopdec.dataset import Dataset
from coopdec.errors import StorageError
from coopdec.model import Entity
from coopdec.terms import text
from coopdec.vocab import WIKIDATA_ENTITY

__all__ = ["ENDPOINT", "PROPERTIES", "Match", "Wikidata", "identifier_of"]

ENDPOINT = "https://query.wikidata.org/sparql"
#: How many identifiers a query holds: well within a minute on the public service.
BATCH = 150
_ITEM = re.compile(re.escape(WIKIDATA_ENTITY) + r"Q[1-9]\d*")

#: Identifier of ours → Wikidata's property, by the level it is asked for (None: any).
PROPERTIES: tuple[tuple[str, str | None, str], ...] = (
    ("iso2", "country", "P297"),
    ("iso3166_2", None, "P300"),
    ("insee", "commune", "P374"),
    ("insee", "delegated-commune", "P374"),
    ("insee", "department", "P2586"),
    ("insee", "region", "P2585"),
    ("siren", None, "P1616"),
    ("geonames", None, "P1566"),
)


@dataclass(frozen=True, slots=True)
class Match:
    """``item``: a bare QID; ``by``: the property, or ``label``; ``alone``: no other item
    bears the identifier, so that the match is exact."""

    entity: Entity
    item: str
    label: str
    by: str
    value: str
    alone: bool


def identifier_of(entity: Entity) -> tuple[str, str] | None:
    """The property to ask for an entity and its value; the most telling one."""
    for name, level, prop in PROPERTIES:
        if entity.ids.get(name) and level in (None, entity.level, str(entity.kind)):
            return prop, entity.ids[name]
    return None


class Wikidata:
    """Asks an endpoint, one request at a time; what it answered is kept in ``cache`` and
    not asked again, so that a run that was stopped goes on where it was.

    The endpoint's errors (:class:`coopdec.errors.EndpointError`) pass through.
    """

    def __init__(self, endpoint: str, cache: Path, *, timeout: float = 60) -> None:
        self.endpoint = endpoint
        self.cache = cache
        self.timeout = timeout

    def by_identifier(
        self, entities: Iterable[Entity],
        progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> Iterator[Match]:
        """Matches in the order of the entities' keys; yields as the answers come."""
        asked: dict[str, dict[str, list[Entity]]] = defaultdict(lambda: defaultdict(list))
        for entity in sorted(entities, key=lambda e: e.key):
            if found := identifier_of(entity):
                asked[found[0]][found[1]].append(entity)
        total, done = sum(len(values) for values in asked.values()), 0
        for prop in sorted(asked):
            values = sorted(asked[prop])
            for start in range(0, len(values), BATCH):
                batch = values[start : start + BATCH]
                yield from self._batch(prop, batch, asked[prop])
                done += len(batch)
                progress(done, total)

    def _batch(self, prop: str, values: Sequence[str],
               entities: Mapping[str, Sequence[Entity]]) -> Iterator[Match]:
        # Items that have ended (P576) or were merged away are not what exists today.
        listed = " ".join(text(v) for v in values)
        rows = self._ask(f"""\
SELECT ?value ?item (SAMPLE(?name) AS ?label) WHERE {{
  VALUES ?value {{ {listed} }}
  ?item <http://www.wikidata.org/prop/direct/{prop}> ?value .
  FILTER NOT EXISTS {{ ?item <http://www.wikidata.org/prop/direct/P576> ?ended }}
  OPTIONAL {{ ?item <http://www.w3.org/2000/01/rdf-schema#label> ?name
             FILTER (LANG(?name) = "fr") }}
}} GROUP BY ?value ?item ORDER BY ?value ?item""")
        items: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for value, item, label in rows:
            items[value].append((item, label))
        for value in values:
            for entity in entities[value]:
                for item, label in items[value]:
                    yield Match(entity, item, label, prop, value, len(items[value]) == 1)

    def by_label(self, name: str, country: str) -> list[tuple[str, str]]:
        """(QID, French label or the name) of what bears this label in a country (a QID):
        candidates only."""
        rows = self._ask(f"""\
SELECT ?value ?item (SAMPLE(?name) AS ?label) WHERE {{
  VALUES ?value {{ {text(name)} }}
  VALUES ?asked {{ {text(name, "fr")} {text(name, "en")} }}
  ?item <http://www.w3.org/2000/01/rdf-schema#label> ?asked ;
        <http://www.wikidata.org/prop/direct/P17> <{WIKIDATA_ENTITY}{country}> .
  OPTIONAL {{ ?item <http://www.w3.org/2000/01/rdf-schema#label> ?name
             FILTER (LANG(?name) = "fr") }}
}} GROUP BY ?value ?item ORDER BY ?item LIMIT 20""")
        return [(item, label or name) for _, item, label in rows]

    def _ask(self, sparql: str) -> list[tuple[str, str, str]]:
        """(value, QID, label) of each row; what is no item is left out."""
        kept = self.cache / f"{self._key(sparql)}.json"
        if kept.exists():
            try:
                return [(r[0], r[1], r[2]) for r in json.loads(kept.read_text("utf-8"))]
            except (ValueError, IndexError, OSError):
                pass  # a damaged answer is asked for again
        with Dataset(self.endpoint, timeout=self.timeout) as data:
            rows = [
                (str(row["value"]), str(row["item"]).removeprefix(WIKIDATA_ENTITY),
                 str(row["label"] or ""))
                for row in data.select(sparql)
                if _ITEM.fullmatch(str(row["item"]))
            ]
        try:
            kept.parent.mkdir(parents=True, exist_ok=True)
            aside = kept.with_suffix(".new")
            aside.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
            aside.replace(kept)
        except OSError as error:
            raise StorageError("cannot-write", path=str(kept), why=error.strerror or "") from error
        return rows

    def _key(self, sparql: str) -> str:
        return hashlib.sha256(f"{self.endpoint}\n{sparql}".encode()).hexdigest()[:32]
