"""The table of shapes and what is drawn with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopdec.reference import gazetteer
from coopdec.web.pages.atlas import HEIGHT, WIDTH, choropleth, places, project, shapes

ATLAS = Path(__file__).parent.parent.parent / "src/coopdec/web"


def test_nearly_every_country_of_the_reference_is_drawn() -> None:
    known = {e.key.rpartition("/")[2] for e in gazetteer().countries()}
    missing = known - shapes().keys()
    # Antarctica and uninhabited islands; Svalbard and others are drawn with their country.
    assert missing <= {"AQ", "BV", "BQ", "CC", "CX", "SJ", "TK", "GF", "XX", "AN", "CS"}, missing


def test_small_states_and_overseas_departments_are_seen() -> None:
    for code in ("TV", "NR", "MV", "ST", "KM", "CV", "MU", "GP", "MQ", "RE", "YT"):
        assert shapes()[code].small, code
    assert shapes()["GF"].d
    assert not shapes()["ML"].small


def test_shapes_stay_inside_and_apart() -> None:
    for shape in shapes().values():
        assert 0 <= shape.x <= WIDTH, shape.code
        assert 0 <= shape.y <= HEIGHT * 1.05, shape.code
        assert re.fullmatch(r"(?:M-?\d+ -?\d+l[-\d ]+z)*", shape.d), shape.code
    # No ring goes around the world: Russia and Fiji are cut at the 180th meridian.
    for code in ("RU", "FJ", "US"):
        left, _, right, _ = shapes()[code].box
        assert right - left < WIDTH * 0.6, code


def test_places_lie_in_their_countries() -> None:
    for code, lat, long in (("ML", 12.65, -8.0), ("MN", 47.9, 106.9), ("AR", -26.8, -65.2),
                            ("UA", 45.0, 34.1), ("GF", 4.9, -52.3), ("FR", 48.85, 2.35)):
        x, y = project(lat, long)
        left, top, right, bottom = shapes()[code].box
        assert left - 2 <= x <= right + 2, code
        if code != "UA":  # the largest part of Ukraine is the mainland
            assert top - 2 <= y <= bottom + 2, code


def test_files_are_small() -> None:
    assert (ATLAS / "pages/atlas/world.tsv").stat().st_size < 200_000
    assert (ATLAS / "static/world.svg").stat().st_size < 200_000


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_place_projects_into_the_world(lat: float, long: float) -> None:
    x, _ = project(lat, long)
    assert -1 <= x <= WIDTH + 1


@given(st.dictionaries(st.sampled_from(sorted(shapes())), st.integers(0, 10**7), max_size=40))
def test_shades_rise_with_numbers(numbers: dict[str, int]) -> None:
    drawn = choropleth(numbers, lambda c: c, lambda c, n: f"{n}")
    assert list(drawn.steps) == sorted(set(drawn.steps))
    shades = sorted((int(a.title), a.shade) for a in drawn.areas)
    assert all(1 <= shade <= 5 for _, shade in shades)
    assert [s for _, s in shades] == sorted(s for _, s in shades)
    assert len(drawn.areas) == sum(n > 0 for n in numbers.values())


@pytest.mark.parametrize("dots", [[], [(0.0, 0.0)], [(90.0, 180.0), (-90.0, -180.0)],
                                  [(48.8, 2.3), (12.6, -8.0)]])
def test_a_map_of_places_stays_inside_the_world(dots: list[tuple[float, float]]) -> None:
    drawn = places([(lat, long, "/", "x", "lead" if n else "partner")
                    for n, (lat, long) in enumerate(dots)], [], lambda c: c, lambda c: c)
    if not dots:
        assert drawn is None
        return
    assert drawn is not None
    x, y, width, height = drawn.view
    assert x >= 0
    assert y >= 0
    assert x + width <= WIDTH + 1
    assert y + height <= HEIGHT + 1
