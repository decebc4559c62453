"""A local release as a store that answers SPARQL: pyoxigraph, in memory or kept on disk."""

from __future__ import annotations

import gc
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from coopdec.dataset.aside import run_aside
from coopdec.dataset.kept import is_kept, kept_store, load
from coopdec.dataset.memory import give_back
from coopdec.dataset.serial import Answer, Wanted, answer
from coopdec.dataset.tokens import as_written, form_of, is_update, services
from coopdec.errors import EndpointError, QuerySyntaxError, StorageError, UsageError
from coopdec.spelling import near_names

if TYPE_CHECKING:
    from pyoxigraph import Store

T = TypeVar("T")

__all__ = ["KEEP_ABOVE", "LocalStore", "find_dump", "syntax_error"]

#: A dump this large is loaded once into a store on disk and opened from there.
KEEP_ABOVE = 32 << 20

_AT = re.compile(r"error at (\d+):(\d+): ?(.*)", re.DOTALL)
_NAMES = ("coopdec.nt", "coopdec.ttl")


def find_dump(path: Path) -> Path:
    """The file to load: ``path`` itself, or the dump of the release in a folder. A store
    that is kept on disk stays as it is.

    Raises:
        UsageError: nothing is there yet, or no format of RDF is known by this suffix.
    """
    if is_kept(path):
        return path
    if path.is_dir():
        found = next((path / n for n in _NAMES if (path / n).is_file()), None)
        if found is None:
            raise UsageError("no-data-yet", path=str(path / _NAMES[0]))
        return found
    if not path.exists():
        raise UsageError("no-data-yet", path=str(path), near=near_names(path))
    return path


class LocalStore:
    """Answers in SPARQL JSON (``select``, ``ask``) or N-Triples (``construct``)."""

    def __init__(self, path: Path, *, keep_above: int = KEEP_ABOVE) -> None:
        self.path = find_dump(path)
        self._keep_above = keep_above
        self._store: Store | None = None

    def open(self) -> Store:
        """The store, loaded on first use.

        Raises:
            StorageError: the dump cannot be read or is no RDF.
        """
        if self._store is None:
            self._store = self._open()
        return self._store

    def _open(self) -> Store:
        try:
            if is_kept(self.path) or self.path.stat().st_size >= self._keep_above:
                return kept_store(self.path)
            import pyoxigraph

            store = pyoxigraph.Store()
            load(store, self.path)
            return store
        except SyntaxError as error:
            raise StorageError("dump-broken", path=str(self.path), why=str(error)[:300]) from error
        except OSError as error:
            raise StorageError("cannot-read", path=str(self.path),
                               why=error.strerror or str(error)) from error

    def results(self, sparql: str, timeout: float | None = None) -> bytes:
        """SPARQL JSON of a SELECT or ASK. ``timeout`` is not for here: see
        :class:`coopdec.dataset.worker.Worker`."""
        from pyoxigraph import QueryResultsFormat

        return self._run(sparql, QueryResultsFormat.JSON)

    def triples(self, sparql: str, timeout: float | None = None) -> bytes:
        """N-Triples of a CONSTRUCT or DESCRIBE."""
        from pyoxigraph import RdfFormat

        return self._run(sparql, RdfFormat.N_TRIPLES)

    def answer(self, sparql: str, wanted: Wanted) -> Answer:
        """The answer as it is wanted. The store's one graph is asked, whatever ``FROM``
        calls it."""
        from pyoxigraph import DefaultGraph

        return self._try(sparql, lambda store: answer(
            store.query(sparql, default_graph=DefaultGraph()), wanted,
            lambda names: as_written(sparql, names)))

    def _run(self, sparql: str, form: Any) -> bytes:
        return self._try(sparql, lambda store: store.query(sparql).serialize(format=form) or b"")

    def _try(self, sparql: str, work: Callable[[Store], T]) -> T:
        store = self.open()
        try:
            return _interruptible(lambda: work(store))
        except SyntaxError as error:
            raise syntax_error(str(error), sparql) from error
        except (OSError, ValueError, RuntimeError) as error:
            asked = services(sparql)
            if asked:
                raise EndpointError("service-failed", url=asked[0], why=str(error)[:300]
                                    ) from error
            raise StorageError("query-failed", why=str(error)[:300]) from error

    def rest(self) -> None:
        """Let go of what a store on disk caches; the next query opens it again, in a
        moment. What is held in memory stays."""
        if is_kept(self.path):
            self._store = None
            gc.collect()  # the trace of an error holds what was asked
        give_back()

    def close(self) -> None:
        self._store = None


def syntax_error(message: str, sparql: str) -> QuerySyntaxError:
    """The parser's complaint on one line: place, the words that stand there, and what was
    expected where that is short enough to help."""
    if form_of(sparql) is None and is_update(sparql):
        return QuerySyntaxError("query-update")
    match = _AT.search(message)
    if match is None:
        return QuerySyntaxError("query-syntax", why=" ".join(message.split())[:200], near="…")
    line, column, why = int(match[1]), int(match[2]), " ".join(match[3].split())
    near = _near(sparql, line, column)
    if "Prefix not found" in why:
        return QuerySyntaxError("query-syntax-prefix", line, column, near=near)
    named = list(dict.fromkeys(re.findall(r'"([^"]+)"', why)))
    if why.startswith("expected") and named and len(named) <= 4 and "[" not in why:
        why = " ".join(named)
        return QuerySyntaxError("query-syntax-expected", line, column, near=near, expected=why)
    if why.startswith("expected"):
        return QuerySyntaxError("query-syntax-here", line, column, near=near)
    return QuerySyntaxError("query-syntax", line, column, why=why[:200], near=near)


def _near(sparql: str, line: int, column: int) -> str:
    lines = sparql.splitlines()
    rest = lines[line - 1][column - 1 :] if line <= len(lines) else ""
    rest = " ".join([rest, *lines[line : line + 2]]).strip()
    return rest[:30] + ("…" if len(rest) > 30 else "") if rest else "⏎"


def _interruptible(work: Callable[[], T]) -> T:
    """Run where Ctrl-C still works: pyoxigraph lets go of the interpreter while it
    searches, but a signal waits until the main thread runs Python again."""
    if threading.current_thread() is not threading.main_thread():
        return work()
    return run_aside(work)
