"""``coopdec push``: a release into any SPARQL 1.1 store."""

from __future__ import annotations

from pathlib import Path

import click

from coopdec.cli._options import LocalPath, lang
from coopdec.messages import Lang


@click.command("push")
@click.argument("folder", default="output", type=LocalPath(path_type=Path), metavar="[DIR]")
@click.option("--endpoint", required=True, metavar="URL",
              help="The store's Graph Store address; with --update, its address for updates.")
@click.option("--graph", metavar="IRI", help="Named graph to fill; the default graph unless given.")
@click.option("--update", is_flag=True,
              help="Send SPARQL updates, for stores without the Graph Store Protocol.")
@click.option("--query", metavar="URL",
              help="The store's address for queries, where it cannot be guessed.")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), default=300.0,
              metavar="S", show_default=True, help="Seconds that the store may take for a part.")
@click.option("--restart", is_flag=True, help="Send all of it, even after a push that was stopped.")
@lang
def command(folder: Path, endpoint: str, graph: str | None, update: bool, query: str | None,
            timeout: float, restart: bool, lang: Lang) -> None:
    """Load a release into a SPARQL 1.1 store, in place of what the graph held.

    Name and password, or a token, come from the environment: COOPDEC_ENDPOINT_USER and
    COOPDEC_ENDPOINT_PASSWORD, or COOPDEC_ENDPOINT_TOKEN. A push that was stopped goes on
    where it was. At the end the store itself counts what it holds.
    """
    from coopdec.cli._summary import share_display
    from coopdec.dataset.push import push
    from coopdec.messages import render

    with share_display(render("push-running", {}, lang)) as progress:
        done = push(folder, endpoint, graph=graph, update=update, query=query, timeout=timeout,
                    restart=restart, progress=progress)
    if done.resumed:
        click.echo(render("push-resumed", {"n": done.resumed}, lang), err=True)
    click.echo(render("push-done", {"n": done.statements, "url": endpoint}, lang), err=True)
