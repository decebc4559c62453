"""What terms look like in the data: one example of each, the same every time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coopdec.messages import Lang
from coopdec.vocab import OWL
from coopdec.web.ontology.graph import ontology

if TYPE_CHECKING:
    from coopdec.dataset import Dataset

__all__ = ["Example", "examples"]

_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Example:
    """``subject`` and, of a property, its ``value``: what people read, and the IRI where it
    is one (None for a literal)."""

    subject: str
    subject_iri: str
    value: str = ""
    value_iri: str | None = None


_LABEL = ("OPTIONAL {{ ?{0} rdfs:label ?{0}_own FILTER(LANG(?{0}_own) = \"{1}\") }} "
          "OPTIONAL {{ ?{0} rdfs:label ?{0}_fr FILTER(LANG(?{0}_fr) = \"fr\") }} ")


def examples(data: Dataset, terms: Iterable[str], lang: Lang) -> Mapping[str, list[Example]]:
    """One example of each term that the data use: of the resource whose IRI is first."""
    found: dict[str, list[Example]] = {}
    for iri in terms:
        said = ontology().get(iri)
        if said is None:
            continue
        classes = OWL + "Class" in said.all("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
        pattern = f"?s a <{iri}>" if classes else f"?s <{iri}> ?v"
        rows = data.select(
            f"SELECT ?s {'' if classes else '?v'} ?s_own ?s_fr {'' if classes else '?v_own ?v_fr'} "
            f"{{ {{ SELECT (MIN(?s) AS ?s) {{ {pattern} }} }} {pattern} . "
            + _LABEL.format("s", lang) + ("" if classes else _LABEL.format("v", lang))
            + "} ORDER BY ?v LIMIT 1")
        for row in rows:
            if row.s is None:
                continue
            subject = row.s_own or row.s_fr or row.s
            if classes:
                found[iri] = [Example(_short(subject), str(row.s))]
                continue
            is_iri = str(row.v).startswith(("http://", "https://"))
            value = row.v_own or row.v_fr or row.v
            found[iri] = [Example(_short(subject), str(row.s), _short(value),
                                  str(row.v) if is_iri else None)]
    return found


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST - 1].rstrip() + "…"
