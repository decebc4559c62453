"""Our shapes over data of any size: chunks of projects, then what they share as a whole."""

from __future__ import annotations

import heapq
import tempfile
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial

from coopdec.check.beyond import Beyond, Facts, beyond_checks
from coopdec.check.engines import get_engine
from coopdec.check.enrich import enrich
from coopdec.check.places import Places
from coopdec.check.quality import measure, total
from coopdec.check.report import Report
from coopdec.check.result import Raw, Result
from coopdec.check.shapes import Shapes
from coopdec.check.split import Chunk, OutOfOrder, Splitter, in_order, root_of
from coopdec.model import Finding, Severity

__all__ = ["check_parts", "text_source"]

Lines = Callable[[], Iterable[bytes]]
Progress = Callable[[int, int], None]
#: How many projects the reference re-checks, and how many are read to find out where a
#: faulty shared entity is announced.
_SAMPLE = 3
_PLACED = 20_000


def text_source(text: bytes) -> Lines:
    """Statements in memory, each resource's together."""
    lines = sorted(text.splitlines(keepends=True), key=_root_or_nothing)
    return lambda: lines


def _root_or_nothing(line: bytes) -> bytes:
    return root_of(line) if line.strip() else b""


def check_parts(
    lines: Lines, size: int, shapes: Shapes, engine: str, *, recheck: bool = False,
    workers: int = 1, chunk_size: int = 5000, beyond: bool = True,
    progress: Progress | None = None,
) -> Report:
    """Check statements that come a line at a time.

    ``lines`` makes them anew at each call; ``size`` is theirs, about, in bytes.
    """
    parts = Splitter(lines)
    try:
        parts.scan()
    except OutOfOrder:
        parts = Splitter(_ordered(lines, size))
        parts.scan()
    if not parts.resources:
        return Report((), 0, 0, len(shapes), engine, (Finding("check-no-resource",
                                                              Severity.FATAL),))
    shared = parts.shared.text()
    faults = _validate(engine, shapes.shared_side, shared + parts.stand_ins())
    places = Places()
    if faults:
        places.read(shared.splitlines())
    faulty = places.sought([raw.focus for raw in faults])
    measured = [measure(shared.splitlines())] if beyond else []
    others: list[Beyond] = beyond_checks(Facts(shared.splitlines())) if beyond else []
    results: list[Result] = []
    sample: list[tuple[int, bytes, bytes]] = []
    done = 0
    for chunk, named, raws in _validated(parts, shapes, engine, workers, chunk_size):
        if raws:
            results += _enriched(raws, chunk, named, shapes)
        if faulty and done < _PLACED:
            for _, text in chunk.projects:
                if any(iri in text for iri in faulty):
                    places.read(text.splitlines())
        if others:
            lines_of = chunk.text.splitlines()
            measured.append(measure(lines_of))
            facts = Facts(lines_of)
            for check in others:
                check.see(facts)
        if recheck:
            sample = heapq.nsmallest(_SAMPLE, [*sample, *_digests(chunk)])
        done += len(chunk.projects)
        if progress is not None:
            progress(done, parts.projects)
    results += enrich(faults, shapes, places)
    findings = [f for check in others for f in check.findings()]
    if recheck:
        findings += _compare(sample, parts, shapes, engine)
    return Report(
        results=tuple(sorted(results, key=lambda r: r.key)), resources=parts.resources,
        projects=parts.projects, shapes=len(shapes), engine=engine, findings=tuple(findings),
        rechecked=len(sample), measures=total(measured) if beyond else ())


def _ordered(lines: Lines, size: int) -> Lines:
    """One ordering for both passes, on disk and gone with the last of them."""
    kept = tempfile.NamedTemporaryFile(prefix="coopdec-", suffix=".nt")  # noqa: SIM115
    kept.writelines(in_order(lines(), size))
    kept.flush()

    def again() -> Iterator[bytes]:
        kept.seek(0)
        yield from kept

    return again


def _validate(engine: str, shapes: bytes, data: bytes) -> list[Raw]:
    return get_engine(engine).validate(data, shapes) if data else []


def _validated(
    parts: Splitter, shapes: Shapes, engine: str, workers: int, chunk_size: int
) -> Iterator[tuple[Chunk, bytes, list[Raw]]]:
    """Chunks with the entities that they name and what the engine found, in order."""
    check = partial(_validate, engine, shapes.project_side)
    if workers <= 1:
        for chunk in parts.chunks(chunk_size):
            named = parts.shared.named_by(chunk.text)
            yield chunk, named, check(chunk.text + named)
        return
    # No more chunks under way than twice the workers: memory is bounded by the chunk.
    waiting: deque[tuple[Chunk, bytes, Future[list[Raw]]]] = deque()
    with ProcessPoolExecutor(workers) as pool:
        for chunk in parts.chunks(chunk_size):
            named = parts.shared.named_by(chunk.text)
            waiting.append((chunk, named, pool.submit(check, chunk.text + named)))
            if len(waiting) >= 2 * workers:
                first, entities, future = waiting.popleft()
                yield first, entities, future.result()
        for first, entities, future in waiting:
            yield first, entities, future.result()


def _enriched(
    raws: list[Raw], chunk: Chunk, named: bytes, shapes: Shapes
) -> Iterator[Result]:
    concerned = {raw.focus.strip("<>").partition("#")[0].encode() for raw in raws}
    texts = {root: text for root, text in chunk.projects if root in concerned}
    places = Places()
    places.read(named.splitlines())
    for text in texts.values():
        places.read(text.splitlines())
    kept = (r for r in raws if r.focus.strip("<>").partition("#")[0].encode() in texts)
    yield from enrich(kept, shapes, places)


def _digests(chunk: Chunk) -> Iterator[tuple[int, bytes, bytes]]:
    for root, text in chunk.projects:
        yield zlib.crc32(root), root, text


def _compare(
    sample: list[tuple[int, bytes, bytes]], parts: Splitter, shapes: Shapes, engine: str
) -> list[Finding]:
    """The same few projects, with what they name, by both engines. Any part of the data
    will do: whatever is missing from it is missing for both."""
    text = b"".join(text for _, _, text in sample)
    named = parts.shared.named_by(text, exactly=True)
    named += b"".join(sorted(
        set(parts.shared.named_by(named, exactly=True).splitlines(keepends=True))
        - set(named.splitlines(keepends=True))))
    one = set(_validate(engine, shapes.text, text + named))
    two = set(_validate("pyshacl", shapes.text, text + named))
    if one == two:
        return []
    told = sorted(one ^ two)[0]
    return [Finding("check-engines-differ", Severity.FATAL, None, {
        "engine": engine, "n": len(one ^ two), "shape": told.constraint or told.shape,
        "focus": told.focus}, told.focus.strip("<>"))]
