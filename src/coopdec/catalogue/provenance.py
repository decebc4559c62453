"""PROV and DQV: the run that made the release, what it used, and how complete the result is."""

from __future__ import annotations

from collections.abc import Iterator

from coopdec.catalogue.about import About
from coopdec.model import Description
from coopdec.terms import day, describe, iri, labels, text
from coopdec.vocab import DCTERMS, OWL, PROV, RDF, cd

__all__ = ["described", "quality"]

_TYPE = iri(RDF + "type")
_TOOLS = {"coopdec": ("coopdec", "coopdec"), "lexicon": ("Lexique des thèmes", "Theme lexicon"),
          "reference": ("Table de référence des lieux", "Gazetteer")}


def described(about: About) -> Iterator[Description]:
    """The run, the lists with their checksums, the tools with their versions."""
    subject, made_with = about.dataset, about.release.made_with
    tools = {name: f"{subject}#{name}-{version}" for name, version in made_with.items()}
    yield describe(subject + "#build", [
        (_TYPE, iri(PROV + "Activity")),
        *labels("Construction du jeu de données", "Build of the data set"),
        *((iri(PROV + "used"), iri(u)) for u in [*dict(about.sources), *tools.values()]),
        (iri(PROV + "wasAssociatedWith"), iri(subject + "#publisher")),
    ])
    for address, source in about.sources:
        said = [(_TYPE, iri(PROV + "Entity")),
                *labels(source.title or source.name),
                (iri(cd("sha256")), text(source.sha256))]
        if source.publisher:
            said.append((iri(DCTERMS + "publisher"), text(source.publisher, "fr")))
        if source.issued:
            said.append((iri(DCTERMS + "issued"), day(source.issued)))
        if source.url:
            said.append((iri(DCTERMS + "source"), iri(source.url)))
        yield describe(address, said)
    for name, address in tools.items():
        fr, en = _TOOLS.get(name, (name, name))
        version = made_with[name]
        yield describe(address, [
            (_TYPE, iri(PROV + "Entity")),
            *labels(f"{fr}, version {version}", f"{en}, version {version}"),
            (iri(OWL + "versionInfo"), text(version))])


def quality(about: About) -> tuple[list[tuple[str, str]], list[Description]]:
    """(what is said of the data set, the measures as resources of their own)."""
    said: dict[str, list[tuple[str, str]]] = {}
    for subject, predicate, value in about.release.quality:
        said.setdefault(subject, []).append((predicate, value))
    own = said.pop(iri(about.dataset), [])
    return own, [Description(s, tuple(dict.fromkeys(pairs))) for s, pairs in said.items()]
