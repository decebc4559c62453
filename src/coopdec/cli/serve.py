"""``coopdec serve``: the pages, the dumps, the SPARQL endpoint and its services."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from coopdec.cli._options import base_iri, lang
from coopdec.messages import Lang


@click.command("serve")
@click.argument("folder", default="output", type=click.Path(path_type=Path), metavar="[DIR]")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535),
              help="Port to listen at; 0 takes a free one.")
@base_iri
@lang
def command(folder: Path, host: str, port: int, base: str, lang: Lang) -> None:
    """Serve a release: pages, dumps, SPARQL endpoint, editor, reconciliation.

    Prints the address once it answers, and answers until Ctrl-C.
    """
    from coopdec.web.app import Settings
    from coopdec.web.server import serve

    serve(Settings(source=folder, base=base), host, port, click.echo)
