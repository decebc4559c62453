"""The page of the named queries, made from the queries themselves.

    python -m coopdec.dataset.document > docs/queries.md
"""

from __future__ import annotations

import sys

from coopdec.dataset.named import NamedQuery, queries
from coopdec.dataset.parameters import Parameter

__all__ = ["page"]

_HEAD = """\
# Named queries

<!-- Made by: python -m coopdec.dataset.document > docs/queries.md -->

Each is one file in `src/coopdec/queries/`, a command, and a method call:

```
coopdec query projects-by-country --country Mali
coopdec query projects-by-country --country Mali --format csv > mali.csv
coopdec query projects-by-country --country Mali --show        # the SPARQL, to paste anywhere
coopdec query projects-by-country --country Mali --endpoint https://example.org/sparql
```

```python
coopdec.Dataset("output").query("projects-by-country", country="Mali")
```

`--lang en` gives English names. Accents and case never matter. A parameter is bound as a
term and never pasted: nothing that is typed can change what a query asks.

## A query of one's own

`coopdec query FILE.rq` and `coopdec query -` run any SPARQL; well-known prefixes (`cd:`,
`dcterms:`, `rdfs:`, `skos:`…) need no declaration, and `-p NAME=VALUE` binds `$NAME`: a
text, a number (`-p least=3`) or an IRI (`-p 'c=<http://…>'`); digits that are a text, as codes are,
stand in quotes: `-p 'code="38185"'`. With a
heading like those in `src/coopdec/queries/`, the file gets options, help and typed
parameters; put beside the others, it becomes a named query, found by itself:

```
# /// query
# title.fr = "Projets d'un pays depuis une date"
# title.en = "Projects of a country since a date"
# description.fr = "…"
# description.en = "…"
# [parameters.country]
# type = "country"
# example = "Mali"
# fr = "Pays."
# en = "Country."
# ///
SELECT ?project { ?project cd:partnerCountry/cd:iso2 $country }
```

Types: `country`, `region`, `collectivity`, `theme`, `project`, `words` (`$words1` to
`$words6`, which must all match), `text`, `integer`, `decimal`, `date`, `iri`, `code`,
`choice` (with `choices`), `term`. A parameter has a `default`, or is `optional` (it then
stands in a `VALUES` block), or must be given. `$lang` is `"fr"` or `"en"`. `SERVICE` is
refused unless `--federate` is given. Where a sub-select chooses what the rows speak of and ends
with `ORDER BY … LIMIT $most`, in the order of the rows, a server that shows the first ones asks
for no more; elsewhere that ending is left out.

## The queries
"""


def page() -> str:
    """``docs/queries.md``."""
    return "\n".join([_HEAD, *(_section(q) for q in queries().values())])


def _section(query: NamedQuery) -> str:
    lines = [f"### {query.name}", "", f"{query.title['en']} · *{query.title['fr']}*", "",
             query.description["en"], ""]
    if query.parameters:
        lines += ["| parameter | type | | example |", "|---|---|---|---|"]
        lines += [_line(p) for p in query.parameters]
        lines.append("")
    return "\n".join(lines)


def _line(parameter: Parameter) -> str:
    said = parameter.help["en"].replace("|", "\\|")
    state = "" if parameter.default is None else f" Default: `{parameter.default}`."
    option = f"`--{parameter.name.replace('_', '-')}`"
    return f"| {option} | {parameter.type} | {said}{state} | `{parameter.example}` |"


if __name__ == "__main__":
    sys.stdout.write(page())
