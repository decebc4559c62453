"""What a release holds, told by its names."""

from __future__ import annotations

import pytest

from coopdec.formats import Format, formats, whole_formats
from coopdec.release import media_type, unpacked

EVERY: dict[str, Format] = {**formats(), **whole_formats()}


@pytest.mark.parametrize("name", sorted(EVERY.keys() - {"csvw"}))  # which is JSON by its name
def test_a_file_is_of_the_media_type_of_its_format(name: str) -> None:
    found = EVERY[name]
    assert media_type(f"coopdec{found.suffix}") == found.media_type


def test_what_is_packed_is_known_by_the_name_within() -> None:
    assert media_type(unpacked("links.sssom.tsv.gz")) == "text/tab-separated-values"
    assert media_type("links.sssom.tsv.gz") == "application/gzip"
    assert media_type("SHA256SUMS") is None
