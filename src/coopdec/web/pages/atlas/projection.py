"""Equal Earth: areas are true, shapes familiar (Šavrič, Patterson & Jenny 2018,
https://doi.org/10.1080/13658816.2018.1504949)."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

__all__ = ["HEIGHT", "WIDTH", "project"]

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = sqrt(3) / 2
#: Units of the drawing; it is cut at 84° north and 58° south.
WIDTH, HEIGHT = 4000, 1760
_SCALE = WIDTH / 2 / 2.7066299836
_TOP = 84.0


def _raw(lat: float, long: float) -> tuple[float, float]:
    t = asin(_M * sin(radians(lat)))
    t2 = t * t
    t6 = t2 * t2 * t2
    x = radians(long) * cos(t) / (_M * (_A1 + 3 * _A2 * t2 + t6 * (7 * _A3 + 9 * _A4 * t2)))
    return x, t * (_A1 + _A2 * t2 + t6 * (_A3 + _A4 * t2))


_Y0 = _raw(_TOP, 0)[1] * _SCALE


def project(lat: float, long: float) -> tuple[float, float]:
    """Degrees → units of the drawing, y downwards.

    >>> x, y = project(0, 0)
    >>> round(x)
    2000
    """
    x, y = _raw(lat, long)
    return x * _SCALE + WIDTH / 2, _Y0 - y * _SCALE
