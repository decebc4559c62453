"""JSON (a list of objects, an API's answer around one, GeoJSON) and JSON Lines.

The keys are the header line. A list of objects and JSON Lines are streamed. Where a file
has no lines to speak of, a line's number is the rank of its object.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any, BinaryIO

from coopdec.model import Finding, Position, Severity
from coopdec.read.documents import Document, DocumentFormat, Line, Table
from coopdec.read.documents._encoding import decode_head, encoding_findings, encoding_of
from coopdec.read.documents._flatten import flat
from coopdec.read.documents._objects import NAMES, grouped, lists_in
from coopdec.read.documents._refuse import WHOLE_LIMIT, read_all, refused

__all__ = ["FORMAT"]

_START = re.compile(r"\ufeff?\s*(?:\[\s*[\[{]|\{\s*[\"}])")
_LIST = re.compile(r"\s*\[\s*")
_NEXT = re.compile(r"\s*(,|\])\s*")
# Half of a character: JSON can write it ("\\ud800"), nothing else can.
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLOCK = 1 << 16
# So many objects are looked at for the columns; a key that comes later is a finding.
_SAMPLE = 1000

Numbered = Iterator[tuple[int, Any]]


def _fits(head: bytes) -> float:
    return 0.93 if _START.match(decode_head(head)) else 0.0


def _read(stream: BinaryIO, name: str) -> Document:
    encoding = encoding_of(stream)
    start = stream.tell()
    head = decode_head(stream.read(_BLOCK)).lstrip("\ufeff \t\r\n")
    stream.seek(start)
    document = Document([], findings=encoding_findings(encoding.name, name))
    if head.startswith("["):
        document.tables = _tables(_streamed(stream, encoding.name, name), name, document.findings)
    elif _is_lines(head):
        document.tables = _tables(
            _json_lines(stream, encoding.name, name, document.findings), name, document.findings)
    else:
        document.tables = _parts(_whole(stream, encoding.name, name), name, document.findings)
    return document


def _parts(value: Any, name: str, findings: list[Finding]) -> Iterator[Table]:
    """Each list of an API's answer that is one; the keys above it are its headings."""
    at = 1
    for part in lists_in(value):
        *above, own = part.path or ("",)
        for table in _tables(enumerate(part.objects, at), name, findings, own):
            yield Table(table.lines, own or None, above)
        at += len(part.objects)


def _is_lines(head: str) -> bool:
    """Whether the first line is an object by itself and more follows."""
    first, _, rest = head.partition("\n")
    try:
        return bool(rest.strip()) and isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _json_lines(
    stream: BinaryIO, encoding: str, name: str, findings: list[Finding]
) -> Numbered:
    text = io.TextIOWrapper(stream, encoding=encoding, errors="replace")
    try:
        for number, line in enumerate(text, 1):
            if not line.strip():
                continue
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError):
                findings.append(Finding("json-broken", Severity.FATAL, Position(name, number)))
    finally:
        text.detach()


def _streamed(stream: BinaryIO, encoding: str, name: str) -> Numbered:
    """The elements of a list, one at a time. The buffer grows by doubling, so that a long
    element is not decoded again and again."""
    text = io.TextIOWrapper(stream, encoding=encoding, errors="replace")
    decoder = json.JSONDecoder()
    buffer, rank = "", 0
    try:
        buffer = text.read(_BLOCK).removeprefix("\ufeff")
        at = match.end() if (match := _LIST.match(buffer)) else 0
        while True:
            try:
                if buffer[at : at + 1] == "]" and rank == 0:
                    return
                value, end = decoder.raw_decode(buffer, at)
                after = _NEXT.match(buffer, end)
                if after is None:  # or not read yet
                    raise ValueError("no comma")
            except (ValueError, RecursionError) as error:
                more = text.read(max(_BLOCK, len(buffer) - at))
                if not more or isinstance(error, RecursionError) or len(buffer) > WHOLE_LIMIT:
                    params = {"rank": rank + 1}
                    raise refused("json-broken-list", name, **params) from error
                buffer, at = buffer[at:] + more, 0
                continue
            rank += 1
            yield rank, value
            if after[1] == "]":
                return
            at = after.end()
    finally:
        text.detach()


def _whole(stream: BinaryIO, encoding: str, name: str) -> Any:
    data = read_all(stream, name)
    try:
        return json.loads(data.decode(encoding, "replace").removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise refused("json-broken", Position(name, error.lineno)) from error
    except (ValueError, RecursionError) as error:
        raise refused("json-broken", name) from error


def _tables(objects: Numbered, name: str, findings: list[Finding], of: str = ""
            ) -> Iterator[Table]:
    """``of``: the key that these objects stand under, which says whose name theirs is."""
    sample = list(islice(objects, _SAMPLE))
    if not sample:
        return
    if (key := grouped([value for _, value in sample])) is not None:
        objects = ((number, one) for number, value in chain(sample, objects)
                   for one in _apart(value, key, of))
        sample = list(islice(objects, _SAMPLE))
    everything = chain(sample, objects)
    if isinstance(sample[0][1], list):
        yield Table(
            Line(number, [flat({"": cell}).get("", "") for cell in row])
            for number, row in everything
            if isinstance(row, list)
        )
        return
    columns: dict[str, int] = {}
    for _, value in sample:
        for key in flat(value):
            columns.setdefault(key, len(columns))
    yield Table(_lines(everything, columns, name, findings))


def _apart(value: Any, key: str, of: str) -> Iterator[Any]:
    """The objects that one holds in a list, each with what it says of all of them: under « pays »
    a « nom » is that of a country."""
    if not isinstance(value, dict) or not isinstance(value.get(key), list) or not value[key]:
        yield value
        return
    whole = {f"{of}.{k}" if of and k in NAMES else k: v for k, v in value.items() if k != key}
    for one in value[key]:
        inner = one if isinstance(one, dict) else {key: one}
        yield {**{k if k not in inner else f"{key}.{k}": v for k, v in whole.items()}, **inner}


def _lines(
    objects: Iterator[tuple[int, Any]], columns: dict[str, int], name: str, findings: list[Finding]
) -> Iterator[Line]:
    yield Line(1, [_SURROGATE.sub("\ufffd", key) for key in columns])
    for number, value in objects:
        cells = [""] * len(columns)
        for key, text in flat(value).items():
            if key not in columns:
                columns[key] = len(columns)
                where = Position(name, number, column=key)
                findings.append(Finding("json-key-late", Severity.WARNING, where, {"key": key}))
                cells.append("")
            if not text.isprintable() and _SURROGATE.search(text):
                text = _SURROGATE.sub("\ufffd", text)  # noqa: PLW2901
                where = Position(name, number, column=_SURROGATE.sub("\ufffd", key))
                findings.append(Finding("broken-character", Severity.WARNING, where))
            cells[columns[key]] = text
        yield Line(number, cells)


FORMAT = DocumentFormat("json", (".json", ".jsonl", ".ndjson", ".geojson"), _fits, _read)
