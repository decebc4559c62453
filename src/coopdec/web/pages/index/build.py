"""Builds the index: streams a local N-Triples dump, or asks an endpoint page by page."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from coopdec.dataset import Dataset
from coopdec.dataset.kept import fingerprint as kept_fingerprint
from coopdec.text import fold
from coopdec.vocab import CD, DCTERMS, SDG
from coopdec.web.pages.addresses import Addresses, own_identifier
from coopdec.web.pages.index.ingest import Ingest
from coopdec.web.pages.index.schema import FINISH, TABLES, VERSION
from coopdec.web.pages.triples import Block, parse, split

__all__ = ["build", "facet_value", "fingerprint"]

#: Resources whose statements are asked for in one query of an endpoint.
_ASKED = 400
_LISTED = 10_000


def fingerprint(data: Dataset, base: str) -> str | None:
    """What an index is made of, as a short key; None where that cannot be known (an
    endpoint's data may change at any time)."""
    dump = local_dump(data)
    if dump is None:
        return None
    made_of = [kept_fingerprint(path) for path in (dump, *_beside(dump))]
    return hashlib.sha256(f"{VERSION}\n{base}\n{made_of}".encode()).hexdigest()[:20]


def local_dump(data: Dataset) -> Path | None:
    if isinstance(data.source, str) and "://" in data.source:
        return None
    from coopdec.dataset.local import find_dump

    found = find_dump(Path(data.source))
    return found if found.is_file() else None


def _beside(dump: Path) -> list[Path]:
    """Further descriptions in the release's folder: its catalogue."""
    catalogue = dump.parent / "catalog.ttl"
    return [catalogue] if dump.name == "coopdec.nt" and catalogue.is_file() else []


def build(data: Dataset, addresses: Addresses, path: Path | str) -> None:
    """Write the index of ``data`` into the new file ``path``.

    Raises:
        StorageError, EndpointError: see :mod:`coopdec.errors`.
    """
    db = sqlite3.connect(path)
    try:
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + TABLES)
        ingest = Ingest(db, addresses)
        dump = local_dump(data)
        if dump is not None and dump.suffix == ".nt":
            for iri, about, block in _streamed(dump, addresses):
                ingest.document(iri, about, block)
            for beside in _beside(dump):
                for iri, about, block in _catalogue(beside, addresses):
                    ingest.document(iri, about, block)
        else:
            for iri, about in _asked(data, addresses):
                ingest.document(iri, about, None)
        ingest.end()
        _projects(db)
        _names(db)
        db.executescript(FINISH)
        db.execute("ANALYZE")
        db.commit()
    finally:
        db.close()


# -- from a dump

_Document = tuple[str, Block, bytes]
_PROJECT = f"<{CD}Project>".encode()
_PARTS = re.compile(rf"^<[^>]*> (?:<{CD}target>|<{DCTERMS}isPartOf>) .*\n".encode(), re.MULTILINE)


def _streamed(dump: Path, addresses: Addresses) -> Iterator[_Document]:
    """Documents of a dump whose lines are grouped by document, as ours are; where another
    program wrote it in another order, its parts are put together first."""
    late: dict[bytes, list[bytes]] = {}
    seen: set[int] = set()
    current, lines = b"", []
    same: tuple[bytes, ...] = (b"\0",)
    with dump.open("rb") as file:
        for line in file:
            if line.startswith(same):
                lines.append(line)
                continue
            subject = line[1:line.find(b">")].partition(b"#")[0]
            same = (b"<" + subject + b">", b"<" + subject + b"#")
            if current:
                if hash(current) in seen:
                    late.setdefault(current, []).extend(lines)
                else:
                    yield _document(current, lines)
                seen.add(hash(current))
            current, lines = subject, [line]
    if current and hash(current) not in seen:
        yield _document(current, lines)
    elif current:
        late.setdefault(current, []).extend(lines)
    if late:
        yield from _again(dump, late.keys())


def _again(dump: Path, wanted: Iterable[bytes]) -> Iterator[_Document]:
    """Whole documents whose lines stand apart: a second reading of the file."""
    found: dict[bytes, list[bytes]] = {w: [] for w in wanted}
    with dump.open("rb") as file:
        for line in file:
            subject = line[1:line.find(b">")].partition(b"#")[0]
            if subject in found:
                found[subject].append(line)
    for subject in sorted(found):
        yield _document(subject, found[subject])


def _document(subject: bytes, lines: list[bytes]) -> _Document:
    """Of a project's parts, only what lists need is read: that is most of the work."""
    block = b"".join(lines)
    if _PROJECT in block:
        own = b"<" + subject + b">"
        lines = [line for line in lines if line.startswith(own)] + _PARTS.findall(block)
    return subject.decode("utf-8", "replace"), parse(b"".join(lines)), block


def _catalogue(path: Path, addresses: Addresses) -> Iterator[_Document]:
    import pyoxigraph

    from coopdec.dataset.kept import load

    store = pyoxigraph.Store()
    load(store, path)
    lines = pyoxigraph.serialize((q.triple for q in store), format=pyoxigraph.RdfFormat.N_TRIPLES)
    by_document: dict[bytes, list[bytes]] = {}
    for line in sorted((lines or b"").splitlines(keepends=True)):
        if line.startswith(b"<"):
            subject = line[1:line.find(b">")].partition(b"#")[0]
            by_document.setdefault(subject, []).append(line)
    base = addresses.base.encode()
    for subject in sorted(by_document):
        # Files are described by the page of the data set; they have no page of their own.
        name = subject.removeprefix(base)
        if subject.startswith(base) and b"." not in name:
            yield _document(subject, by_document[subject])


# -- from an endpoint

def _asked(data: Dataset, addresses: Addresses) -> Iterator[tuple[str, Block]]:
    """Every document under the base, and the UN's goals, with the statements that lists
    and links need: those of the resource itself and of a project's parts."""
    for some in _batches(_subjects(data, addresses), _ASKED):
        values = " ".join(f"<{iri}>" for iri in some)
        triples = data.triples(
            "CONSTRUCT { ?s ?p ?o . ?part cd:target ?target . ?part dcterms:isPartOf ?list }"
            f" WHERE {{ VALUES ?s {{ {values} }} {{ ?s ?p ?o }}"
            " UNION { ?s cd:themeAssignment ?part . ?part cd:target ?target }"
            " UNION { ?s prov:wasDerivedFrom ?part . ?part dcterms:isPartOf ?list } }")
        documents: dict[str, Block] = {iri: {} for iri in some}
        for subject, said in parse(triples).items():
            documents.setdefault(split(subject)[0], {})[subject] = said
        yield from documents.items()


def _subjects(data: Dataset, addresses: Addresses) -> Iterator[str]:
    last = ""
    while True:
        # After the last one rather than OFFSET: an endpoint need not count from the start.
        rows = data.select(
            "SELECT DISTINCT ?s WHERE { ?s a ?class . FILTER(isIRI(?s) && !CONTAINS(STR(?s), '#')"
            " && (STRSTARTS(STR(?s), $base) || STRSTARTS(STR(?s), $sdg)) && STR(?s) > $last) }"
            f" ORDER BY STR(?s) LIMIT {_LISTED}", base=addresses.base, sdg=SDG, last=last)
        found = [iri for iri in rows.column("s") if not set(' <>"{}|\\^`') & set(iri)]
        yield from found
        if len(rows) < _LISTED:
            return
        last = rows[-1].s


def _batches(items: Iterable[str], size: int) -> Iterator[list[str]]:
    held: list[str] = []
    for item in items:
        held.append(item)
        if len(held) == size:
            yield held
            held = []
    if held:
        yield held


# -- what follows from the documents

def facet_value(facet: str, path: str) -> str:
    """How a query string names what a path stands for: ``ML``, ``84``, ``6``."""
    short = path.partition("/")[2]
    return short.removeprefix("region/") if facet == "region" else short


def _facets(refs: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    for facet, paths in refs.items():
        for path in paths:
            yield facet, facet_value(facet, path)
    for kind in {p.split("/")[1] for p in refs.get("lead", ()) if p.count("/") > 1}:
        yield "type", kind
    if not refs.get("theme"):
        yield "theme", "none"


def _projects(db: sqlite3.Connection) -> None:
    """Order the projects, count them by facet, and lay their words out for the search."""
    labels, codes = {}, {}
    for path, said, code in db.execute(
            "SELECT path, labels, code FROM entity WHERE kind <> 'project'"):
        labels[path] = json.loads(said)
        if code:
            codes[path] = code
    postings: dict[tuple[str, str], array[int]] = {}
    by_lead: list[tuple[str, int]] = []
    by_country: list[tuple[str, int]] = []
    by_date: list[tuple[str, int]] = []
    cursor = db.execute("SELECT id, path, labels, refs FROM entity WHERE kind = 'project'"
                        " ORDER BY sort, path")
    for ordinal, (entity, path, own, said) in enumerate(cursor):
        refs: dict[str, list[str]] = json.loads(said)
        for key in dict.fromkeys(_facets(refs)):
            postings.setdefault(key, array("I")).append(ordinal)
        card = {"path": path, "labels": json.loads(own), **refs}
        db.execute("INSERT INTO project VALUES (?, ?, ?)",
                   (ordinal, entity, json.dumps(card, ensure_ascii=False)))
        named = [n for p in (p for paths in refs.values() for p in paths)
                 for n in labels.get(p, {}).values()]
        text = " ".join(dict.fromkeys(fold(w) for w in (
            *card["labels"].values(), *named, own_identifier(path))))
        db.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (ordinal, text))

        def first(facet: str, refs: Mapping[str, list[str]] = refs) -> str:
            return min((fold(labels.get(p, {}).get("fr", p)) for p in refs.get(facet, ())),
                       default="\U0010ffff")

        by_lead.append((first("lead"), ordinal))
        by_country.append((first("country"), ordinal))
        issued = max((codes.get(p, "") for p in refs.get("source", ())), default="")
        by_date.append((issued + max(refs.get("session") or refs.get("call") or [""]), ordinal))
    for (facet, value), ordinals in sorted(postings.items()):
        db.execute("INSERT INTO posting VALUES (?, ?, ?, ?)",
                   (facet, value, len(ordinals), ordinals.tobytes()))
    by_date.sort(key=lambda pair: pair[1])
    by_date.sort(key=lambda pair: pair[0], reverse=True)
    for name, order in (("lead", sorted(by_lead)), ("country", sorted(by_country)),
                        ("recent", by_date)):
        db.execute("INSERT INTO rank VALUES (?, ?)",
                   (name, array("I", [o for _, o in order]).tobytes()))
    _counts(db)


_KINDS = {"country": ("country/",), "region": ("collectivity/region/", "collectivity/"),
          "lead": ("collectivity/",), "theme": ("goal/",), "target": ("goal/",),
          "call": ("call/",), "session": ("call/",), "source": ("source/",),
          "partner": ("territory/", "institution/"), "operator": ("organisation/",),
          "cofunder": ("organisation/",)}


def _counts(db: sqlite3.Connection) -> None:
    """How many projects each shared resource has; a region's are those of its territory."""
    for facet, value, n in db.execute("SELECT facet, value, n FROM posting").fetchall():
        for start in _KINDS.get(facet, ()):
            db.execute("UPDATE entity SET n = max(n, ?) WHERE path = ?", (n, start + value))


def _names(db: sqlite3.Connection) -> None:
    rows = db.execute("SELECT id, labels, code FROM entity"
                      " WHERE kind NOT IN ('project', 'document', 'tombstone')")
    db.executemany("INSERT INTO names (rowid, text) VALUES (?, ?)", [
        (id_, " ".join(dict.fromkeys(map(fold, (*json.loads(said).values(), code)))))
        for id_, said, code in rows])


