"""Tables → the read-only SQLite index. Standard library and :mod:`coopdec.text` only,
so that the build hook can run it before anything else is installed.

One function, :func:`compile_index`; what each table holds stands in its header line
and in ``data/SOURCES.toml``.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from coopdec.reference.france import french_records
from coopdec.reference.names import bare, block, folded, skeleton
from coopdec.reference.records import Record
from coopdec.reference.tables import content_hash, read_table
from coopdec.reference.world import country_records, world_records

__all__ = ["SCHEMA_VERSION", "compile_index"]

SCHEMA_VERSION = 1

_SCHEMA = """
CREATE TABLE entity (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL, kind TEXT NOT NULL, level TEXT NOT NULL,
  label_fr TEXT NOT NULL, label_en TEXT, country TEXT, ids TEXT NOT NULL, parents TEXT NOT NULL,
  lat REAL, lon REAL, population INTEGER, since TEXT, until TEXT, replaced_by TEXT NOT NULL);
CREATE TABLE name (
  folded TEXT NOT NULL, country TEXT NOT NULL, entity INTEGER NOT NULL, rank INTEGER NOT NULL,
  PRIMARY KEY (folded, country, entity)) WITHOUT ROWID;
CREATE TABLE sound (
  country TEXT NOT NULL, block TEXT NOT NULL, skeleton TEXT NOT NULL, entity INTEGER NOT NULL,
  folded TEXT NOT NULL, rank INTEGER NOT NULL,
  PRIMARY KEY (country, block, skeleton, entity, folded)) WITHOUT ROWID;
CREATE TABLE type_word (
  words TEXT NOT NULL, country TEXT NOT NULL, kinds TEXT NOT NULL,
  PRIMARY KEY (words, country)) WITHOUT ROWID;
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


def compile_index(root: Path, target: Path) -> None:
    """Compile the tables under ``root`` (the package's ``reference`` folder) into
    ``target``, which appears whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=target.name, suffix=".part")
    os.close(handle)
    try:
        with contextlib.closing(sqlite3.connect(name)) as db:
            _fill(db, root)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _fill(db: sqlite3.Connection, root: Path) -> None:
    db.executescript(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=8192;" + _SCHEMA
    )
    db.execute("PRAGMA cache_size=-200000")
    names: list[tuple[str, str, int, int]] = []
    db.executemany(
        "INSERT INTO entity VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", _entities(_records(root), names)
    )
    names.sort()
    db.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?,?)", names)
    db.executemany("INSERT OR IGNORE INTO sound VALUES (?,?,?,?,?,?)", sorted(_sounds(names)))
    db.execute("CREATE UNIQUE INDEX entity_key ON entity (key)")
    db.executemany(
        "INSERT OR IGNORE INTO type_word VALUES (?,?,?)",
        [(folded(r["words"]), r["country"], r["kinds"])
         for r in read_table(root / "curated/type_words.tsv")],
    )
    db.execute("INSERT INTO meta VALUES ('hash', ?)", (content_hash(root),))
    db.commit()
    db.execute("ANALYZE")
    db.commit()


def _records(root: Path) -> Iterator[Record]:
    yield from country_records(root)
    yield from french_records(root)
    yield from world_records(root)


def _entities(
    records: Iterable[Record], names: list[tuple[str, str, int, int]]
) -> Iterator[tuple[object, ...]]:
    """Rows of ``entity``; their names are gathered in ``names`` on the way."""
    seen: set[str] = set()
    for number, r in enumerate(records, start=1):
        if r.key in seen:
            raise ValueError(f"{r.key} stands twice in the reference's tables")
        seen.add(r.key)
        best: dict[str, int] = {}
        french = r.country == "FR"
        for name, rank in r.names:
            plain = folded(name)
            for form in {plain, bare(plain)} if french else {plain}:
                if form and rank < best.get(form, 9):
                    best[form] = rank
        names.extend((form, r.country, number, rank) for form, rank in best.items())
        yield (
            number, r.key, r.kind, r.level, r.label_fr, r.label_en or None, r.country,
            "|".join(f"{k}={v}" for k, v in sorted(r.ids.items()) if v),
            "|".join(r.parents), r.lat, r.lon, r.population, r.since or None, r.until or None,
            "|".join(r.replaced_by),
        )


def _sounds(
    names: Iterable[tuple[str, str, int, int]],
) -> Iterator[tuple[str, str, str, int, str, int]]:
    for plain, country, entity, rank in names:
        skel = skeleton(plain)
        yield country, block(skel), skel, entity, plain, rank
