"""``coopdec diff``: what changed between two releases."""

from __future__ import annotations

import click

from coopdec.cli._options import lang
from coopdec.messages import Lang


@click.command("diff")
@click.argument("old")
@click.argument("new", default="output")
@click.option("--format", "form", default="text", show_default=True,
              type=click.Choice(["text", "md", "json", "jsonl", "patch", "sparql"]),
              help="Words, Markdown, JSON, a change a line, RDF Patch, or SPARQL Update.")
@click.option("--limit", type=click.IntRange(min=0), metavar="N",
              help="How many of a kind are told one by one in words (100); 0: all.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 where something changed.")
@lang
def command(old: str, new: str, form: str, limit: int | None, exit_code: bool, lang: Lang) -> int:
    """What was added, removed and changed from OLD to NEW, field by field.

    OLD and NEW are releases (folders that build made), dumps in any form of RDF, or
    git:REVISION[:FOLDER]. Without NEW: output/.
    """
    import sys

    if form in ("patch", "sparql"):
        return _patch(old, new, form, exit_code)
    from coopdec.changes import changes, records

    found = changes(old, new)
    if form == "text":
        sys.stdout.write(found.text(lang, limit=limit))
    elif form == "md":
        sys.stdout.write(found.markdown(lang, limit=limit))
    elif form == "json":
        import json

        json.dump(found.as_dict(), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        import json

        for record in records(found):
            sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
    return int(exit_code and bool(found))


def _patch(old: str, new: str, form: str, exit_code: bool) -> int:
    import sys

    from coopdec.changes import opened, rdf_patch, sparql_update

    write = {"patch": rdf_patch, "sparql": sparql_update}[form]
    with opened(old) as before, opened(new) as after:
        changed = False
        for piece in write(before, after):
            changed = changed or piece.startswith(("A ", "D ", "DELETE", "INSERT"))
            sys.stdout.write(piece)
    return int(exit_code and changed)
