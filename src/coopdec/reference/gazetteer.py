"""The reference as the rest of the code sees it: :class:`Gazetteer`."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from datetime import date
from functools import cached_property, lru_cache, partial
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple, TypeAlias

from coopdec.model import Entity, Kind
from coopdec.reference.countries import FormerCountry, find_country, former_country, near_country
from coopdec.reference.names import bare, folded
from coopdec.reference.regions import find_region
from coopdec.reference.sources import sources
from coopdec.reference.store import connect, index_path
from coopdec.reference.typewords import TypeWords

__all__ = ["Gazetteer", "Hit", "gazetteer", "ids_of"]

_FIELDS = ", ".join(f"entity.{name}" for name in (
    "id", "key", "kind", "level", "label_fr", "label_en", "country", "ids", "parent", "lat", "lon",
    "population", "since", "until", "replaced_by"))
_BY_NUMBER = f"SELECT {_FIELDS} FROM entity WHERE id = ?"
#: What sounds so, with its entities, which are what is asked for next.
_SOUNDING = (f"SELECT sound.folded, sound.rank, {_FIELDS} FROM sound"
             " CROSS JOIN entity ON entity.id = sound.entity"
             " WHERE sound.country = ? AND sound.skeleton = ?")
_KINDS = {kind.value: kind for kind in Kind}
#: Entities that are remembered, about a kilobyte each.
_ENTITIES = 1 << 15
#: A word that begins more names than that tells none of them.
_MOST_OPENING = 500
Row: TypeAlias = tuple[Any, ...]


class Hit(NamedTuple):
    """An entity's number in the index, the folded name that led to it, and that name's
    rank: 0 its own name, 1 an official or French one, 2 another, 3 a loose one."""

    entity: int
    folded: str
    rank: int


class Gazetteer:
    """Lookups in the compiled reference. Safe to share between threads; after a fork
    each process opens the index anew. All names are given as printed unless a
    parameter is called ``plain`` (then folded by :func:`names.folded`)."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or index_path()
        self._local = threading.local()
        # Caches belong to the instance: a benchmark or a test starts with a fresh one.
        self._entity = lru_cache(maxsize=1 << 14)(self._find_entity)
        self._by_number: dict[int, Entity] = {}
        self._named = lru_cache(maxsize=1 << 14)(self._find_named)
        self._sounding = lru_cache(maxsize=1 << 12)(self._find_sounding)
        self._skeletons = lru_cache(maxsize=1 << 11)(self._find_skeletons)
        self._country = lru_cache(maxsize=1 << 12)(partial(find_country, self))
        self._parent = lru_cache(maxsize=1 << 12)(self._find_parent)

    # ---- entities ----

    def entity(self, key: str) -> Entity | None:
        """The entity of this key (scheme: :class:`coopdec.model.Entity`), or None."""
        return self._entity(key)

    def _find_entity(self, key: str) -> Entity | None:
        number = key.removeprefix("gn/")
        if number != key and number.isdecimal() and number.isascii() and len(number) < 12:
            known = self._by_number.get(int(number))  # most were met where they were named
            if known is not None and known.key == key:
                return known
            rows = self._ask(f"SELECT {_FIELDS} FROM entity WHERE id = ? AND key IS NULL",
                             (int(number),))
        else:
            rows = self._ask(f"SELECT {_FIELDS} FROM entity WHERE key = ?", (key,))
        return self._to_entity(rows[0]) if rows else None

    def by_number(self, number: int) -> Entity:
        """The entity of a :class:`Hit`."""
        found = self._by_number.get(number)
        if found is None:
            rows = self._ask(_BY_NUMBER, (number,))
            found = self._known(rows[0])
        return found

    def _known(self, row: Row) -> Entity:
        """The entity of a row, remembered; the memory starts anew when it is full."""
        if len(self._by_number) >= _ENTITIES:
            self._by_number.clear()
        entity = self._by_number[row[0]] = self._to_entity(row)
        return entity

    def countries(self) -> tuple[Entity, ...]:
        """All countries, by ISO code."""
        rows = self._ask(f"SELECT {_FIELDS} FROM entity WHERE kind = 'country' ORDER BY key", ())
        return tuple(self._to_entity(row) for row in rows)

    # ---- names ----

    def by_name(
        self, name: str, country: str | None = None, kinds: Iterable[Kind] | None = None
    ) -> tuple[Entity, ...]:
        """Entities that bear exactly this name (folded), most certain name first; ``country``
        as for :meth:`named`."""
        plain = folded(name)
        hits = {h.entity: h for h in self.named(plain, country)}
        if country == "FR":
            hits |= {h.entity: h for h in self.named(bare(plain), country)}
        wanted = None if kinds is None else frozenset(kinds)
        found = [(h.rank, self.by_number(h.entity)) for h in hits.values()]
        return tuple(e for _, e in sorted(found, key=lambda f: (f[0], f[1].key))
                     if wanted is None or e.kind in wanted)

    def named(self, plain: str, country: str | None = None) -> tuple[Hit, ...]:
        """Entities that bear this folded name, in a country (``FR``: the French side;
        ``""``: the countries themselves) or, with None, anywhere."""
        return self._countries.get(plain, ()) if country == "" else self._named(plain, country)

    def _find_named(self, plain: str, country: str | None) -> tuple[Hit, ...]:
        if country is None:
            rows = self._ask("SELECT entity, rank FROM name WHERE folded = ? LIMIT 500", (plain,))
        else:
            rows = self._ask("SELECT entity, rank FROM name WHERE folded = ? AND country = ?",
                             (plain, country))
        return tuple([Hit(number, plain, rank) for number, rank in rows])

    def opening(self, plain: str, country: str) -> tuple[Hit, ...]:
        """Entities whose own name goes on after these words: « Vitry » → Vitry-sur-Seine,
        Vitry-le-François… None for a word of thousands of names (« Saint »)."""
        rows = self._ask(
            "SELECT entity, folded, rank FROM name WHERE folded > ? AND folded < ?"
            " AND country = ? AND rank < 2 LIMIT ?",
            (f"{plain} ", f"{plain}!", country, _MOST_OPENING + 1))
        return tuple([Hit(*row) for row in rows]) if len(rows) <= _MOST_OPENING else ()

    def starting(self, prefix: str, most: int, kinds: Iterable[Kind] | None = None
                 ) -> tuple[Entity, ...]:
        """Entities with a name that begins so: what bears just this name, then countries,
        the French side, units abroad and towns, the most populous first. Of one letter,
        only countries."""
        plain = folded(prefix)
        if not plain:
            return ()
        wanted = sorted(kinds) if kinds is not None else list(Kind)
        where = "AND n.country = ''" if len(plain) == 1 else ""
        rows = self._ask(
            "SELECT n.entity FROM name n JOIN entity e ON e.id = n.entity"
            f" WHERE n.folded >= ? AND n.folded < ? AND n.rank < 3 {where}"
            f" AND e.kind IN ({', '.join('?' * len(wanted))}) GROUP BY n.entity"
            " ORDER BY max(n.folded = ?) DESC, e.kind = 'country' DESC, e.country = 'FR' DESC,"
            " e.kind = 'place', min(n.rank) > 1, e.population DESC, n.entity LIMIT ?",
            (plain, plain + "\U0010ffff", *wanted, plain, most))
        return tuple(self.by_number(number) for number, in rows)

    def sounding(self, skel: str, country: str) -> tuple[Hit, ...]:
        """Entities of a country with a name of this skeleton (:func:`names.skeleton`)."""
        return self._sounding(skel, country)

    def _find_sounding(self, skel: str, country: str) -> tuple[Hit, ...]:
        rows = self._ask(_SOUNDING, (country, skel))
        for row in rows:
            if row[2] not in self._by_number:
                self._known(row[2:])
        return tuple([Hit(row[2], row[0] or skel, row[1]) for row in rows])

    def skeletons(self, country: str, letters: str, length: int) -> tuple[str, ...]:
        """All skeletons of a country of this length that begin with one of these letters (as
        :func:`names.block` groups them), in order."""
        return self._skeletons(country, letters, length)

    def _find_skeletons(self, country: str, letters: str, length: int) -> tuple[str, ...]:
        rows = self._ask(
            "SELECT skeletons FROM block WHERE country = ? AND letters = ? AND length = ?",
            (country, letters, length))
        return tuple(rows[0][0].split(" ")) if rows else ()

    def is_word(self, plain: str) -> bool:
        """True if names on the French side hold this word: « verdon »."""
        return bool(self._ask("SELECT 1 FROM word WHERE folded = ?", (plain,)))

    # ---- countries and French regions ----

    def country(self, name_or_code: str) -> Entity | None:
        """A country by ISO2, ISO3, Wikidata identifier, French or English name, variant,
        upper case, « X, RÉPUBLIQUE DE », with or without its article; None if unknown."""
        return self._country(name_or_code)

    @cached_property
    def _countries(self) -> dict[str, tuple[Hit, ...]]:
        """By name: few, and asked for of every other word of a text."""
        found: dict[str, tuple[Hit, ...]] = {}
        for hit in self._ask("SELECT entity, folded, rank FROM name WHERE country = ''", ()):
            found[hit[1]] = (*found.get(hit[1], ()), Hit(*hit))
        return found

    def country_names(self) -> tuple[tuple[str, str], ...]:
        """(folded name, key) of every country, codes included, in order."""
        return tuple(sorted((hit.folded, self.by_number(hit.entity).key)
                            for hits in self._countries.values() for hit in hits))

    def near_country(self, name: str) -> Entity | None:
        """The one country whose name differs by a slip (« Burkina Fasso »), or None."""
        return near_country(self, name)

    def former_country(self, name: str) -> FormerCountry | None:
        """« Yougoslavie », « URSS »: recognised so that a reader can say why there is no link."""
        return former_country(name)

    def french_region(self, text: str, on: date | None = None) -> Entity | None:
        """The region that a region column names, however it is spelt (« Haut-de-France »,
        « Ile de France », « PACA », an INSEE code), among those that existed on the day;
        a department or its code gives its region. None if unknown."""
        return find_region(self, text, on)

    # ---- type words and containment ----

    def type_word(self, words: str, country: str | None = None) -> tuple[Kind, ...]:
        """Kinds that a printed type word means in a country, most likely first; () if it is
        not a type word. Country ``FR`` is the French side.

        ``type_word("Cercle", "ML")`` → ``(Kind.ADMIN2,)``."""
        return self._type_words.kinds(words, country)

    @cached_property
    def _type_words(self) -> TypeWords:
        return TypeWords(self._ask("SELECT words, country, kinds FROM type_word", ()))

    def split_type(self, name: str, country: str | None = None) -> tuple[str, str]:
        """The type words at a name's head, and the rest: « Cercle de Niafunké » →
        (« Cercle », « Niafunké »); without type words (« », name)."""
        return self._type_words.split(name, country)

    def split_last_type(self, name: str, country: str | None = None) -> tuple[str, str]:
        """The same for type words at the end: « Grand Poitiers Communauté urbaine »."""
        return self._type_words.split_last(name, country)

    def is_parent(self, name: str, of: str, country: str) -> bool:
        """True if an administrative unit called ``name`` contains a place or unit called
        ``of`` in this country (« Caldas » contains « Manizales »); of a name that nobody knows,
        if ``name`` is a first-level unit's and no town's (« Oum Tounsi, Trarza »)."""
        return self._parent(name, of, country)

    def _find_parent(self, name: str, of: str, country: str) -> bool:
        named, below = self.by_name(name, country), self.by_name(of, country)
        if not below:
            return bool(named) and all(e.kind is Kind.ADMIN1 for e in named)
        above = {e.key for e in named if e.kind in {Kind.ADMIN1, Kind.ADMIN2}}
        return any(above.intersection(e.parents) for e in below)

    def attribution(self) -> tuple[str, ...]:
        """The lines that a publisher must show, one a source."""
        return tuple(dict.fromkeys(s.attribution for s in sources() if s.attribution))

    def labels(self, keys: Iterable[str]) -> list[str]:
        """French labels of what is known, each once: Mayotte is a department and a region."""
        return list(dict.fromkeys(e.label_fr for k in keys if (e := self.entity(k)) is not None))

    # ---- the file ----

    def _to_entity(self, row: Row) -> Entity:
        (number, key, kind, level, label_fr, label_en, country, ids, parent, lat, lon,
         population, since, until, replaced_by) = row
        above = self.by_number(parent) if parent is not None else None
        found = ids_of(ids)
        if key is None:
            key = f"gn/{number}"
            found["geonames"] = str(number)
        return Entity(
            key=key, kind=_KINDS[kind], level=intern(level or kind), label_fr=label_fr,
            label_en=label_en, country=country and intern(country), ids=found,
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


def ids_of(text: str | None) -> dict[str, str]:
    """Authority → identifier, of « siren=213502388|wikidata=Q647 »."""
    pairs = (pair.partition("=") for pair in text.split("|")) if text else ()
    return {intern(name): value for name, _, value in pairs}


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The shared gazetteer of this process, opened on first use."""
    return Gazetteer()
