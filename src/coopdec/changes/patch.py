"""What changed as statements: RDF Patch, and SPARQL 1.1 Update.

https://afs.github.io/rdf-patch/ : « D » lines, then « A » lines, in one transaction.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator

from coopdec.changes.dump import Dump, joined
from coopdec.changes.opening import parsed
from coopdec.errors import UsageError

__all__ = ["rdf_patch", "sparql_update", "statements_changed"]

#: Statements in one SPARQL operation: endpoints refuse very long ones.
_TOGETHER = 2000


def statements_changed(old: Dump, new: Dump) -> Iterator[tuple[str, bytes]]:
    """(« D » or « A », statement) for each that is only in one of them: resource by
    resource, deletions first. A statement is a line of N-Triples without its line end.

    Raises:
        UsageError: a statement has a blank node, which no patch can name.
    """
    one, other = old.shared(), new.shared()
    told: set[bytes] = set()
    for iri, before, after in joined(old, new):
        if before is None or after is None:
            told.add(iri)  # one that was withdrawn is a shared resource on the other side
        yield from _apart(one.get(iri) if before is None else before.lines,
                          other.get(iri) if after is None else after.lines)
    for subject in sorted((one.keys() | other.keys()) - told):
        was, now = one.get(subject), other.get(subject)
        if was != now:
            yield from _apart(was, now)


def _apart(before: bytes | None, after: bytes | None) -> Iterator[tuple[str, bytes]]:
    was, now = (_canonical(lines) for lines in (before, after))
    for sign, lines in (("D", was.keys() - now.keys()), ("A", now.keys() - was.keys())):
        order = was if sign == "D" else now
        for line in order:
            if line in lines:
                if line.startswith(b"_:") or b"> _:" in line:
                    raise UsageError("changes-blank", line=line.decode()[:120])
                yield sign, line


def _canonical(lines: bytes | None) -> dict[bytes, None]:
    """Statements in the one way in which they can be written, however they came."""
    return {f"{triple} .".encode(): None for triple in parsed(lines)} if lines else {}


def rdf_patch(old: Dump, new: Dump) -> Iterator[str]:
    """Pieces of text. The patch's identifier is made from the two dumps: no clock."""
    marks = [hashlib.sha256(d.data).hexdigest() for d in (old, new)]
    ident, before = (uuid.uuid5(uuid.NAMESPACE_URL, "urn:sha256:" + m) for m in reversed(marks))
    yield f"H id <urn:uuid:{ident}> .\nH prev <urn:uuid:{before}> .\nTX .\n"
    for sign, line in statements_changed(old, new):
        yield f"{sign} {line.decode()}\n"
    yield "TC .\n"


def sparql_update(old: Dump, new: Dump) -> Iterator[str]:
    """Pieces of text: ``DELETE DATA`` and ``INSERT DATA`` operations, in order."""
    words = {"D": "DELETE DATA", "A": "INSERT DATA"}
    open_for, count, first = "", 0, True
    for sign, line in statements_changed(old, new):
        if sign != open_for or count >= _TOGETHER:
            if open_for:
                yield "}"
            yield f"{'' if first else ' ;'}{chr(10) if not first else ''}{words[sign]} {{\n"
            open_for, count, first = sign, 0, False
        yield f"  {line.decode()}\n"
        count += 1
    yield "}\n" if open_for else ""
