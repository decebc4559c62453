"""What every form of the catalogue says of the data set: words, period, countries, files."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from coopdec.catalogue.statistics import Statistics, statistics
from coopdec.iris import Iris
from coopdec.media import PACKED, media_type, unpacked
from coopdec.messages import Lang, render
from coopdec.model import Source
from coopdec.release import Release, ReleasedFile
from coopdec.terms import LABEL
from coopdec.vocab import EU_COUNTRY, SKOS, cd

__all__ = ["About", "Coverage", "about", "file_words", "plain_media_type"]

#: Media type → the EU's name of the file type and the words for people.
_FILES = {
    "text/turtle": ("RDF_TURTLE", "distribution-turtle"),
    "application/n-triples": ("RDF_N_TRIPLES", "distribution-ntriples"),
    "application/n-quads": ("RDF_N_QUADS", "distribution-nquads"),
    "application/trig": ("RDF_TRIG", "distribution-trig"),
    "application/rdf+xml": ("RDF_XML", "distribution-rdfxml"),
    "application/ld+json": ("JSON_LD", "distribution-jsonld"),
    "text/csv": ("CSV", "distribution-csv"),
    "text/tab-separated-values": ("TSV", "distribution-tsv"),
    "application/geo+json": ("GEOJSON", "distribution-geojson"),
    "application/vnd.apache.parquet": ("PARQUET", "distribution-parquet"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":
        ("XLSX", "distribution-xlsx"),
    "application/xml": ("XML", "distribution-iati"),
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """Days as ISO text; ``countries`` maps the EU authority's IRI to (fr, en)."""

    first: str | None
    last: str | None
    countries: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class About:
    """A release, and what its finished files say. ``files`` are its distributions;
    ``aside`` what stands beside them (contexts, descriptions of a table)."""

    release: Release
    folder: Path
    files: Sequence[ReleasedFile]
    statistics: Statistics
    coverage: Coverage
    aside: Sequence[ReleasedFile] = field(default=())

    @property
    def base(self) -> str:
        return self.release.heading.base

    @property
    def dataset(self) -> str:
        return self.base + "dataset"

    @property
    def sources(self) -> Sequence[tuple[str, Source]]:
        """The lists, each with its IRI."""
        minted = Iris(self.base)
        return [(minted.source(s.name), s) for s in self.release.sources]

    def words(self, code: str, lang: Lang) -> str:
        return render(code, {"projects": self.statistics.classes[cd("Project")],
                             "countries": self.statistics.classes[cd("Country")]}, lang)

    def keywords(self, lang: Lang) -> list[str]:
        return [k.strip() for k in self.words("dataset-keywords", lang).split(";")]

    def issued(self) -> str | None:
        """The version where it is a date, as ISO text: no clock says when."""
        match = re.fullmatch(r"((?:19|20)\d\d)[.-](0[1-9]|1[0-2])(?:[.-](0[1-9]|[12]\d|3[01]))?",
                             self.release.heading.version)
        return "-".join(p for p in match.groups() if p) if match else None


def about(release: Release, files: Sequence[ReleasedFile], aside: Sequence[ReleasedFile],
          folder: Path, objects: int | None) -> About:
    counted = statistics(release.tally, objects)
    return About(release, folder, files, counted, _coverage(release, counted), aside)


def _coverage(release: Release, counted: Statistics) -> Coverage:
    """From the years that calls name and every date in the data."""
    years = [y for s in release.sources
             for y in re.findall(r"\b(?:19|20)\d\d\b", s.call_title)]
    first = [*([counted.first] if counted.first else []), *(f"{y}-01-01" for y in years)]
    last = [*([counted.last] if counted.last else []), *(f"{y}-12-31" for y in years)]
    countries = {EU_COUNTRY + "FRA": ("France", "France")}
    for entry in release.countries:
        said = entry.descriptions[0].statements
        labels = {v.rpartition("@")[2]: v[1:].rpartition('"')[0] for p, v in said if p == LABEL}
        for predicate, value in said:
            if predicate == f"<{SKOS}exactMatch>" and value.startswith(f"<{EU_COUNTRY}"):
                fr = labels.get("fr", "")
                countries[value[1:-1]] = (fr, labels.get("en", fr))
    return Coverage(min(first, default=None), max(last, default=None), countries)


def plain_media_type(file: ReleasedFile) -> tuple[str, str | None]:
    """The media type of what a file holds once unpacked, and that of the packing."""
    packing = PACKED.get(PurePath(file.name).suffix)
    if packing is None:
        return file.media_type, None
    return media_type(unpacked(file.name)) or "application/octet-stream", packing


def file_words(file: ReleasedFile) -> tuple[str | None, str]:
    """(the EU's name of the file type, the code of the words) of a distribution."""
    return _FILES.get(plain_media_type(file)[0], (None, "distribution-other"))


