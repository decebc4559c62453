"""``coopdec check``: SHACL, on our data or anybody's."""

from __future__ import annotations

import sys
from pathlib import Path

import rich_click as click

from coopdec.cli._options import lang
from coopdec.messages import Lang


@click.command("check")
@click.argument("files", nargs=-1, metavar="[FILE…]", type=click.Path(path_type=Path))
@click.option("--format", "form", default="text", show_default=True,
              help="text, jsonl, csv, html, turtle…")
@click.option("--shapes", type=click.Path(path_type=Path), metavar="PATH",
              help="Shapes of one's own, a file or a folder; ours unless given.")
@click.option("--engine", type=click.Choice(["auto", "pyshacl", "fast"]), default="auto",
              show_default=True, help="pyshacl is the reference; fast needs coopdec[fast].")
@click.option("--fail-on", type=click.Choice(["violation", "warning", "info"]),
              default="violation", show_default=True, help="From which severity to exit with 1.")
@lang
def command(files: tuple[Path, ...], form: str, shapes: Path | None, engine: str, fail_on: str,
            lang: Lang) -> int:
    """Check RDF against the SHACL shapes; every result says where it was printed.

    Without FILE: output/coopdec.ttl.
    """
    from coopdec.check import Level, check, load_shapes, merge, write
    from coopdec.errors import UsageError

    chosen = files or (Path("output/coopdec.ttl"),)
    if not files and not chosen[0].exists():
        raise UsageError("no-data-yet", path=str(chosen[0]))
    ours = load_shapes(shapes)
    reports = [check(file, ours, engine=engine) for file in chosen]  # type: ignore[arg-type]
    report = merge(reports) if len(reports) > 1 else reports[0]
    sys.stdout.write(write(report, form, lang=lang))
    return int(not report.passes(Level[fail_on.upper()]))
