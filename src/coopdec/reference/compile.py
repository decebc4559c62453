"""Tables → the read-only SQLite index. Standard library and :mod:`coopdec.text` only,
so that the build hook can run it before anything else is installed.

One function, :func:`compile_index`; what each table holds stands in its header line
and in ``data/SOURCES.toml``.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from coopdec.reference.france import french_records
from coopdec.reference.levels import ISO_WORDS
from coopdec.reference.names import bare, block, folded, skeleton
from coopdec.reference.records import ALIAS, Record
from coopdec.reference.tables import content_hash, read_table
from coopdec.reference.world import country_records, world_records

__all__ = ["compile_index"]

# An entity's number is its GeoNames identifier where its key is gn/…, so that the key
# need not be stored; others are numbered from _OTHERS on. ``ids``, ``level`` and
# ``label_fr`` are empty where they follow from the key, the kind and the first name.
_OTHERS = 100_000_000
_UNITS = {"admin1", "admin2"}
_SCHEMA = """
CREATE TABLE entity (
  id INTEGER PRIMARY KEY, key TEXT, kind TEXT NOT NULL, level TEXT, label_fr TEXT NOT NULL,
  label_en TEXT, country TEXT, ids TEXT, parent INTEGER, lat REAL, lon REAL, population INTEGER,
  since TEXT, until TEXT, replaced_by TEXT);
CREATE TABLE name (
  folded TEXT NOT NULL, country TEXT NOT NULL, entity INTEGER NOT NULL, rank INTEGER NOT NULL,
  PRIMARY KEY (folded, country, entity)) WITHOUT ROWID;
CREATE TABLE sound (
  country TEXT NOT NULL, skeleton TEXT NOT NULL, entity INTEGER NOT NULL, folded TEXT NOT NULL,
  rank INTEGER NOT NULL,
  PRIMARY KEY (country, skeleton, entity, folded)) WITHOUT ROWID;
CREATE TABLE block (
  country TEXT NOT NULL, letters TEXT NOT NULL, length INTEGER NOT NULL, skeletons TEXT NOT NULL,
  PRIMARY KEY (country, letters, length)) WITHOUT ROWID;
CREATE TABLE word (folded TEXT PRIMARY KEY) WITHOUT ROWID;
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
    collecting = gc.isenabled()
    gc.disable()  # a million small objects, none of them garbage: a fifth of the time
    try:
        with contextlib.closing(sqlite3.connect(name)) as db:
            _fill(db, root)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    finally:
        if collecting:
            gc.enable()


def _fill(db: sqlite3.Connection, root: Path) -> None:
    db.executescript(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=8192;" + _SCHEMA
    )
    records = list(_records(root))
    numbers: dict[str, int] = {}
    for order, r in enumerate(records):
        if r.key in numbers:
            raise ValueError(f"{r.key} stands twice in the reference's tables")
        numbers[r.key] = int(r.key[3:]) if r.key.startswith("gn/") else _OTHERS + order
    records.sort(key=lambda r: numbers[r.key])
    db.executemany("INSERT INTO entity VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                   (_row(r, numbers) for r in records))
    names = _names(records, numbers, _not_names(root))
    names.sort()
    db.executemany("INSERT INTO name VALUES (?,?,?,?)", names)
    sounds = _sounds(names)
    sounds.sort()
    db.executemany("INSERT INTO sound VALUES (?,?,?,?,?)", sounds)
    db.executemany("INSERT INTO block VALUES (?,?,?,?)", _blocks(sounds))
    db.executemany("INSERT INTO word VALUES (?)", ((word,) for word in _french_words(names)))
    db.execute("CREATE UNIQUE INDEX entity_key ON entity (key) WHERE key IS NOT NULL")
    # The countries among a million names: every run asks for all of them.
    db.execute("CREATE INDEX entity_country ON entity (id) WHERE kind = 'country'")
    db.execute("CREATE INDEX name_country ON name (rank) WHERE country = ''")
    db.executemany("INSERT INTO type_word VALUES (?,?,?)", _type_words(root, records))
    db.execute("INSERT INTO meta VALUES ('hash', ?)", (content_hash(root),))
    db.commit()


def _records(root: Path) -> Iterator[Record]:
    yield from country_records(root)
    yield from french_records(root)
    yield from world_records(root)


def _row(r: Record, numbers: dict[str, int]) -> tuple[object, ...]:
    by_key = r.key.startswith("gn/")
    ids = "|".join([f"{k}={v}" for k, v in sorted(r.ids.items())
                    if v and not (by_key and k == "geonames")])
    return (
        numbers[r.key], None if by_key else r.key, r.kind,
        r.level if r.level != r.kind else None, r.label_fr, r.label_en or None, r.country or None,
        ids or None, numbers[r.parent] if r.parent else None, r.lat, r.lon, r.population,
        r.since or None, r.until or None, "|".join(r.replaced_by) or None,
    )


def _names(
    records: Iterable[Record], numbers: dict[str, int], wrong: set[tuple[str, str]]
) -> list[tuple[str, str, int, int]]:
    """(folded name, country, entity, rank), the best rank where a name comes twice; without
    the (key, folded name) in ``wrong``, each of which must have been there."""
    names: list[tuple[str, str, int, int]] = []
    fold = folded.__wrapped__
    for r in records:
        number, country, french = numbers[r.key], r.country, r.country in {"FR", ""}
        best: dict[str, int] = {}
        for name, rank in r.names:
            plain = fold(name)
            if plain and rank < best.get(plain, 9):
                best[plain] = rank
            if french and (short := bare(plain)) and rank < best.get(short, 9):
                best[short] = rank
        for form, rank in best.items():
            if (r.key, form) in wrong:
                wrong.remove((r.key, form))
            else:
                names.append((form, country, number, rank))
    if wrong:
        raise ValueError(f"not_names.tsv speaks of unknown names: {sorted(wrong)}")
    return names


def _french_words(names: Iterable[tuple[str, str, int, int]]) -> list[str]:
    """The words of own and official names on the French side."""
    return sorted({word for plain, country, _, rank in names if country == "FR" and rank < ALIAS
                   for word in plain.split(" ")})


def _type_words(root: Path, records: Iterable[Record]) -> list[tuple[str, str, str]]:
    """(folded words, country, kinds). A word of two levels means, where a country's units of
    just one of them are called so, that one: « Région de Bougouni » is no cercle."""
    words = {(folded(r["words"]), r["country"]): r["kinds"]
             for r in read_table(root / "curated/type_words.tsv")}
    called: dict[tuple[str, str], set[str]] = {}
    for r in records:
        if r.kind in _UNITS:
            called.setdefault((r.country, r.level), set()).add(r.kind)
    for word, names in ISO_WORDS.items():
        if set(words.get((word, ""), "").split("|")) == _UNITS:
            for country in sorted({c for c, _ in called}):
                kinds = set().union(*(called.get((country, name), set()) for name in names))
                if len(kinds) == 1:
                    words.setdefault((word, country), kinds.pop())
    return [(*key, kinds) for key, kinds in words.items()]


def _not_names(root: Path) -> set[tuple[str, str]]:
    return {(r["key"], folded(r["name"])) for r in read_table(root / "curated/not_names.tsv")}


def _sounds(
    names: Iterable[tuple[str, str, int, int]],
) -> list[tuple[str, str, int, str, int]]:
    """Empty ``folded`` where the name is its own skeleton."""
    sounds = []
    sound = skeleton.__wrapped__  # past the cache: nearly every name comes once
    for plain, country, entity, rank in names:
        skel = sound(plain)
        sounds.append((country, skel, entity, "" if skel == plain else plain, rank))
    return sounds


def _blocks(
    sounds: Iterable[tuple[str, str, int, str, int]],
) -> Iterator[tuple[str, str, int, str]]:
    """The skeletons of a country by first letters and length, one text for each: what a
    fuzzy search reads at once."""
    blocks: dict[tuple[str, str, int], dict[str, None]] = {}
    for country, skel, *_ in sounds:
        blocks.setdefault((country, block(skel), len(skel)), {})[skel] = None
    for (country, letters, length), skeletons in sorted(blocks.items()):
        yield country, letters, length, " ".join(skeletons)
