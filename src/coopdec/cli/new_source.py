"""``coopdec new-source``: a ``.toml`` to complete for a list."""

from __future__ import annotations

from pathlib import Path

import click

from coopdec.cli._options import LocalPath, lang
from coopdec.messages import Lang

_SAID = {
    "fr": "Écrit : {path} ({n} projets lus). Complétez-le, puis lancez : coopdec read {list}",
    "en": "Written: {path} ({n} projects read). Complete it, then run: coopdec read {list}",
}


@click.command("new-source")
@click.argument("file", type=LocalPath(path_type=Path, dir_okay=False))
@lang
def command(file: Path, lang: Lang) -> int:
    """Write a .toml to complete beside a list, with what is understood of it.

    What is not understood, and why, goes to standard error. A .toml that exists is never
    replaced.
    """
    from coopdec.cli._errors import show_findings
    from coopdec.read.draft import write_draft

    made = write_draft(file)
    show_findings(made.findings, lang)
    click.echo(_SAID[lang].format(path=made.path, n=made.projects, list=file))
    return 0
