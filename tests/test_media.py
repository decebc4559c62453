"""What files hold, told by their names."""

from __future__ import annotations

import pyoxigraph
import pytest

from coopdec.formats import Format, formats, whole_formats
from coopdec.media import RDF_SUFFIXES, media_type, rdf_suffix, suffix_of, unpacked

EVERY: dict[str, Format] = {**formats(), **whole_formats()}


@pytest.mark.parametrize("name", sorted(EVERY.keys() - {"csvw"}))  # which is JSON by its name
def test_a_file_is_of_the_media_type_of_its_format(name: str) -> None:
    found = EVERY[name]
    assert media_type(f"coopdec{found.suffix}") == found.media_type


def test_what_is_packed_is_known_by_the_name_within() -> None:
    assert media_type(unpacked("links.sssom.tsv.gz")) == "text/tab-separated-values"
    assert media_type("links.sssom.tsv.gz") == "application/gzip"
    assert media_type("SHA256SUMS") is None


@pytest.mark.parametrize("suffix", sorted(set(RDF_SUFFIXES.values())))
def test_parsers_know_every_form_of_rdf(suffix: str) -> None:
    known = media_type(f"x{suffix}")
    assert known is not None
    assert suffix_of(known) == suffix
    assert pyoxigraph.RdfFormat.from_extension(suffix[1:]) == (
        pyoxigraph.RdfFormat.from_media_type(known))


def test_a_packed_file_is_of_the_form_within() -> None:
    assert rdf_suffix("A.TTL.GZ") == ".ttl"
    assert rdf_suffix("projects.csv.gz") is None
    assert unpacked("A.NT.GZ") == "A.NT"
