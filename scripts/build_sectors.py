"""Writes ontology/sectors.ttl: DAC purpose codes and the Atlas' themes as SKOS concepts,
close to the goals that their words state.

    python scripts/build_sectors.py

Codes are the OECD's; labels are short ones of our own, from ``src/coopdec/lexicon/``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from build_sdg import quote

from coopdec.classify.lexicon import labels

OUT = Path(__file__).parents[1] / "ontology" / "sectors.ttl"

HEAD = """\
# Secteurs du CAD de l'OCDE et thèmes de l'Atlas de la coopération décentralisée, vus en SKOS.
# OECD DAC sectors and themes of the atlas of decentralised cooperation, as SKOS.
# Engendré par scripts/build_sectors.py : ne pas modifier à la main.
@prefix dac: <https://w3id.org/coopdec/sector/dac/> .
@prefix atlas: <https://w3id.org/coopdec/sector/atlas/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sdg: <http://metadata.un.org/sdg/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<https://w3id.org/coopdec/sector> a owl:Ontology ;
    owl:versionIRI <https://w3id.org/coopdec/sector/0.1.0> ;
    owl:versionInfo "0.1.0" ;
    dcterms:title "Secteurs et thèmes, rapprochés des ODD"@fr ,
        "Sectors and themes, close to the SDGs"@en ;
    dcterms:creator "The coopdec team" ;
    dcterms:license <https://www.etalab.gouv.fr/licence-ouverte-open-licence> .
"""

SCHEME = """
<https://w3id.org/coopdec/sector/{name}> a skos:ConceptScheme ;
    rdfs:label {fr}@fr , {en}@en ;
    skos:prefLabel {fr}@fr , {en}@en .
"""

SCHEMES = {
    "dac": ("Secteurs du CAD (OCDE)", "DAC purpose codes (OECD)", "dac.tsv"),
    "atlas": ("Thèmes de l'Atlas de la coopération décentralisée",
              "Themes of the atlas of decentralised cooperation", "atlas_themes.tsv"),
}


def view() -> Iterator[str]:
    """The whole file, in pieces."""
    yield HEAD
    for name, (fr, en, table) in SCHEMES.items():
        yield SCHEME.format(name=name, fr=quote(fr), en=quote(en))
        known = labels(table)
        for key in sorted(known):
            label_fr, label_en, goals = (*known[key], "", "", "")[:3]
            lines = [
                f"{name}:{key} a skos:Concept",
                f"rdfs:label {quote(label_fr)}@fr , {quote(label_en)}@en",
                f"skos:prefLabel {quote(label_fr)}@fr , {quote(label_en)}@en",
                f"skos:notation {quote(key)}",
                f"skos:inScheme <https://w3id.org/coopdec/sector/{name}>",
            ]
            if name == "dac" and len(key) == 5 and key[:3] in known:
                lines.append(f"skos:broader dac:{key[:3]}")
            if goals.split():
                lines.append("skos:closeMatch " + " , ".join(f"sdg:{g}" for g in goals.split()))
            yield "\n" + " ;\n    ".join(lines) + " .\n"


if __name__ == "__main__":
    OUT.write_text("".join(view()), "utf-8")
