"""``coopdec check``: SHACL, on our data or anybody's."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from coopdec.cli._options import lang
from coopdec.messages import Lang


@click.command("check")
@click.argument("files", nargs=-1, metavar="[FILE…]")
@click.option("--format", "form", default="text", show_default=True, metavar="F",
              help="text, html, csv, jsonl, turtle, sarif or junit.")
@click.option("--shapes", type=click.Path(path_type=Path), metavar="PATH",
              help="Shapes of one's own, a file or a folder; ours unless given.")
@click.option("--engine", type=click.Choice(["auto", "pyshacl", "fast"]), default="auto",
              show_default=True, help="pyshacl is the reference; fast needs coopdec[fast].")
@click.option("--endpoint", metavar="URL", help="Check what a SPARQL endpoint holds.")
@click.option("--workers", type=click.IntRange(min=1), default=1, show_default=True,
              metavar="N",
              help="Processes, for large data.")
@click.option("--previous", metavar="DIR",
              help="The former release: whether its identifiers still answer, and how much more "
                   "or less complete the data are.")
@click.option("--fail-on", type=click.Choice(["violation", "warning", "info"]),
              default="violation", show_default=True, help="From which severity to exit with 1.")
@lang
def command(files: tuple[str, ...], form: str, shapes: Path | None, engine: str,
            endpoint: str | None, workers: int, previous: str | None, fail_on: str,
            lang: Lang) -> int:
    """Check RDF against the SHACL shapes; every result says where it was printed.

    FILE is RDF of any format, gzipped or not, a folder, or an address; several are checked
    as one. Without FILE: output/coopdec.ttl.
    """
    from coopdec.check import Level, check, get_writer, load_shapes, write

    get_writer(form)  # a wrong name is said before anything is read
    with _opened(previous) if previous else nullcontext() as before:
        data = _held_by(endpoint) if endpoint else _given(files)
        report = check(
            data, load_shapes(shapes), engine=engine, workers=workers,  # type: ignore[arg-type]
            progress=_progress if sys.stderr.isatty() else None)
        if before is not None:
            report = replace(report, before=_measured(before),
                             findings=(*report.findings, *_continuity(before, data)))
    sys.stdout.write(write(report, form, lang=lang))
    return int(not report.passes(Level[fail_on.upper()]))


def _opened(release: str | Path) -> Any:
    from coopdec.changes import opened

    return opened(release)


def _measured(before: Any) -> Any:
    from coopdec.check.facts import Facts
    from coopdec.check.quality import measure

    return measure(Facts(before.data[:]))


def _continuity(before: Any, data: Any) -> Any:
    """Whether every published identifier still answers, and none serves again."""
    from coopdec.changes import compared
    from coopdec.changes.released import continuity

    if not isinstance(data, Path):
        return ()
    with _opened(data) as now:
        return continuity(compared(before, now), vanished=True)


def _given(files: tuple[str, ...]) -> Any:
    from coopdec.errors import UsageError

    if not files:
        ours = Path("output/coopdec.ttl")
        if not ours.exists():
            raise UsageError("no-data-yet", path=str(ours))
        return ours
    parts = [_at(name) for name in files]
    return parts[0] if len(parts) == 1 else parts


def _at(name: str) -> Any:
    """A path, or the N-Triples of what an address gives."""
    from coopdec.check.load import ntriples
    from coopdec.media import suffix_of
    from coopdec.read.fetch import fetch, is_url

    if not is_url(name):
        return Path(name)
    with fetch(name) as got:
        suffix = suffix_of(got.media_type) or "".join(got.path.suffixes[-2:])
        return ntriples(got.path.read_bytes(), Path(name + suffix))


def _held_by(endpoint: str) -> bytes:
    """All that an endpoint holds, as N-Triples. Many endpoints cut long answers off without
    a word, so the statements are counted."""
    from coopdec.dataset import Dataset
    from coopdec.errors import EndpointError

    with Dataset(endpoint) as data:
        said = data.triples("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        (row,) = data.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    got, held = len(set(said.splitlines())), int(row.n)
    if got < held:
        raise EndpointError("check-endpoint-cut", url=endpoint, got=got, held=held)
    return said


def _progress(done: int, total: int) -> None:
    end = "\n" if done >= total else ""
    sys.stderr.write(f"\r{done} / {total}{end}")
    sys.stderr.flush()
