"""A question as people put it: a country by its name, a level by a word."""

from __future__ import annotations

from coopdec.dataset.parameters import country_named, unknown_region
from coopdec.errors import UnknownName
from coopdec.model import Kind, Query, Side
from coopdec.reference import Gazetteer
from coopdec.reference.regions import scope_of

__all__ = ["worded"]

_KINDS = frozenset(k.value for k in Kind)
_SIDES = frozenset(s.value for s in Side)


def worded(name: str, places: Gazetteer, *, country: str = "", kind: str = "", region: str = "",
           side: str = "") -> tuple[Query, dict[str, UnknownName]]:
    """The question, and each of these words that nobody knows, with what to say of it.

    ``country``: ISO code, name or Wikidata identifier. ``kind``: one of
    :class:`coopdec.model.Kind` or a printed type word (« cercle »). ``side``: told from the
    country and the region unless given.
    """
    unknown: dict[str, UnknownName] = {}
    iso = None
    if country:
        try:
            iso = country_named(country).ids.get("iso2")
        except UnknownName as error:
            unknown[country] = error
    if side and side not in _SIDES:
        unknown[side] = UnknownName("unknown-side", words=[side], known=sorted(_SIDES))
    french = side == Side.FRENCH or (
        side not in _SIDES and bool(region or iso == "FR" or not country))
    if french and region and not scope_of(places, region).units:
        unknown[region] = unknown_region(region)
    level, word = None, None
    if kind in _KINDS:
        level = Kind(kind)
    elif kind:
        word = kind
        level = next(iter(places.type_word(kind, "FR" if french else iso)), None)
        if level is None:
            unknown[kind] = UnknownName("unknown-word", words=[kind])
    return Query(name, Side.FRENCH if french else Side.PARTNER, country=iso, kind=level, type=word,
                 region=region or None), unknown
