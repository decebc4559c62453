"""« The SPARQL behind this page »: queries that anybody can run against the same data and
that give what the page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coopdec.dataset.patterns import starting_words
from coopdec.vocab import PREFIXES
from coopdec.web.pages.addresses import Addresses
from coopdec.web.pages.models import Entity

__all__ = ["about", "projects"]

#: How a facet's value stands in a query.
_PATTERNS = {
    "country": "cd:partnerCountry", "region": "cd:region", "theme": "cd:theme",
    "call": "cd:call", "session": "cd:session", "lead": "cd:lead", "partner": "cd:partner",
    "operator": "cd:operator", "cofunder": "cd:coFunder",
    "target": "cd:themeAssignment/cd:target",
    "source": "prov:wasDerivedFrom/dcterms:isPartOf",
}


def _with_prefixes(body: str) -> str:
    used = [p for p in PREFIXES if f"{p}:" in body]
    return "".join(f"PREFIX {p}: <{PREFIXES[p]}>\n" for p in used) + "\n" + body


def _iri(iri: str) -> str:
    forbidden = ' <>"{}|\\^`'
    return "<" + "".join(f"%{ord(c):02X}" if c in forbidden or ord(c) < 33 else c
                         for c in iri) + ">"


def about(entity: Entity, addresses: Addresses) -> str:
    """Everything that is stated of a resource and of its parts."""
    iri = _iri(addresses.iri_of(entity.path))
    return _with_prefixes(
        "SELECT ?part ?property ?value\nWHERE {\n"
        f"  {{ BIND({iri} AS ?part) ?part ?property ?value }}\n"
        f"  UNION {{ {iri} cd:themeAssignment|prov:wasDerivedFrom|geo:hasGeometry ?part .\n"
        "          ?part ?property ?value }\n"
        f"  UNION {{ ?part sssom:subject_id {iri} ; ?property ?value }}\n"
        "}\nORDER BY ?part ?property ?value\n")


def projects(chosen: Mapping[str, Sequence[str]], addresses: Addresses, words: str = "") -> str:
    """The projects that a list shows; ``chosen``: facet → paths, any of which will do;
    ``type`` holds kinds of collectivities, the theme ``none`` projects without one."""
    lines = ["?project a cd:Project ; dcterms:title ?title ."]
    for facet, paths in chosen.items():
        if facet == "type":
            parts = " || ".join(f'CONTAINS(STR(?lead), "/collectivity/{_plain(k)}/")'
                                for k in paths)
            lines.append(f"?project cd:lead ?lead . FILTER({parts})")
        elif facet == "theme" and "none" in paths:
            named = [p for p in paths if p != "none"]
            without = "NOT EXISTS { ?project cd:theme ?any }"
            if named:
                iris = ", ".join(_iri(addresses.iri_of(p)) for p in named)
                without += (f" || EXISTS {{ ?project cd:theme ?theme FILTER(?theme IN ({iris})) }}")
            lines.append(f"FILTER({without})")
        elif facet in _PATTERNS:
            values = [_iri(addresses.iri_of(p)) for p in paths]
            if len(values) == 1:
                lines.append(f"?project {_PATTERNS[facet]} {values[0]} .")
            else:
                lines.append(f"VALUES ?{facet} {{ {' '.join(values)} }}")
                lines.append(f"?project {_PATTERNS[facet]} ?{facet} .")
    around = "|".join(_PATTERNS.values())
    for n, pattern in enumerate(starting_words(words)[:8], 1):
        lines.append(f"?project dcterms:title|({around})/rdfs:label ?words{n} . "
                     f'FILTER(REGEX(?words{n}, "{_plain(pattern)}"))')
    body = "\n  ".join(lines)
    return _with_prefixes(
        f"SELECT DISTINCT ?project ?title\nWHERE {{\n  {body}\n}}\nORDER BY ?title ?project\n")


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ").replace("\r", " ")
