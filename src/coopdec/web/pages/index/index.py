"""Reading the index: entities, lists of projects, facets, search. Safe in threads."""

from __future__ import annotations

import json
import sqlite3
import threading
import zlib
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from coopdec.dataset.patterns import told
from coopdec.sqlite import read_only
from coopdec.web.pages.models import Entity

__all__ = ["WORDS", "Card", "Index"]

#: What a list shows of a project: its path, labels, and paths by facet.
Card = Mapping[str, Any]
_COLUMNS = "path, kind, type, labels, n, lat, long, code"
#: Words of a search that count.
WORDS = 12


class Index:
    """``path``: a file that :func:`coopdec.web.pages.index.build` wrote; ``closed`` is called
    when it is of no more use."""

    def __init__(self, path: Path, closed: Callable[[], None] = lambda: None) -> None:
        self.path = path
        self._closed = closed
        self._local = threading.local()
        self.projects: int = self._one("SELECT count(*) FROM project")[0]
        self.entity = lru_cache(maxsize=1 << 14)(self._entity)
        self._bits = lru_cache(maxsize=1 << 10)(self._read_bits)
        self._rank = lru_cache(maxsize=8)(self._read_rank)
        self.search = lru_cache(maxsize=128)(self._search)

    @property
    def _db(self) -> sqlite3.Connection:
        made: sqlite3.Connection | None = getattr(self._local, "db", None)
        if made is None:
            made = self._local.db = read_only(self.path)
        return made

    def _one(self, sql: str, *values: object) -> Any:
        return self._db.execute(sql, values).fetchone()

    # -- entities

    def _entity(self, path: str) -> Entity | None:
        row = self._one(f"SELECT {_COLUMNS} FROM entity WHERE path = ?", path)
        return None if row is None else _made(row)

    def block(self, path: str) -> bytes | None:
        """N-Triples of a resource; None where the index does not hold them."""
        row = self._one("SELECT block FROM entity WHERE path = ?", path)
        return None if row is None or row[0] is None else zlib.decompress(row[0])

    def of_kind(self, kinds: Sequence[str], *, start: int = 0, count: int = -1,
                by_number: bool = False) -> list[Entity]:
        """Entities in the order of their names, or those with most projects first."""
        order = "n DESC, sort, path" if by_number else "sort, path"
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM entity WHERE kind IN ({','.join('?' * len(kinds))})"
            f" ORDER BY {order} LIMIT ? OFFSET ?", (*kinds, count, start))
        return [_made(r) for r in rows]

    def count(self, kinds: Sequence[str], *, used: bool = False) -> int:
        found: int = self._one(
            f"SELECT count(*) FROM entity WHERE kind IN ({','.join('?' * len(kinds))})"
            + (" AND n > 0" if used else ""), *kinds)[0]
        return found

    def paths(self, *, after: int = 0, upto: int | None = None) -> Iterable[tuple[int, str, str]]:
        """(number, path, kind) of every entity, in the order of the dump."""
        return self._db.execute("SELECT id, path, kind FROM entity WHERE id > ? AND id <= ?"
                                " ORDER BY id", (after, upto if upto is not None else 1 << 62))

    def last(self) -> int:
        found: int = self._one("SELECT coalesce(max(id), 0) FROM entity")[0]
        return found

    def pointing(self, path: str, predicate: str, *, start: int = 0,
                 count: int = -1) -> list[Entity]:
        """Shared resources that point to this one."""
        rows = self._db.execute(
            "SELECT e.path, e.kind, e.type, e.labels, e.n, e.lat, e.long, e.code FROM reverse r"
            " JOIN entity e ON e.path = r.subject WHERE r.object = ? AND r.predicate = ?"
            " ORDER BY e.sort, e.path LIMIT ? OFFSET ?", (path, predicate, count, start))
        return [_made(r) for r in rows]

    def named(self, words: str, count: int = 8) -> list[Entity]:
        """Entities (no projects) whose name or code has these words, most used first."""
        asked = _match(words)
        if asked is None:
            return []
        rows = self._db.execute(
            "SELECT e.path, e.kind, e.type, e.labels, e.n, e.lat, e.long, e.code FROM names"
            " JOIN entity e ON e.id = names.rowid WHERE names MATCH ?"
            " ORDER BY e.n DESC, length(e.sort), e.path LIMIT ?", (asked, count))
        return [_made(r) for r in rows]

    def spelt(self, word: str, table: Literal["words", "names"], count: int = 3) -> list[str]:
        """Words of the projects, or of the names, that differ in a letter or two (one in four)
        from this folded one: the nearest first, of several the most frequent."""
        from rapidfuzz.distance import OSA

        far = min(2, len(word) // 4)
        if not far or not word.isalpha():
            return []
        rows = self._db.execute(
            f"SELECT term, doc FROM {table}_spelt WHERE length(term) BETWEEN ? AND ?",
            (len(word) - far, len(word) + far))
        near = [(away, -n, term) for term, n in rows if term.isalpha()
                and (away := OSA.distance(word, term, score_cutoff=far)) <= far]
        found: list[str] = []
        for _, _, term in sorted(near):
            if not any(term.startswith(nearer) for nearer in found):  # which finds it as well
                found.append(term)
        return found[:count]

    def nearest(self, path: str, count: int) -> list[Entity]:
        """Entities whose paths stand beside this one in the alphabet, and are alike."""
        from difflib import SequenceMatcher

        head = path[:max(path.rfind("/") + 1, len(path) - 3)]
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM entity WHERE path >= ? AND path < ? LIMIT 200",
            (head, head + "\U0010ffff")).fetchall() if head else []
        last = path.rpartition("/")[2].lower()
        alike = [(SequenceMatcher(None, last, e.path.rpartition("/")[2].lower()).ratio(), e)
                 for e in map(_made, rows)]
        return [e for ratio, e in sorted(alike, key=lambda p: -p[0]) if ratio > 0.7][:count]

    def examples(self) -> list[tuple[str, str, dict[str, str], str, bool]]:
        """Of each term in use: subject, its labels, value ("" for a class), whether an IRI."""
        return [(term, subject, json.loads(labels), value, bool(iri))
                for term, subject, labels, value, iri in self._db.execute(
                    "SELECT term, subject, labels, value, iri FROM example")]

    # -- projects

    def bits(self, facet: str, value: str) -> int:
        """The projects of a facet's value as a set: bit n is project n."""
        return self._bits(facet, value)

    def _read_bits(self, facet: str, value: str) -> int:
        row = self._one("SELECT ordinals FROM posting WHERE facet = ? AND value = ?", facet, value)
        return 0 if row is None else _as_bits(_numbers(row[0]), self.projects)

    def values(self, facet: str) -> list[tuple[str, int]]:
        """(value, number of projects) of a facet, most used first."""
        return self._db.execute("SELECT value, n FROM posting WHERE facet = ?"
                                " ORDER BY n DESC, value", (facet,)).fetchall()

    def _search(self, words: str) -> int | None:
        """The projects that have words that start so, all of them, whatever accents and
        case; None where there is no word."""
        asked = _match(words)
        if asked is None:
            return None
        rows = self._db.execute("SELECT rowid FROM words WHERE words MATCH ?", (asked,))
        return _as_bits((r[0] for r in rows), self.projects)

    def order(self, chosen: int | None, sort: str, start: int, count: int) -> list[int]:
        """Ordinals of the chosen projects (None: all) in an order, ``count`` from ``start``."""
        if sort == "title":
            if chosen is None:
                return list(range(start, min(start + count, self.projects)))
            return _nth(chosen, start, count)
        rank = self._rank(sort)
        if chosen is None:
            return list(rank[start:start + count])
        found, skipped = [], 0
        data = chosen.to_bytes(self.projects // 8 + 1, "little")
        for ordinal in rank:
            if data[ordinal >> 3] >> (ordinal & 7) & 1:
                if skipped >= start:
                    found.append(ordinal)
                    if len(found) == count:
                        break
                skipped += 1
        return found

    def _read_rank(self, name: str) -> array[int]:
        row = self._one("SELECT ordinals FROM rank WHERE name = ?", name)
        return array("I") if row is None else _numbers(row[0])

    def cards(self, ordinals: Sequence[int]) -> list[Card]:
        """What lists show, in the order asked for."""
        found: dict[int, Card] = {}
        for at in range(0, len(ordinals), 500):
            some = ordinals[at:at + 500]
            rows = self._db.execute("SELECT ordinal, card FROM project WHERE ordinal IN"
                                    f" ({','.join('?' * len(some))})", list(some))
            found |= {ordinal: json.loads(card) for ordinal, card in rows}
        return [found[o] for o in ordinals if o in found]

    def close(self) -> None:
        self._local = threading.local()  # with what each thread had open
        self._closed()


def _made(row: Sequence[Any]) -> Entity:
    path, kind, type_, labels, n, lat, long, code = row
    return Entity(path, kind, type_, json.loads(labels), n,
                  None if lat is None else (lat, long), code)


def _numbers(raw: bytes) -> array[int]:
    found = array("I")
    found.frombytes(raw)
    return found


def _as_bits(ordinals: Iterable[int], size: int) -> int:
    data = bytearray(size // 8 + 1)
    for n in ordinals:
        data[n >> 3] |= 1 << (n & 7)
    return int.from_bytes(data, "little")


def _nth(bits: int, start: int, count: int) -> list[int]:
    """Set bits number ``start`` to ``start + count``, lowest first."""
    text = f"{bits:b}"[::-1]
    at, found = -1, []
    for n in range(start + count):
        at = text.find("1", at + 1)
        if at < 0:
            break
        if n >= start:
            found.append(at)
    return found


def _match(words: str) -> str | None:
    """An FTS5 query: each folded word as the start of one, as the named queries read words.
    Every word is quoted, so that none is an operator."""
    found = told(words[:400])[:WORDS]
    return " ".join(f'"{w}"*' for w in found) or None
