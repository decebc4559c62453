"""The shapes: found, read, proven well-formed, and what each of them says to people.

``load_shapes()`` gives our own; ``load_shapes(path)`` anybody's, a file or a folder.
Property shapes and SPARQL constraints without an IRI of their own get one here, so that
every result of every engine can name its shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from coopdec.check.load import files_in, ntriples
from coopdec.check.result import SH
from coopdec.errors import UsageError
from coopdec.paths import data_folder
from coopdec.terms import bare
from coopdec.vocab import CD, GEO, OWL, PREFIXES, RDF, RDFS, SKOS, cd

__all__ = ["Shape", "Shapes", "index_of", "load_shapes", "unique_terms"]

_STATEMENT = re.compile(r"^(\S+) (\S+) (.*) \.$")
_NESTED = (f"<{SH}property>", f"<{SH}sparql>", f"<{SH}node>")
_NIL = f"<{RDF}nil>"

Pair = tuple[str, str]
Index = Mapping[str, Mapping[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a shape or a SPARQL constraint says of itself; pairs are (fr, en)."""

    iri: str
    path: str = ""
    name: Pair = ("", "")
    group: Pair = ("", "")
    message: Pair = ("", "")
    advice: Pair = ("", "")
    severity: str = ""
    parameters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shapes:
    """A shapes graph: ``text`` is N-Triples; ``by_iri`` what each shape says."""

    text: bytes
    by_iri: Mapping[str, Shape]

    def __len__(self) -> int:
        return len(self.by_iri)

    @property
    def project_side(self) -> bytes:
        """The shapes for a chunk: without the targets of shared entities' classes."""
        return _targeting(self.text, wanted=True)

    @property
    def shared_side(self) -> bytes:
        """The shapes for shared entities: without the targets of projects and their parts."""
        return _targeting(self.text, wanted=False)

    @property
    def alone_side(self) -> bytes:
        """Those of shared entities that compare no two of them."""
        return _without_comparing(self.shared_side)


_SUBJECTS_OF = f"<{SH}targetSubjectsOf>"
#: Properties that only shared entities have: their shapes need not run in each chunk.
_SHARED_SIDE = {f"<{p}>" for p in (
    *(cd(name) for name in ("siren", "inseeCode", "iso2", "iso3", "iso3166_2", "within")),
    OWL + "sameAs", SKOS + "exactMatch", SKOS + "closeMatch")}
#: Classes of what belongs to one project; everything else is shared, but for geometries,
#: which both have.
_PROJECT_SIDE = {f"<{cd(name)}>" for name in ("Project", "ThemeAssignment", "Amount", "SourceRow")}
_BOTH_SIDES = {f"<{GEO}Geometry>"}


@lru_cache(maxsize=8)
def _targeting(text: bytes, *, wanted: bool) -> bytes:
    kept = []
    for line in text.decode().rstrip("\n").split("\n"):
        match = _STATEMENT.match(line)
        if (match and match[2] == f"<{SH}targetClass>" and match[3] not in _BOTH_SIDES
                and (match[3] in _PROJECT_SIDE) is not wanted):
            continue
        if wanted and match and match[2] == _SUBJECTS_OF and match[3] in _SHARED_SIDE:
            continue
        kept.append(line + "\n")
    return "".join(kept).encode()


#: « ?other cd:siren ?value »: a SPARQL constraint that compares two bearers of a value.
_COMPARED = re.compile(r"\?other (\w+):(\w+) \?")
_SPARQL, _SELECT = f"<{SH}sparql>", f"<{SH}select>"


def _comparing(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Constraints that compare two resources, and by which property (prefix, name)."""
    for line in text.split("\n"):
        match = _STATEMENT.match(line)
        if match and match[2] == _SELECT:
            for found in _COMPARED.finditer(re.sub(r"\\n|\s+", " ", match[3])):
                yield match[1], found


@lru_cache(maxsize=8)
def _without_comparing(text: bytes) -> bytes:
    lines = text.decode().rstrip("\n").split("\n")
    ends = tuple(f" {_SPARQL} {node} ." for node, found in _comparing("\n".join(lines))
                 if found[1] in PREFIXES)
    return "".join(line + "\n" for line in lines if not line.endswith(ends)).encode()


def unique_terms(shapes: bytes) -> list[bytes]:
    """The properties of which a SPARQL constraint compares two bearers."""
    found = {(m[1], m[2]) for _, m in _comparing(shapes.decode())}
    return sorted(f"<{PREFIXES[p]}{name}>".encode() for p, name in found if p in PREFIXES)


def load_shapes(path: Path | None = None) -> Shapes:
    """Our shapes, or those of a file or folder.

    Raises UsageError where they hold no shape or are not well-formed, DataError where
    they do not parse.
    """
    paths = files_in(path if path is not None else data_folder("shapes"))
    # Ours are proven well-formed by the tests.
    return _load(tuple((str(p), p.stat().st_mtime_ns) for p in paths), prove=path is not None)


@lru_cache(maxsize=4)
def _load(paths: tuple[tuple[str, int], ...], *, prove: bool) -> Shapes:
    text = b"".join(ntriples(Path(p).read_bytes(), Path(p)) for p, _ in paths)
    shapes = shapes_of(text)
    if not shapes.by_iri:
        raise UsageError("check-no-shapes", path=paths[0][0])
    if prove:
        from coopdec.check.wellformed import assert_well_formed

        assert_well_formed(shapes.text)
    return shapes


def shapes_of(text: bytes) -> Shapes:
    """Shapes of a graph in N-Triples."""
    lines = _name_nested(text.decode().rstrip("\n").split("\n"))
    index = index_of(lines)
    by_iri = {bare(node): _describe(node, index) for node in _nodes(index)}
    return Shapes("".join(line + "\n" for line in lines).encode(), by_iri)


def _name_nested(lines: list[str]) -> list[str]:
    """IRIs for the blank nodes that are nested shapes or constraints; lists, paths and
    expressions stay blank, since an IRI there would mean something else. Their labels, which
    parsers draw by chance, are numbers: the same shapes are the same bytes."""
    named: dict[str, str] = {}
    for line in lines:
        match = _STATEMENT.match(line)
        if match and match[2] in _NESTED and match[3].startswith("_:"):
            named.setdefault(match[3], f"<urn:coopdec:shape:{len(named) + 1}>")

    def renamed(node: str) -> str:
        return named.setdefault(node, f"_:n{len(named) + 1}") if node.startswith("_:") else node

    def rename(line: str) -> str:
        match = _STATEMENT.match(line)
        if match is None:
            return line
        subject, predicate, value = match.groups()
        return f"{renamed(subject)} {predicate} {renamed(value)} ."

    return [rename(line) for line in lines]


def index_of(lines: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    index: dict[str, dict[str, list[str]]] = {}
    for line in lines:
        match = _STATEMENT.match(line)
        if match:
            index.setdefault(match[1], {}).setdefault(bare(match[2]), []).append(match[3])
    return index


def _nodes(index: Index) -> list[str]:
    """Shapes (typed, targeted or with a path) and SPARQL constraints, by their IRI."""
    kinds = {f"<{SH}{k}>" for k in ("NodeShape", "PropertyShape", "SPARQLConstraint")}
    nested = {o for said in index.values() for p in _NESTED for o in said.get(bare(p), ())}
    return sorted(
        node for node, said in index.items()
        if node.startswith("<") and (
            kinds.intersection(said.get(RDF + "type", ())) or node in nested
            or SH + "path" in said or SH + "targetClass" in said))


def _describe(node: str, index: Index) -> Shape:
    said = index.get(node, {})
    groups = said.get(SH + "group", [])
    path = said.get(SH + "path", [])
    return Shape(
        iri=bare(node),
        path=render_path(path[0], index) if path else "",
        name=_pair(said.get(SH + "name", ())),
        group=_pair(index.get(groups[0], {}).get(RDFS + "label", ())) if groups else ("", ""),
        message=_pair(said.get(SH + "message", ())),
        advice=_pair(said.get(CD + "remedy", ())),
        severity=bare(said.get(SH + "severity", [""])[0]),
        parameters={p: tuple(sorted(v)) for p, v in said.items() if p.startswith(SH)},
    )


def _pair(literals: Iterable[str]) -> Pair:
    """(fr, en) of language-tagged literals; another language or none serves for both."""
    words = {term.rpartition("@")[2] if '"@' in term else "": bare(term) for term in literals}
    other = next((words[k] for k in sorted(words) if k not in ("fr", "en")), "")
    french = words.get("fr") or other or words.get("en", "")
    return french, words.get("en") or other or french


_PREFIX_PATHS = {SH + "inversePath": "^{}"}
_SUFFIX_PATHS = {SH + "zeroOrMorePath": "({})*", SH + "oneOrMorePath": "({})+",
                 SH + "zeroOrOnePath": "({})?"}


def render_path(node: str, index: Index) -> str:
    """A ``sh:path`` in SPARQL's property-path syntax: ``^<p>``, ``<p>/<q>``."""
    said = index.get(node, {})
    if node.startswith("<") and RDF + "first" not in said:
        return node
    if RDF + "first" in said:
        return "/".join(render_path(n, index) for n in members(node, index))
    if SH + "alternativePath" in said:
        branches = members(said[SH + "alternativePath"][0], index)
        return "(" + "|".join(render_path(n, index) for n in branches) + ")"
    for predicate, form in {**_PREFIX_PATHS, **_SUFFIX_PATHS}.items():
        if predicate in said:
            return form.format(render_path(said[predicate][0], index))
    return node


def members(node: str, index: Index) -> list[str]:
    """The members of an RDF list; stops at a list that bites its tail."""
    found: list[str] = []
    seen: set[str] = set()
    while node != _NIL and node not in seen:
        seen.add(node)
        said = index.get(node, {})
        found += said.get(RDF + "first", [])
        node = said.get(RDF + "rest", [_NIL])[0]
    return found
