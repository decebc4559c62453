"""A process that answers queries and can be killed: how a time limit is kept.

pyoxigraph has no time limit, and nothing stops a query that runs. :class:`Worker` runs
queries in a process of its own (``python -m coopdec.dataset.worker DUMP``), one at a
time, and kills it when one takes too long; the next query starts a new one.

The talk over the pipes: a request is a line of JSON, an answer a line of JSON with the
length of the bytes that follow, or with an error's code and parameters.
"""

from __future__ import annotations

import json
import os
import select
import selectors
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from coopdec import errors
from coopdec.dataset.local import KEEP_ABOVE, LocalStore
from coopdec.dataset.memory import few_arenas, give_back, own
from coopdec.dataset.serial import Answer, Caps, Wanted
from coopdec.errors import CoopdecError, OutsideError, QuerySyntaxError, QueryTimeout

__all__ = ["Worker"]

#: Seconds without a question after which the process lets go of what it keeps for the next.
_REST = 5.0


class Worker:
    """Like :class:`coopdec.dataset.local.LocalStore`, each query within ``timeout``
    seconds, which count from the request: what starting the process takes is not the
    query's fault and is not counted.

    ``memory``: a cap on the process, in bytes, where the system can set one; ``nice``: how
    far it gives way to other processes; ``keeps``: bytes that the process may hold after an
    answer, beyond which it empties what the store on disk caches, as it does when nothing was
    asked for a while.
    """

    def __init__(self, path: Path, *, memory: int | None = None,
                 keep_above: int = KEEP_ABOVE, nice: int = 0,
                 keeps: int | None = None) -> None:
        self.path = path
        self._keeps = keeps
        self._nice = nice
        self._keep_above = keep_above
        self._memory = memory
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def results(self, sparql: str, timeout: float | None = None) -> bytes:
        return self._ask("results", sparql, timeout)

    def triples(self, sparql: str, timeout: float | None = None) -> bytes:
        return self._ask("triples", sparql, timeout)

    def answer(self, sparql: str, wanted: Wanted, timeout: float | None = None) -> Answer:
        """The answer as it is wanted: see :mod:`coopdec.dataset.serial`."""
        head, data = self._asked({"kind": "answer", "sparql": sparql, **asdict(wanted)}, timeout)
        return Answer(data, head["rows"], head["cut"])

    def start(self) -> None:
        """Start the process now, so that the first query need not wait for it.

        Raises:
            OutsideError: it ended at once, for lack of memory most often.
        """
        with self._lock:
            try:
                self._ready()
            except (EOFError, BrokenPipeError) as error:
                self.close()
                raise OutsideError("query-worker-died") from error

    def kill(self) -> None:
        """End the process under a query that runs: whoever waits for that gets an error."""
        process = self._process
        if process is not None:
            process.kill()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None else None

    def close(self) -> None:
        """End the process; the next query starts another."""
        process, self._process = self._process, None
        if process is not None:
            _end(process)

    def _ask(self, kind: str, sparql: str, timeout: float | None) -> bytes:
        return self._asked({"kind": kind, "sparql": sparql}, timeout)[1]

    def _asked(self, request: Mapping[str, Any], timeout: float | None
               ) -> tuple[dict[str, Any], bytes]:
        with self._lock:
            try:
                process = self._ready()
                assert process.stdin is not None
                process.stdin.write(json.dumps(request).encode() + b"\n")
                process.stdin.flush()
                return self._answer(process, timeout)
            except (EOFError, BrokenPipeError) as error:
                self.close()
                raise OutsideError("query-worker-died") from error
            except (QueryTimeout, KeyboardInterrupt):
                self.close()
                raise

    def _ready(self) -> subprocess.Popen[bytes]:
        """The process, with the dump loaded."""
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            command = [sys.executable, "-m", __name__, str(self.path), str(self._memory or 0),
                       str(self._keep_above), str(self._nice), str(self._keeps or 0)]
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, start_new_session=True)
            weakref.finalize(self, _end, self._process)  # for whoever forgets to close
            self._answer(self._process, None)
        return self._process

    def _answer(self, process: subprocess.Popen[bytes], timeout: float | None
                ) -> tuple[dict[str, Any], bytes]:
        assert process.stdout is not None
        reader = _Reader(process.stdout, timeout)
        head: dict[str, Any] = json.loads(reader.line())
        if "error" in head:
            raise _error(head)
        return head, reader.exactly(head["length"])


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):
                pipe.close()


class _Reader:
    """Reads a pipe until a deadline."""

    def __init__(self, pipe: IO[bytes], timeout: float | None) -> None:
        self._fd = pipe.fileno()
        self._limit = timeout
        self._deadline = None if timeout is None else time.monotonic() + timeout
        self._held = bytearray()

    def line(self) -> bytes:
        while b"\n" not in self._held:
            self._more(1 << 16)
        line, _, rest = bytes(self._held).partition(b"\n")
        self._held = bytearray(rest)
        return line

    def exactly(self, length: int) -> bytes:
        while len(self._held) < length:
            self._more(1 << 20)
        return bytes(self._held[:length])

    def _more(self, size: int) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._fd, selectors.EVENT_READ)
            left = None if self._deadline is None else self._deadline - time.monotonic()
            if (left is not None and left <= 0) or not selector.select(left):
                raise QueryTimeout("query-timeout", seconds=self._limit)
        data = os.read(self._fd, size)
        if not data:
            raise EOFError
        self._held += data


def _error(head: dict[str, Any]) -> CoopdecError:
    kind = getattr(errors, head["error"], OutsideError)
    if kind is QuerySyntaxError:
        params = dict(head["params"])
        return QuerySyntaxError(head["code"], params.pop("line"), params.pop("column"), **params)
    made: CoopdecError = kind(head["code"], **head["params"])
    return made


def _serve(path: Path, memory: int, keep_above: int, nice: int, keeps: int) -> None:
    """The process itself: answer line by line until the other side leaves."""
    few_arenas()
    if nice:
        os.nice(nice)
    if memory:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    out = os.fdopen(os.dup(1), "wb")
    store = LocalStore(path, keep_above=keep_above)

    def reply(work: Any) -> None:
        try:
            found: Answer = work()
        except CoopdecError as error:
            head = {"error": type(error).__name__, "code": error.code,
                    "params": {k: v if isinstance(v, int | float | str | None) else str(v)
                               for k, v in error.params.items()}}
            out.write(json.dumps(head).encode() + b"\n")
        else:
            out.write(json.dumps({"length": len(found.data), "rows": found.rows,
                                  "cut": found.cut}).encode() + b"\n" + found.data)
        out.flush()

    def opened() -> Answer:
        store.open()
        return Answer(b"")

    def run(request: Mapping[str, Any]) -> Answer:
        sparql = request["sparql"]
        if request["kind"] == "results":
            return Answer(store.results(sparql))
        if request["kind"] == "triples":
            return Answer(store.triples(sparql))
        caps = Caps(**request["caps"])
        return store.answer(sparql, Wanted(request["form"], caps, request["base"]))

    reply(opened)
    used = False
    while True:
        # Nothing is left in the pipe's buffer: the other side waits for an answer.
        if used and not select.select([sys.stdin], [], [], _REST)[0]:
            store.rest()
            used = False
            continue
        line = sys.stdin.buffer.readline()
        if not line:
            return
        request = json.loads(line)
        reply(lambda request=request: run(request))
        used = True
        if keeps and own() > keeps:
            give_back()
            if own() > keeps:
                store.rest()
                used = False


if __name__ == "__main__":
    _serve(Path(sys.argv[1]), *map(int, sys.argv[2:]))
