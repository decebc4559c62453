"""``coopdec site``: the pages as files, for any web server."""

from __future__ import annotations

import time
from pathlib import Path

import click

from coopdec.cli._options import LocalPath, base_iri, lang
from coopdec.messages import Lang


@click.command("site")
@click.argument("folder", required=False, type=LocalPath(path_type=Path), metavar="[DIR]")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), metavar="SITE",
              help="Where the site goes: a new folder, or a site that coopdec wrote.")
@click.option("--endpoint", metavar="URL", help="Write the site of this SPARQL endpoint instead.")
@base_iri
@click.option("--root-path", "root", default="/", metavar="PATH", show_default=True,
              help="Path that the site will stand under.")
@click.option("--address", metavar="URL",
              help="Public address of the site, for canonical links; the base unless given.")
@click.option("--contact", metavar="URL",
              help="Where errors are reported: mailto:… or the address of an issue form.")
@click.option("--workers", type=click.IntRange(min=1), metavar="N",
              help="Processes that write; as many as processors unless given.")
@lang
def command(folder: Path | None, output: Path, endpoint: str | None, base: str, root: str,
            address: str | None, contact: str | None, workers: int | None, lang: Lang) -> None:
    """Write the static site of a release: pages in French and English, data of each
    resource, lists, dumps.

    DIR is a folder that build made, output/ unless given. The site appears whole or not
    at all.
    """
    from coopdec.cli._summary import share_display
    from coopdec.cli.query import chosen_source
    from coopdec.executors import cores
    from coopdec.messages import render
    from coopdec.web.site import SiteOptions, write_site

    options = SiteOptions(base, root, address, contact, workers or cores())
    began = time.monotonic()
    with share_display({"fr": "Écriture", "en": "Writing"}[lang]) as progress:
        made = write_site(chosen_source(folder, endpoint), output, options, progress)
    click.echo(render("site-written", {
        "pages": made.pages, "files": made.files, "size": round(made.size / 1e6, 1),
        "seconds": round(time.monotonic() - began, 1), "path": str(output)}, lang), err=True)
