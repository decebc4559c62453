"""Writes ontology/sdg.ttl, the SKOS view of the goals and targets, from the lexicon.

    python scripts/build_sdg.py

Official titles of goals are the UN's; the targets' labels are short ones of our own.
"""

from __future__ import annotations

from pathlib import Path

from coopdec.goals import goals, targets

OUT = Path(__file__).parents[1] / "ontology" / "sdg.ttl"

HEAD = """\
# Les 17 objectifs de développement durable et leurs 169 cibles, vus en SKOS.
# The 17 Sustainable Development Goals and their 169 targets, as SKOS.
# Engendré par scripts/build_sdg.py : ne pas modifier à la main.
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sdg: <http://metadata.un.org/sdg/> .
@prefix sdgo: <http://metadata.un.org/sdg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .

<https://w3id.org/coopdec/sdg> a owl:Ontology ;
    owl:versionIRI <https://w3id.org/coopdec/sdg/0.1.0> ;
    owl:versionInfo "0.1.0" ;
    dcterms:title "Objectifs de développement durable, vue SKOS"@fr ,
        "Sustainable Development Goals, SKOS view"@en ;
    dcterms:description "Intitulés, couleurs et entités Wikidata des objectifs et des cibles."@fr ,
        "Titles, colours and Wikidata entities of the goals and targets."@en ;
    dcterms:creator "The coopdec team" ;
    dcterms:license <https://www.etalab.gouv.fr/licence-ouverte-open-licence> ;
    dcterms:source <http://metadata.un.org/sdg> .

<http://metadata.un.org/sdg> a skos:ConceptScheme ;
    rdfs:label "Objectifs de développement durable"@fr , "Sustainable Development Goals"@en ;
    skos:prefLabel "Objectifs de développement durable"@fr , "Sustainable Development Goals"@en ;
    skos:hasTopConcept {tops} .
"""

GOAL = """
sdg:{number} a skos:Concept , sdgo:Goal ;
    rdfs:label {short_fr}@fr , {short_en}@en ;
    skos:prefLabel {title_fr}@fr ,
        {title_en}@en ;
    skos:altLabel {short_fr}@fr , {short_en}@en ;
    skos:notation "{number}" ;
    skos:topConceptOf <http://metadata.un.org/sdg> ;
    skos:inScheme <http://metadata.un.org/sdg> ;
    schema:color "{colour}" ;
    skos:exactMatch wd:{wikidata} .
"""

TARGET = """
sdg:{code} a skos:Concept , sdgo:Target ;
    rdfs:label {label_fr}@fr , {label_en}@en ;
    skos:prefLabel {label_fr}@fr , {label_en}@en ;
    skos:notation "{code}" ;
    skos:broader sdg:{goal} ;
    skos:inScheme <http://metadata.un.org/sdg> .
"""


def quote(text: str) -> str:
    """A Turtle string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def view() -> str:
    """The whole file."""
    parts = [HEAD.replace("{tops}", " , ".join(f"sdg:{n}" for n in goals()))]
    for goal in goals().values():
        parts.append(GOAL.format(
            number=goal.number, colour=goal.colour, wikidata=goal.wikidata,
            title_fr=quote(goal.title_fr), title_en=quote(goal.title_en),
            short_fr=quote(goal.short_fr), short_en=quote(goal.short_en)))
        parts += [
            TARGET.format(code=t.code, goal=t.goal, label_fr=quote(t.label_fr),
                          label_en=quote(t.label_en))
            for t in targets().values() if t.goal == goal.number]
    return "".join(parts)


if __name__ == "__main__":
    OUT.write_text(view(), "utf-8")
