"""A dump as the tables that a person would map, with the RML mapping that makes it again.

For those tools that only map: one table for each kind of resource with a column for each
predicate, one for each predicate that has several values; identifiers under the base, in
templates, as one writes a mapping by hand. Or, where ``ready``, what costs a tool least and
nobody has: one table of whole IRIs and values for each predicate.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from coopdec.terms import bare
from coopdec.vocab import BASE, RDF

__all__ = ["Column", "split"]

TYPE = f"<{RDF}type>"
HEAD = """@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
"""
Said = list[tuple[str, str]]


class Column(NamedTuple):
    """A predicate with one sort of values: IRIs that begin with ``start``, or else literals
    of ``lang`` or ``datatype``."""

    predicate: str
    start: str | None
    lang: str = ""
    datatype: str = ""

    def cell(self, term: str) -> str:
        return bare(term) if self.start is None else term[1:-1].removeprefix(self.start)

    def mapped(self, name: str) -> str:
        """How R2RML says it."""
        how = f'rml:reference "{name}"'
        if self.start:
            how = f'rr:template "{self.start}{{{name}}}"'
        elif self.start is not None:
            how += " ; rr:termType rr:IRI"
        elif self.lang:
            how += f' ; rr:language "{self.lang}"'
        elif self.datatype:
            how += f" ; rr:datatype <{self.datatype}>"
        return (f"  rr:predicateObjectMap [ rr:predicate {self.predicate} ; "
                f"rr:objectMap [ {how} ] ]")


class Kind:
    """The resources of the same types whose IRIs begin alike: which columns they have, and
    which of these hold several values for one."""

    def __init__(self, start: str, types: tuple[str, ...]) -> None:
        self.start = start
        self.types = types
        self.wide: dict[Column, None] = {}
        self.several: dict[Column, None] = {}

    def meet(self, columns: list[Column]) -> None:
        for column in columns:
            self.wide[column] = None
        if len(set(columns)) < len(columns):
            self.several |= dict.fromkeys(c for c in columns if columns.count(c) > 1)


def split(dump: Path, folder: Path, *, ready: bool = False) -> int:
    """The tables of a dump in N-Triples whose statements stand subject by subject, with
    ``mapping.ttl``, ``config.ini`` (for morph-kgc) and ``tables.json``. Gives the number of
    statements."""
    folder.mkdir()
    kinds: dict[tuple[str, tuple[str, ...]], Kind] = {}
    count = 0
    for subject, types, said in _resources(dump, ready):
        count += len(said) + len(types)
        key = _start(subject, ready), types
        kinds.setdefault(key, Kind(*key)).meet([_column(p, o, ready) for p, o in said])
    tables: list[dict[str, object]] = []
    files = []

    def table(start: str, columns: list[Column], types: tuple[str, ...] = ()
              ) -> Callable[[list[str]], object]:
        name = f"t{len(tables)}.csv"
        tables.append({"file": name, "start": start, "types": types, "columns": columns})
        file = (folder / name).open("w", encoding="utf-8", newline="")
        files.append(file)
        write = csv.writer(file).writerow
        write(["id", *(f"c{n}" for n in range(len(columns)))])
        return write

    writers = {}
    for key, kind in kinds.items():
        apart = kind.wide if ready else kind.several
        wide = [c for c in kind.wide if c not in apart]
        writers[key] = (table(kind.start, wide, kind.types) if wide or kind.types else None, wide,
                        {c: table(kind.start, [c]) for c in apart})
    for subject, types, said in _resources(dump, ready):
        start = _start(subject, ready)
        write, wide, apart_writers = writers[start, types]
        own, cells = subject[1:-1].removeprefix(start), dict[Column, str]()
        for predicate, value in said:
            column = _column(predicate, value, ready)
            if column in apart_writers:
                apart_writers[column]([own, column.cell(value)])
            else:
                cells[column] = column.cell(value)
        if write:
            write([own, *(cells.get(c, "") for c in wide)])
    for file in files:
        file.close()
    (folder / "tables.json").write_text(json.dumps(tables), "utf-8")
    (folder / "mapping.ttl").write_text(
        "\n".join([HEAD, *(_mapping(folder / str(t["file"]), t) for t in tables)]), "utf-8")
    # Identifiers hold slashes and fragments, and are percent-encoded already. « NA » is a code.
    (folder / "config.ini").write_text(
        f"[CONFIGURATION]\noutput_file={folder / 'morph.nt'}\nnumber_of_processes=1\n"
        "safe_percent_encoding=/#:.-_~%\nna_values=\n"
        f"[D]\nmappings={folder / 'mapping.ttl'}\n", "utf-8")
    return count


def _resources(dump: Path, ready: bool) -> Iterator[tuple[str, tuple[str, ...], Said]]:
    """Subject, its types, and what else is said of it."""
    with dump.open(encoding="utf-8", newline="\n") as lines:
        statements = (line[:-3].split(" ", 2) for line in lines)
        for subject, found in groupby(statements, key=lambda s: s[0]):
            said = [(p, o) for _, p, o in found]
            types = () if ready else tuple(o for p, o in said if p == TYPE)
            yield subject, types, said if ready else [s for s in said if s[0] != TYPE]


def _start(iri: str, ready: bool) -> str:
    """What the template of an IRI begins with: our base, or another's host."""
    if ready:
        return ""
    bare_iri = iri[1:-1]
    return (BASE if bare_iri.startswith(BASE)
            else bare_iri[:bare_iri.index("/", len("https://")) + 1])


def _column(predicate: str, value: str, ready: bool) -> Column:
    if value[0] == "<":
        return Column(predicate, _start(value, ready))
    tail = value[value.rindex('"') + 1:]
    return Column(predicate, None, tail[1:] if tail[:1] == "@" else "",
                  tail[3:-1] if tail[:2] == "^^" else "")


def _mapping(file: Path, table: dict[str, object]) -> str:
    columns: list[Column] = table["columns"]  # type: ignore[assignment]
    types: tuple[str, ...] = table["types"]  # type: ignore[assignment]
    subject = (f'rr:template "{table["start"]}{{id}}"' if table["start"]
               else 'rml:reference "id" ; rr:termType rr:IRI')
    classes = "".join(f" ; rr:class {t}" for t in types)
    parts = [f"  rr:subjectMap [ {subject}{classes} ]",
             *(c.mapped(f"c{n}") for n, c in enumerate(columns))]
    return (f"<#{file.stem}> rml:logicalSource [ rml:source \"{file}\" ; "
            "rml:referenceFormulation ql:CSV ] ;\n" + " ;\n".join(parts) + " .\n")
