"""In a country or not, told by the known places: islands, deserts, long borders, dependencies."""

from __future__ import annotations

import pytest

from coopdec.reference.nearby import nearby

INSIDE = [
    ("CV", 14.93, -23.51), ("ML", 22.0, -2.5), ("DZ", 24.0, 3.0), ("NE", 19.5, 13.0),
    ("RU", 62.0, 95.0), ("BR", -5.0, -65.0), ("CL", -53.16, -70.9), ("MN", 46.0, 104.0),
    ("KI", 1.87, -157.4), ("FJ", -16.8, -179.9), ("FJ", -17.7, 178.0), ("KM", -11.7, 43.25),
    ("TG", 6.13, 1.22), ("PS", 31.5, 34.46), ("VA", 41.9, 12.45), ("GL", 72.0, -40.0),
    ("FR", 48.84, 2.37), ("FR", -21.1, 55.5), ("FR", 4.9, -52.3), ("MA", 33.57, -7.59),
]
OUTSIDE = [
    ("CV", 48.84, 2.37), ("CV", 14.93, 23.51), ("SN", 14.69, 17.44), ("MA", 33.57, 7.59),
    ("MG", 18.9, 47.5), ("BR", 5.0, 65.0), ("ML", 0.0, 0.0), ("DZ", 5.41, 36.19),
    ("ML", 91.0, 0.0), ("KI", 1.87, 90.0),
]


@pytest.mark.parametrize(("country", "lat", "lon"), INSIDE)
def test_inside(country: str, lat: float, lon: float) -> None:
    assert nearby().is_in(lat, lon, country)


@pytest.mark.parametrize(("country", "lat", "lon"), OUTSIDE)
def test_outside(country: str, lat: float, lon: float) -> None:
    assert not nearby().is_in(lat, lon, country)


def test_where_a_point_is() -> None:
    assert nearby().country_at(48.84, 2.37) == "FR"
    assert nearby().country_at(12.37, -1.52) == "BF"
    assert nearby().country_at(-48.0, -130.0) is None  # the emptiest sea
    assert nearby().country_at(0.0, 200.0) is None
