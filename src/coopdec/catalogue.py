"""``catalog.ttl``: the release as a data set that catalogues harvest (DCAT 3, VoID, PROV).

No clock: the same release gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from coopdec.formats import Entry, formats
from coopdec.model import Description
from coopdec.release import Release, ReleasedFile
from coopdec.terms import describe, integer, iri, labels, text
from coopdec.vocab import CD, DCAT, DCTERMS, OWL, PROV, RDF, SPDX, VOID

__all__ = ["catalogue"]

_TYPE = iri(RDF + "type")
#: The EU's name of the licence, beside its SPDX one.
_EU_LICENCE = "http://publications.europa.eu/resource/authority/licence/ETALAB_2_0"
_IANA = "https://www.iana.org/assignments/media-types/"


def catalogue(release: Release, files: Sequence[ReleasedFile]) -> str:
    """The catalogue as Turtle."""
    base = release.heading.base
    dataset = base + "dataset"
    said = [
        (_TYPE, iri(DCAT + "Dataset")),
        (_TYPE, iri(VOID + "Dataset")),
        *labels("Coopération décentralisée : projets, collectivités et partenaires",
                "French decentralised cooperation: projects, authorities and partners"),
        (iri(DCTERMS + "title"),
         text("Coopération décentralisée : projets, collectivités et partenaires", "fr")),
        (iri(DCTERMS + "title"),
         text("French decentralised cooperation: projects, authorities and partners", "en")),
        (iri(DCTERMS + "description"), text(_ABOUT_FR, "fr")),
        (iri(DCTERMS + "description"), text(_ABOUT_EN, "en")),
        (iri(DCTERMS + "license"), iri(release.heading.licence)),
        (iri(DCTERMS + "license"), iri(_EU_LICENCE)),
        (iri(DCAT + "version"), text(release.heading.version)),
        (iri(OWL + "versionInfo"), text(release.heading.version)),
        (iri(DCTERMS + "conformsTo"), iri(CD.rstrip("#"))),
        *((iri(DCTERMS + "rights"), text(line)) for line in release.attribution),
        *((iri(PROV + "wasDerivedFrom"), iri(f"{base}source/{s.name}")) for s in release.sources),
        (iri(PROV + "wasGeneratedBy"), iri(dataset + "#build")),
        *((iri(DCAT + "distribution"), iri(f"{base}{f.name}")) for f in files),
        *_statistics(release),
        *((p, o) for s, p, o in release.quality if s == iri(dataset)),
    ]
    entries = [
        describe(dataset, said),
        *_quality(release, iri(dataset)),
        *_provenance(release, dataset),
        *(d for f in files for d in _distribution(base, f)),
    ]
    turtle = formats()["ttl"]
    head = turtle.head(release.heading)
    return head + turtle.block(Entry(dataset, "dataset", entries), release.heading)


def _quality(release: Release, dataset: str) -> list[Description]:
    """The measures as resources of their own, in the order they were taken."""
    said: dict[str, list[tuple[str, str]]] = {}
    for subject, predicate, value in release.quality:
        if subject != dataset:
            said.setdefault(subject, []).append((predicate, value))
    return [Description(s, tuple(dict.fromkeys(statements))) for s, statements in said.items()]


def _provenance(release: Release, dataset: str) -> list[Description]:
    """The run: what it used. Lists are described in the data itself."""
    tools = {name: f"{dataset}#{name}-{version}" for name, version in release.made_with.items()}
    used = [f"{release.heading.base}source/{s.name}" for s in release.sources]
    run = describe(dataset + "#build", [
        (_TYPE, iri(PROV + "Activity")),
        *labels("Construction du jeu de données", "Build of the data set"),
        *((iri(PROV + "used"), iri(u)) for u in [*used, *tools.values()]),
    ])
    return [run, *(
        describe(subject, [
            (_TYPE, iri(PROV + "Entity")),
            *labels(f"{_TOOLS[name][0]}, version {release.made_with[name]}",
                    f"{_TOOLS[name][1]}, version {release.made_with[name]}"),
            (iri(OWL + "versionInfo"), text(release.made_with[name])),
        ])
        for name, subject in tools.items())]


_TOOLS = {"coopdec": ("coopdec", "coopdec"), "lexicon": ("Lexique des thèmes", "Theme lexicon"),
          "reference": ("Table de référence des lieux", "Gazetteer")}


def _statistics(release: Release) -> list[tuple[str, str]]:
    kinds = Counter(e.kind for e in release.shared)
    triples = sum(p["nt"].count("\n") for p in release.projects)
    triples += sum(len(d.statements) for e in release.shared for d in e.descriptions)
    return [
        (iri(VOID + "triples"), integer(triples)),
        (iri(VOID + "entities"), integer(len(release.projects) + sum(kinds.values()))),
        (iri(VOID + "uriSpace"), text(release.heading.base)),
    ]


def _distribution(base: str, file: ReleasedFile) -> list[Description]:
    subject = base + file.name
    checksum = f"{subject}#checksum"
    return [
        describe(subject, [
            (_TYPE, iri(DCAT + "Distribution")),
            *labels(file.name, file.name),
            (iri(DCTERMS + "title"), text(file.name)),
            (iri(DCAT + "downloadURL"), iri(subject)),
            (iri(DCAT + "accessURL"), iri(subject)),
            (iri(DCAT + "mediaType"), iri(_IANA + file.media_type)),
            (iri(DCAT + "byteSize"), integer(file.size)),
            (iri(SPDX + "checksum"), iri(checksum)),
        ]),
        describe(checksum, [
            (_TYPE, iri(SPDX + "Checksum")),
            (iri(SPDX + "algorithm"), iri(SPDX + "checksumAlgorithm_sha256")),
            (iri(SPDX + "checksumValue"), text(file.sha256)),
        ]),
    ]


_ABOUT_FR = (
    "Les projets lauréats des appels à projets de soutien à la coopération décentralisée, reliés "
    "aux collectivités françaises, aux territoires partenaires, aux pays (Wikidata) et aux "
    "Objectifs de développement durable. Chaque fait renvoie au document, à la ligne et à la "
    "cellule dont il vient."
)
_ABOUT_EN = (
    "Projects selected by the calls that support French decentralised cooperation, tied to French "
    "local authorities, partner territories, countries (Wikidata) and Sustainable Development "
    "Goals. Every fact points back to the document, line and cell that it came from."
)
