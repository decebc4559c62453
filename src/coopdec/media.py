"""What the forms of files are called: by the end of a name, and in headers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

__all__ = ["GRAPHS", "MEDIA", "PACKED", "RDF_SUFFIXES", "is_gzipped", "media_type", "rdf_suffix",
           "suffix_of", "unpacked"]

#: Suffix → media type: what is packed, and whatever else a release may hold.
PACKED: Mapping[str, str] = {".gz": "application/gzip", ".zst": "application/zstd"}
_RDF = {".ttl": "text/turtle", ".nt": "application/n-triples", ".nq": "application/n-quads",
        ".trig": "application/trig", ".rdf": "application/rdf+xml",
        ".jsonld": "application/ld+json"}
MEDIA: Mapping[str, str] = {
    **PACKED, **_RDF,
    ".csv": "text/csv", ".tsv": "text/tab-separated-values", ".json": "application/json",
    ".jsonl": "application/jsonl", ".geojson": "application/geo+json", ".xml": "application/xml",
    ".html": "text/html", ".md": "text/markdown", ".zip": "application/zip",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
#: Suffix of RDF → the one that we write it with.
RDF_SUFFIXES: Mapping[str, str] = {
    **{suffix: suffix for suffix in _RDF}, ".turtle": ".ttl", ".ntriples": ".nt", ".xml": ".rdf",
    ".owl": ".rdf", ".json": ".jsonld"}
#: Name → media type of the forms that a graph is answered in, the one we prefer first.
GRAPHS: Mapping[str, str] = {name: _RDF[f".{name}"] for name in ("ttl", "nt", "jsonld", "rdf")}


def media_type(name: str) -> str | None:
    """By the end of a file's name; None for one that no release has."""
    return MEDIA.get(PurePath(name).suffix.lower())


def is_gzipped(name: str | PurePath) -> bool:
    """By the end of its name, in whatever case."""
    return PurePath(name).suffix.lower() == ".gz"


def rdf_suffix(name: str | PurePath) -> str | None:
    """What a file's name says that its RDF is, gzipped or not; None where that is no RDF.

    >>> rdf_suffix("a.nt.gz"), rdf_suffix("a.owl"), rdf_suffix("a.csv")
    ('.nt', '.rdf', None)
    """
    path = PurePath(name)
    plain = path.with_suffix("") if is_gzipped(path) else path
    return RDF_SUFFIXES.get(plain.suffix.lower())


def suffix_of(media: str) -> str | None:
    """Of RDF with this media type."""
    return next((suffix for suffix, known in _RDF.items() if known == media), None)


def unpacked(name: str) -> str:
    """The name of what is packed.

    >>> unpacked("coopdec.nt.zst"), unpacked("coopdec.nt")
    ('coopdec.nt', 'coopdec.nt')
    """
    return name.rpartition(".")[0] if PurePath(name).suffix.lower() in PACKED else name
