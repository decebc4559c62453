"""``coopdec query``: named queries, and queries of one's own, over a release or an endpoint.

The parameters of a named query are options of the command: the command line is read
once for the query's name, then parsed with that query's options beside the fixed ones.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopdec.cli._options import asked_lang, lang
from coopdec.messages import Lang

if TYPE_CHECKING:
    from coopdec.dataset import NamedQuery

__all__ = ["FIXED", "command"]

_FORMATS = ("table", "csv", "json", "md")


class _QueryCommand(click.Command):
    """Grows the options of the query that the arguments name."""

    def make_context(self, info_name: str | None, args: list[str],
                     parent: click.Context | None = None, **extra: Any) -> click.Context:
        name = _name_in(args)
        query = _look_up(name) if name else None
        if query is None:
            return super().make_context(info_name, args, parent, **extra)
        own = _command_for(query)
        try:
            return click.Command.make_context(own, info_name, args, parent, **extra)
        except click.UsageError as error:
            if error.ctx is not None:  # whose help has the options that may be meant
                error.ctx.info_name = f"{info_name} {name}"
            raise


def _name_in(args: Sequence[str]) -> str | None:
    """The first argument that is no option nor the value of one."""
    flags = {o for p in command.params if getattr(p, "is_flag", False) for o in p.opts}
    at = 0
    while at < len(args):
        word = args[at]
        if word == "--":
            return args[at + 1] if at + 1 < len(args) else None
        if word == "-" or not word.startswith("-"):
            return word
        takes_value = word not in flags and word not in ("-h", "--help") and "=" not in word
        joined = word.startswith("-p") and len(word) > 2 and not word.startswith("--")
        at += 2 if takes_value and not joined else 1
    return None


def _look_up(name: str) -> NamedQuery | None:
    """The query, unless it comes from standard input."""
    from coopdec.dataset.named import find, load

    if name == "-":
        return None
    if name.endswith((".rq", ".sparql")) or os.sep in name:
        return load(Path(name))
    return find(name)


def _command_for(query: NamedQuery) -> click.Command:
    """The command with one query's title as its help and parameters as its options."""
    said = asked_lang()
    options: list[click.Parameter] = [
        click.Option([f"--{p.name.replace('_', '-')}", f"parameter_{p.name}"], metavar="VALUE",
                     help=_help(p.help[said], p.example, p.default, said))
        for p in query.parameters if p.type != "term"
    ]
    text = f"{query.title[said]}\n\n{query.description[said]}" if query.title[said] else None
    return click.Command(
        name=command.name, callback=command.callback, params=[*command.params, *options],
        help=text or command.help, context_settings=command.context_settings)


def _help(words: str, example: str, default: str | None, lang: str) -> str:
    last = ({"fr": "Par défaut", "en": "Default"} if default is not None
            else {"fr": "Exemple", "en": "Example"})[lang]
    shown = default if default is not None else example
    return f"{words} {last}{' :' if lang == 'fr' else ':'} {shown}"


@click.command("query", cls=_QueryCommand)
@click.argument("name", required=False, metavar="[NAME|FILE.rq|-]")
@click.option("-p", "pairs", multiple=True, metavar="NAME=VALUE",
              help="A parameter, for queries of one's own; named queries have options.")
@click.option("--data", type=click.Path(path_type=Path), metavar="PATH",
              help="A folder that build made, or an RDF file; output/ unless given.")
@click.option("--endpoint", metavar="URL", help="A SPARQL endpoint to ask instead.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="table",
              show_default=True, help="How to print.")
@click.option("--show", is_flag=True,
              help="Print the SPARQL with the parameters in place, and ask nothing.")
@click.option("--federate", is_flag=True, help="Allow the query to ask other servers (SERVICE).")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), metavar="S",
              help="Stop a query that takes longer, in seconds.")
@lang
def command(name: str | None, pairs: tuple[str, ...], data: Path | None, endpoint: str | None,
            form: str, show: bool, federate: bool, timeout: float | None, lang: Lang,
            **options: str | None) -> None:
    """Ask the data: a named query, a file, or SPARQL on standard input (-).

    Without NAME: the list of named queries. “coopdec query NAME --help” shows a query's
    parameters.
    """
    from coopdec.cli._answers import print_list, print_rows
    from coopdec.dataset import Dataset
    from coopdec.dataset.named import parse
    from coopdec.dataset.tokens import form_of
    from coopdec.errors import UsageError

    if name is None:
        print_list(form, lang)
        return
    query = _look_up(name) or parse(_standard_input(), "-", strict=False)
    values = {k.removeprefix("parameter_"): v for k, v in options.items() if v is not None}
    typed = _pairs(pairs)
    values |= typed
    if not query.sparql.strip():
        raise UsageError("query-empty")
    if show:
        from coopdec.dataset.binding import with_prefixes

        sys.stdout.write(with_prefixes(query.bound(values, lang))[0].rstrip("\n") + "\n")
        return
    source = chosen_source(data, endpoint)
    with Dataset(source, timeout=timeout, federate=federate, lang=lang) as asked:
        kind = form_of(query.sparql)
        if kind == "ASK":
            _print_truth(asked.ask(query.bound(values, lang)), form, lang)
        elif kind in ("CONSTRUCT", "DESCRIBE"):
            sys.stdout.buffer.write(asked.triples(query.bound(values, lang)))
        else:
            rows = asked.run(query, values)
            print_rows(rows, form, lang)
            if not rows:
                _say_numbers(typed, {p.name for p in query.parameters if p.type != "term"}, lang)


#: Names that no parameter may have.
FIXED = frozenset(o.lstrip("-") for p in command.params for o in p.opts) | {"help", "h", "lang"}


def chosen_source(data: Path | None, endpoint: str | None) -> str | Path:
    """Where to ask: the endpoint, the path, or output/."""
    from coopdec.errors import UsageError

    if data is not None and endpoint is not None:
        raise UsageError("data-or-endpoint")
    if endpoint is not None:
        if "://" not in endpoint:
            raise UsageError("endpoint-bad-address", url=endpoint)
        return endpoint
    return data if data is not None else Path("output")


def _standard_input() -> str:
    from coopdec.dataset.tokens import MAX_QUERY
    from coopdec.errors import UsageError

    raw = sys.stdin.buffer.read(4 * MAX_QUERY)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("query-not-text", path="-") from error


def _pairs(pairs: Sequence[str]) -> dict[str, str]:
    from coopdec.errors import UsageError

    found = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise UsageError("query-parameter-form", value=pair)
        found[key.replace("-", "_")] = value
    return found


def _say_numbers(typed: Mapping[str, str], declared: Collection[str], lang: Lang) -> None:
    """Where nothing was found for a number, which in our data is a text if it is a code."""
    from coopdec.messages import render

    for key, value in typed.items():
        if value.isdecimal() and key not in declared:
            click.echo(render("query-number", {"name": key, "value": value}, lang), err=True)


def _print_truth(answer: bool, form: str, lang: Lang) -> None:
    words = {"fr": ("non", "oui"), "en": ("no", "yes")}[lang]
    if form == "json":
        click.echo(json.dumps({"head": {}, "boolean": answer}))
    else:
        click.echo(str(answer).lower() if form == "csv" else words[answer])
