"""The world map: shapes of countries in a table of our own, drawn as SVG on the server.

``world.tsv`` is written by ``scripts/build_map.py`` from Natural Earth (public domain).
"""

from __future__ import annotations

from coopdec.web.pages.atlas.draw import Area, Dot, Map, choropleth, places
from coopdec.web.pages.atlas.projection import HEIGHT, WIDTH, project
from coopdec.web.pages.atlas.shapes import Shape, shapes

__all__ = ["HEIGHT", "WIDTH", "Area", "Dot", "Map", "Shape", "choropleth", "places", "project",
           "shapes"]
