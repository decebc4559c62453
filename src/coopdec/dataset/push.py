"""Loading a release into a SPARQL 1.1 store: by the Graph Store Protocol
(https://www.w3.org/TR/sparql11-http-rdf-update/) or by SPARQL Update, a part at a time.

The first part takes the place of the graph, the others are added to it. How far it came is
kept in the cache after each: a push that was stopped goes on there. A part that is sent twice
adds nothing, since our data has no blank nodes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from coopdec.dataset.binding import encode_iri
from coopdec.dataset.kept import fingerprint
from coopdec.dataset.local import find_dump
from coopdec.dataset.remote import Endpoint
from coopdec.dataset.results import Rows
from coopdec.dataset.sending import Sender, TooLarge, query_address
from coopdec.errors import EndpointError, StorageError, UsageError
from coopdec.paths import cache_folder

__all__ = ["Pushed", "push"]

#: Bytes and statements of a part: what common servers take without being told.
PART_BYTES, PART_LINES = 4 << 20, 20_000

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Pushed:
    """``statements``: how many the graph holds now, counted by the store itself;
    ``resumed``: how many had been there from a push that was stopped."""

    statements: int
    resumed: int


def push(source: Path, url: str, *, graph: str | None = None, update: bool = False,
         query: str | None = None, timeout: float = 300.0, restart: bool = False,
         progress: Progress = lambda *_: None) -> Pushed:
    """Make ``graph`` (None: the default graph) of the store at ``url`` hold the release in
    ``source`` and nothing else. ``url`` is the Graph Store address, or with ``update`` the
    address for updates; ``query`` the one for queries, found from ``url`` unless given.
    ``progress`` is told bytes sent and bytes in all.

    Raises:
        UsageError: no release there, or an address or graph that is none.
        EndpointError, QueryTimeout: the store refuses, fails, or holds another number of
            statements at the end.
        StorageError: the release cannot be read.
    """
    dump = find_dump(source)
    if dump.suffix.lower() != ".nt":
        raise UsageError("push-needs-ntriples", path=str(dump))
    named = None if graph is None else encode_iri(graph)
    sender = Sender(url, graph=graph, update=update, timeout=timeout)
    counting = Endpoint(query or query_address(url))
    state = _State.of(dump, f"{url} {graph} {update}")
    if restart:
        state.forget()
    try:
        with dump.open("rb") as file:
            resumed = _begin(state, counting, named, timeout)
            _send(file, dump.stat().st_size, sender, state, progress)
    except OSError as error:
        raise StorageError("cannot-read", path=str(dump), why=error.strerror or str(error)
                           ) from error
    found = _count(counting, named, timeout)
    if found != state.lines and found != _distinct(dump):
        expected = state.lines
        state.forget()
        raise EndpointError("push-wrong-count", url=url, expected=expected, found=found)
    state.forget()
    return Pushed(found, resumed)


def _begin(state: _State, counting: Endpoint, graph: str | None, timeout: float) -> int:
    """How many statements are there already; none where the store does not hold what we
    sent, or more: then all is sent anew."""
    if state.offset:
        held = _count(counting, graph, timeout)
        if held < state.lines * 0.99 or held > state.lines + 2 * PART_LINES:
            state.forget()
    return state.lines


def _send(file: IO[bytes], size: int, sender: Sender, state: _State, progress: Progress) -> None:
    file.seek(state.offset)
    for part in _parts(file):
        _send_part(part, sender, first=state.offset == 0)
        state.advance(len(b"".join(part)), len(part))
        progress(state.offset, size)
    if state.offset == 0:  # an empty release empties the graph
        sender.send([], first=True)


def _send_part(part: list[bytes], sender: Sender, *, first: bool) -> None:
    """A part, or its halves where the store finds it too large."""
    try:
        sender.send(part, first=first)
    except TooLarge as error:
        if len(part) < 2:
            raise EndpointError("push-too-large", url=sender.url) from error
        half = len(part) // 2
        _send_part(part[:half], sender, first=first)
        _send_part(part[half:], sender, first=False)


def _parts(file: IO[bytes]) -> Iterator[list[bytes]]:
    lines: list[bytes] = []
    size = 0
    for number, line in enumerate(file, 1):
        if line.startswith(b"_:") or b"> _:" in line.partition(b'"')[0]:
            raise UsageError("push-blank-node", path=file.name, line=number)
        lines.append(line)
        size += len(line)
        if size >= PART_BYTES or len(lines) >= PART_LINES:
            yield lines
            lines, size = [], 0
    if lines:
        yield lines


def _count(counting: Endpoint, graph: str | None, timeout: float) -> int:
    pattern = "{ ?s ?p ?o }" if graph is None else f"{{ GRAPH {graph} {{ ?s ?p ?o }} }}"
    rows = Rows.from_json(counting.results(f"SELECT (COUNT(*) AS ?n) {pattern}", timeout))
    try:
        return int(rows[0][0])
    except (IndexError, TypeError, ValueError) as error:
        raise EndpointError("endpoint-not-results", start="COUNT") from error


def _distinct(dump: Path) -> int:
    """Statements of a dump, each counted once."""
    with dump.open("rb") as file:
        return len({hashlib.blake2b(line.strip(), digest_size=8).digest() for line in file
                    if line.strip()})


class _State:
    """How far a push came: bytes of the dump and statements that the store has taken."""

    def __init__(self, path: Path, offset: int, lines: int) -> None:
        self._path = path
        self.offset = offset
        self.lines = lines

    @classmethod
    def of(cls, dump: Path, target: str) -> _State:
        key = hashlib.sha256(f"{target} {fingerprint(dump)}".encode()).hexdigest()[:24]
        path = cache_folder() / "push" / f"{key}.json"
        try:
            said = json.loads(path.read_text("utf-8"))
            return cls(path, int(said["offset"]), int(said["lines"]))
        except (OSError, ValueError, KeyError, TypeError):
            return cls(path, 0, 0)

    def advance(self, size: int, lines: int) -> None:
        self.offset += size
        self.lines += lines
        with suppress(OSError):  # without it the next push only starts anew
            self._path.parent.mkdir(parents=True, exist_ok=True)
            aside = self._path.with_suffix(".new")
            aside.write_text(json.dumps({"offset": self.offset, "lines": self.lines}), "utf-8")
            aside.replace(self._path)

    def forget(self) -> None:
        self.offset = self.lines = 0
        self._path.unlink(missing_ok=True)

