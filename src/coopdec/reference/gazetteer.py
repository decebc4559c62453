"""The reference as the rest of the code sees it: :class:`Gazetteer`."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from coopdec.model import Entity, Kind
from coopdec.reference.names import bare, folded
from coopdec.reference.store import connect, index_path
from coopdec.text import collapse

__all__ = ["FormerCountry", "Gazetteer", "Hit", "gazetteer"]

_FIELDS = ("id, key, kind, level, label_fr, label_en, country, ids, parent, lat, lon, population,"
           " since, until, replaced_by")
_BRACKETS = re.compile(r"[()\[\]{}*†‡§¹²³]")
_FOOTNOTE = re.compile(r"[\s*]*\(\d+\)\s*$")


Row: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity's number in the index, the folded name that led to it, and that name's
    rank: 0 its own name, 1 an official or French one, 2 another, 3 a loose one."""

    entity: int
    folded: str
    rank: int


@dataclass(frozen=True, slots=True)
class FormerCountry:
    """A country that no longer exists: recognised, never linked."""

    name: str
    until: date
    successors: tuple[str, ...]


class Gazetteer:
    """Lookups in the compiled reference. Safe to share between threads; after a fork
    each process opens the index anew. All names are given as printed unless a
    parameter is called ``plain`` (then folded by :func:`names.folded`)."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or index_path()
        self._local = threading.local()
        self.entity = lru_cache(maxsize=1 << 15)(self._entity)
        self.by_number = lru_cache(maxsize=1 << 16)(self._by_number)
        self.named = lru_cache(maxsize=1 << 15)(self._named)
        self.sounding = lru_cache(maxsize=1 << 14)(self._sounding)
        self.neighbours = lru_cache(maxsize=512)(self._neighbours)
        self.country = lru_cache(maxsize=4096)(self._country)
        self.type_word = lru_cache(maxsize=4096)(self._type_word)
        self.is_parent = lru_cache(maxsize=4096)(self._is_parent)

    # ---- entities ----

    def _entity(self, key: str) -> Entity | None:
        """The entity of this key (scheme: :class:`coopdec.model.Entity`), or None."""
        number = key.removeprefix("gn/")
        if number != key and number.isdecimal() and number.isascii() and len(number) < 12:
            rows = self._ask(f"SELECT {_FIELDS} FROM entity WHERE id = ? AND key IS NULL",
                             (int(number),))
        else:
            rows = self._ask(f"SELECT {_FIELDS} FROM entity WHERE key = ?", (key,))
        return self._to_entity(rows[0]) if rows else None

    def _by_number(self, number: int) -> Entity:
        return self._to_entity(self._ask(f"SELECT {_FIELDS} FROM entity WHERE id = ?", (number,))[0])

    def countries(self) -> tuple[Entity, ...]:
        """All countries, by ISO code."""
        rows = self._ask(f"SELECT {_FIELDS} FROM entity WHERE kind = 'country' ORDER BY key", ())
        return tuple(self._to_entity(row) for row in rows)

    # ---- names ----

    def _named(self, plain: str, country: str | None = None) -> tuple[Hit, ...]:
        """Entities that bear this folded name, in a country (``FR``: the French side;
        ``""``: the countries themselves) or, with None, anywhere."""
        if country is None:
            rows = self._ask("SELECT entity, rank FROM name WHERE folded = ? LIMIT 500", (plain,))
        else:
            rows = self._ask("SELECT entity, rank FROM name WHERE folded = ? AND country = ?",
                             (plain, country))
        return tuple(Hit(number, plain, rank) for number, rank in rows)

    def _sounding(self, skel: str, country: str) -> tuple[Hit, ...]:
        """Entities with a name of this skeleton (:func:`names.skeleton`)."""
        rows = self._ask(
            "SELECT entity, folded, rank FROM sound WHERE country = ? AND skeleton = ?",
            (country, skel))
        return tuple(Hit(number, plain or skel, rank) for number, plain, rank in rows)

    def _neighbours(self, country: str, first: str) -> tuple[str, ...]:
        """All skeletons of a country that begin with a letter."""
        rows = self._ask(
            "SELECT DISTINCT skeleton FROM sound WHERE country = ? AND skeleton >= ?"
            " AND skeleton < ?", (country, first, chr(ord(first) + 1)))
        return tuple(row[0] for row in rows)

    def by_name(
        self, name: str, country: str | None = None, kinds: Iterable[Kind] | None = None
    ) -> tuple[Entity, ...]:
        """Entities that bear exactly this name (folded), most certain name first."""
        plain = folded(name)
        hits = {h.entity: h for h in self.named(plain, country)}
        if country == "FR":
            hits |= {h.entity: h for h in self.named(bare(plain), country)}
        wanted = None if kinds is None else frozenset(kinds)
        found = [(h.rank, self.by_number(h.entity)) for h in hits.values()]
        return tuple(e for _, e in sorted(found, key=lambda f: (f[0], f[1].key))
                     if wanted is None or e.kind in wanted)

    # ---- countries and French regions ----

    def _country(self, name_or_code: str) -> Entity | None:
        """A country by ISO2, ISO3, Wikidata identifier, French or English name, variant,
        upper case, « X, RÉPUBLIQUE DE », with or without its article; None if unknown."""
        text = collapse(name_or_code)[:200]
        if re.fullmatch(r"Q[1-9]\d*", text):
            return next((e for e in self.countries() if e.ids.get("wikidata") == text), None)
        for form in _country_forms(text):
            hits = sorted(self.named(form, ""), key=lambda h: h.rank)
            best = [h for h in hits if h.rank == hits[0].rank]
            if len(best) == 1:
                return self.by_number(best[0].entity)
        return None

    def former_country(self, name: str) -> FormerCountry | None:
        """« Yougoslavie », « URSS »: recognised so that a reader can say why there is no link."""
        return _former_countries().get(folded(name))

    def french_region(self, text: str, on: date | None = None) -> Entity | None:
        """The region that a region column names, however it is spelt (« Haut-de-France »,
        « Ile de France », « PACA », an INSEE code), among those that existed on the day;
        a department or its code gives its region. None if unknown."""
        from coopdec.reference.regions import find_region

        return find_region(self, text, on)

    # ---- type words and containment ----

    def _type_word(self, words: str, country: str | None = None) -> tuple[Kind, ...]:
        """Kinds that a printed type word means in a country, most likely first; () if it is
        not a type word. Country ``FR`` is the French side.

        ``type_word("Cercle", "ML")`` → ``(Kind.ADMIN2,)``."""
        plain = folded(words)
        rows: dict[str, str] = dict(self._ask(
            "SELECT country, kinds FROM type_word WHERE words = ? AND country IN (?, '')",
            (plain, country or "")))
        own = rows.get(country or "") or (rows.get("") if country != "FR" else None)
        return tuple(Kind(k) for k in own.split("|")) if own else ()

    def split_type(self, name: str, country: str | None = None) -> tuple[str, str]:
        """The type words at a name's head, and the rest: « Cercle de Niafunké » →
        (« Cercle », « Niafunké »); without type words (« », name)."""
        from coopdec.reference.typewords import split_type

        return split_type(self, name, country)

    def split_last_type(self, name: str, country: str | None = None) -> tuple[str, str]:
        """The same for type words at the end: « Grand Poitiers Communauté urbaine »."""
        from coopdec.reference.typewords import split_last_type

        return split_last_type(self, name, country)

    def _is_parent(self, name: str, of: str, country: str) -> bool:
        """True if an administrative unit called ``name`` contains a place or unit called
        ``of`` in this country (« Caldas » contains « Manizales »)."""
        above = {e.key for e in self.by_name(name, country, {Kind.ADMIN1, Kind.ADMIN2})}
        if not above:
            return False
        return any(above & set(e.parents) for e in self.by_name(of, country))

    def attribution(self) -> tuple[str, ...]:
        """The lines that a publisher must show, one a source."""
        from coopdec.reference.sources import sources

        return tuple(dict.fromkeys(s.attribution for s in sources() if s.attribution))

    # ---- the file ----

    def _to_entity(self, row: Row) -> Entity:
        (number, key, kind, level, label_fr, label_en, country, ids, parent, lat, lon,
         population, since, until, replaced_by) = row
        above = self.by_number(parent) if parent is not None else None
        found = dict(pair.split("=", 1) for pair in ids.split("|")) if ids else {}
        if key is None:
            key = f"gn/{number}"
            found["geonames"] = str(number)
        return Entity(
            key=key, kind=Kind(kind), level=level or kind, label_fr=label_fr, label_en=label_en,
            country=country, ids=found,
            parents=(above.key, *above.parents) if above is not None else (),
            lat=lat, lon=lon, population=population,
            since=date.fromisoformat(since) if since else None,
            until=date.fromisoformat(until) if until else None,
            replaced_by=tuple(replaced_by.split("|")) if replaced_by else ())

    def _ask(self, sql: str, values: tuple[object, ...]) -> list[Row]:
        held = getattr(self._local, "held", None)
        if held is None or held[0] != os.getpid():
            held = self._local.held = (os.getpid(), connect(self._path))
        rows: list[Row] = held[1].execute(sql, values).fetchall()
        return rows


def _country_forms(text: str) -> Iterable[str]:
    """The spellings to try, strictest first."""
    text = _FOOTNOTE.sub("", text)
    yield folded(text)
    plain = folded(_BRACKETS.sub(" ", text))
    yield plain
    yield bare(plain)
    head, comma, tail = text.partition(",")
    if not comma and "(" in text:
        head, comma, tail = text.partition("(")
    if comma:
        yield folded(f"{tail} {head}")
        for link in ("de", "du", "d'", "de la", "de l'", "des"):
            yield folded(f"{tail} {link} {head}")
        yield folded(head)
        yield bare(folded(head))


@lru_cache(maxsize=1)
def _former_countries() -> dict[str, FormerCountry]:
    from coopdec.reference.store import ROOT
    from coopdec.reference.tables import read_table, split

    return {
        folded(r["name"]): FormerCountry(
            r["name"], date.fromisoformat(r["until"]), tuple(split(r["successors"])))
        for r in read_table(ROOT / "curated/former_countries.tsv")
    }


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The shared gazetteer of this process, opened on first use."""
    return Gazetteer()
