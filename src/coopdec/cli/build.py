"""``coopdec build``: the whole way, from lists to a release."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from coopdec.cli._options import base_iri, lang
from coopdec.messages import Lang

_FORMATS = "A further format beside those that every build writes; may be repeated."


class _Build(click.Command):
    """Its help names the formats, which only who asks for it waits for."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        from coopdec.formats import further_formats

        for option in self.params:
            if isinstance(option, click.Option) and option.name == "formats":
                option.help = f"{_FORMATS}  [{', '.join(further_formats())}]"
        super().format_help(ctx, formatter)


@click.command("build", cls=_Build)
@click.argument("sources", nargs=-1)
@click.option("-o", "--output", metavar="DIR",
              help="Where the release goes; required with explicit sources.")
@base_iri
@click.option("--format", "formats", multiple=True, metavar="F",
              help=_FORMATS)
@click.option("--release", metavar="V", help="Version of the release, such as 2026.11.")
@click.option("--previous", metavar="DIR",
              help="The release before this one: CHANGES.md tells what changed since.")
@click.option("--decisions", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="What people decided; decisions/ unless given.")
@click.option("--only", is_flag=True,
              help="Write the formats named by --format, what they are made from, N-Triples "
                   "and the report; no others.")
@click.option("--partitions", is_flag=True,
              help="Also part-00001.nt.zst … and manifest.json, for stores that load in parallel.")
@click.option("--workers", type=click.IntRange(min=0), default=1, show_default=True, metavar="N",
              help="Processes of this machine; 0 for one a core. Never changes the output.")
@click.option("--cluster", metavar="ADDRESS",
              help="A Dask scheduler (tcp://machine:8786), or “local” for one of our own.")
@click.option("--chunk-size", type=click.IntRange(min=1), default=2_500, show_default=True,
              metavar="N",
              help="Rows worked on at a time; never changes the output.")
@lang
def command(sources: tuple[str, ...], output: str | None, base: str, formats: tuple[str, ...],
            release: str | None, previous: str | None, decisions: Path | None, only: bool,
            partitions: bool, workers: int, cluster: str | None, chunk_size: int,
            lang: Lang) -> None:
    """Make a release: read the lists, link, theme, describe, check, write.

    Without SOURCE, all of sources/ goes into output/. A SOURCE is a list, its .toml, or
    a folder of them; it and DIR may be addresses (s3://, gs://, memory://, file://…).
    A build that was interrupted goes on from the parts that it finished.
    """
    from coopdec.cli._signals import ended_by_signal
    from coopdec.cli._summary import progress_display, show_summary
    from coopdec.errors import UsageError
    from coopdec.locations import published_at, reached
    from coopdec.messages import render
    from coopdec.paths import decisions_folder, project_folder
    from coopdec.pipeline import Options, build

    if sources and not output:  # « -o "$NOWHERE" », too
        raise UsageError("output-needed")
    options = Options(base=base, formats=formats, release=release, chunk_size=chunk_size,
                      previous=previous, only=only, partitions=partitions)
    with (progress_display(lang) as progress, ended_by_signal(),
          reached(sources or [project_folder("sources")]) as lists,
          published_at(output or "output") as folder):
        try:
            summary = build(
                lists, folder, options,
                decisions=decisions_folder(decisions), workers=workers,
                cluster=cluster, progress=progress,
            )
        except KeyboardInterrupt as stop:  # not while it is sent: that is not all or nothing
            raise KeyboardInterrupt(render("build-interrupted", {}, lang)) from stop
    show_summary(summary, sources, output or "output", lang)
