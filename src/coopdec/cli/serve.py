"""``coopdec serve``: the pages, the dumps, the SPARQL endpoint and its services."""

from __future__ import annotations

from pathlib import Path

import click

from coopdec.cli._options import LocalPath, base_iri, lang
from coopdec.messages import Lang, render


@click.command("serve")
@click.argument("folder", required=False, type=LocalPath(path_type=Path), metavar="[DIR]")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
              help="Address to listen at; 0.0.0.0 for all of this machine's.")
@click.option("--port", default=8000, show_default=True, metavar="N", type=click.IntRange(0, 65535),
              help="Port to listen at; 0 takes a free one.")
@click.option("--endpoint", metavar="URL",
              help="Put the pages before this SPARQL endpoint instead of a release.")
@base_iri
@click.option("--root-path", "root", default="/", metavar="PATH", show_default=True,
              help="Path that the site stands under, behind a proxy.")
@click.option("--proxy", is_flag=True,
              help="Believe the X-Forwarded-* headers of the proxy before us.")
@click.option("--time-limit", default=10.0, show_default=True, metavar="S",
              type=click.FloatRange(min=0, min_open=True),
              help="Stop a query that takes longer, in seconds.")
@click.option("--row-limit", default=100_000, show_default=True, metavar="N",
              type=click.IntRange(min=1), help="Cut an answer that has more rows, and say so.")
@click.option("--memory-limit", default=2048, show_default=True, metavar="MB",
              type=click.IntRange(min=1024), help="Memory that the process of a query may take.")
@click.option("--workers", default=4, show_default=True, metavar="N",
              type=click.IntRange(1, 256), help="Queries that run at the same time.")
@click.option("--queue", default=64, show_default=True, metavar="N", type=click.IntRange(min=0),
              help="Queries that may wait; further ones are refused (503).")
@click.option("--rate", default=100.0, show_default=True, metavar="N",
              type=click.FloatRange(min=0),
              help="Requests a second that one client may send; 0: any number.")
@click.option("--patience", default=10.0, show_default=True, metavar="S",
              type=click.FloatRange(min=0, min_open=True),
              help="Seconds for a client to send a request; thrice that for its body.")
@click.option("--allow-service", "services", multiple=True, metavar="URL",
              help="An endpoint that queries may ask (SERVICE); may be repeated.")
@click.option("--log-queries", is_flag=True, help="Write the text of queries to the log.")
@click.option("--quiet", is_flag=True, help="Write no line a request to the log.")
@lang
def command(folder: Path | None, host: str, port: int, endpoint: str | None, base: str, root: str,
            proxy: bool, time_limit: float, row_limit: int, memory_limit: int, workers: int,
            queue: int, rate: float, patience: float, services: tuple[str, ...],
            log_queries: bool, quiet: bool, lang: Lang) -> None:
    """Serve a release: pages, dumps, SPARQL endpoint, editor, reconciliation.

    DIR is a folder that build made, output/ unless given. Prints the address once it
    answers; logs go to standard error. Ctrl-C ends it; a new release in DIR, or SIGHUP,
    takes the place of the old one with no request lost.
    """
    import logging

    from coopdec.cli.query import chosen_source
    from coopdec.errors import MissingExtra, UsageError

    source = chosen_source(folder, endpoint)
    try:
        from coopdec.dataset.serial import Caps
        from coopdec.web.editor import built
        from coopdec.web.opening import Settings
        from coopdec.web.place import rooted
        from coopdec.web.pool import Terms
        from coopdec.web.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("coopdec"):
            raise
        raise MissingExtra("serve-missing-extra", need=error.name) from error
    for url in services:
        if not url.startswith(("http://", "https://")):
            raise UsageError("endpoint-bad-address", url=url)
    terms = Terms(seconds=time_limit, caps=Caps(row_limit, 64 << 20), workers=workers,
                  waiting=queue, services=services, base=base)
    settings = Settings(source=source, base=base, root=rooted(root), terms=terms, trusted=proxy,
                        rate=rate or None, log_queries=log_queries, memory=memory_limit << 20,
                        patience=patience)

    def ready(address: str) -> None:
        if not built():  # of what does not start nobody asks for the editor
            click.echo(render("editor-not-built", {}, lang), err=True)
        click.echo(address)

    serve(settings, host, port, ready, logging.WARNING if quiet else logging.INFO)
