"""The partner side: level by type words, towns by population, parents in the cell."""

from __future__ import annotations

from math import cos, hypot, radians

from coopdec.model import Entity, Kind
from coopdec.reference.levels import ISO_WORDS
from coopdec.reference.names import folded
from coopdec.resolve.asked import Asked
from coopdec.resolve.rival import Rival

__all__ = ["peer_of", "weigh_abroad"]

#: Beside a town's weight (one for a hundred thousand people), without type words.
_ADMIN = {Kind.ADMIN1: 0.3, Kind.ADMIN2: 0.06}
_REGIONAL = (Kind.REGION, Kind.DEPARTMENT)
_REGIONS_WORK_WITH_REGIONS = 4.0
_OTHER_LEVEL = 0.0001
_SECOND_MEANING = 0.2
#: The unit's own type word is the printed one: « Province de Buenos Aires », not the city.
_SAME_WORD = 10.0
_PARENT_FITS = 20.0
_PARENT_DIFFERS = 0.05
#: A hamlet that only sounds like the name, « Kazamanse » like « Casamance », is not meant.
_OBSCURE, _OBSCURE_UNLIKE, _ALIKE = 0.96, 0.9, 0.75
#: A slip away from a hamlet's name is most often the name of another place: never certain alone.
_OBSCURE_NEAR = 0.94
_TWINS_KM = 8.0
#: A homonym of a tenth of a town's weight: nobody can tell which of the two is meant.
_COMPARABLE, _OPEN = 10.0, 0.9
#: From this rank on, a name is not an entity's own. What the unit's name weighs as its
#: capital's, beside the unit: enough to ask (« Peć » is the district and the town of Pejë).
_BY_OTHERS, _UNIT_S_NAME, _ELSEWHERE = 2, 0.5, 0.1
_SEAT_KM = {Kind.ADMIN1: 40.0, Kind.ADMIN2: 40.0}
#: A city is the seat of a wide region, a town of its name as far away is not.
_CITY, _CITY_KM = 100_000, 200.0

#: Parts that bear the name of a town near by: the camp of Jénine is not the town.
_PARTS = {"camp", "camp de refugies", "refugee camp", "quartier"}

_ALL_ISO_WORDS = frozenset().union(*ISO_WORDS.values())


def peer_of(lead: Kind | None) -> Kind | None:
    """What the lead's kind tells of its partners: regions and departments work with their
    like. Of others it tells nothing, and all of them ask the same question."""
    return Kind.REGION if lead in _REGIONAL else None


def weigh_abroad(asked: Asked, rivals: list[Rival]) -> None:
    word = folded(asked.stated)
    for r in rivals:
        if not r.match.literal and _obscure(r.entity):
            r.fit *= _OBSCURE_NEAR if r.match.how == "near" else (
                _OBSCURE if r.match.alike >= _ALIKE else _OBSCURE_UNLIKE)
        _prior(asked, r)
        _level(asked, r, word)
        if asked.within:
            _parents(asked, r)
        if asked.around:
            r.weight *= _PARENT_FITS if r.entity.key in asked.around else _PARENT_DIFFERS
        if asked.country is None:
            r.fit *= 0.9
    if len(rivals) == 1:  # two names in three: there is none to tell it from
        return
    if asked.told:
        _told(asked, rivals)
    places = [r for r in rivals if r.entity.kind is Kind.PLACE and r.weight > 0]
    _owners(asked, places, rivals)
    _twins(places)
    _homonyms(places)
    if asked.peer not in _REGIONAL or asked.kinds:
        _seats(places, rivals)


def _people(place: Entity) -> float:
    """One for a hundred thousand people. A town without figures is a small seat of
    something; a point of the villages' table is known by its name only."""
    if place.population:
        return min(30.0, 0.02 + place.population / 100_000)
    return 0.08 if place.parents else 0.004


def _obscure(entity: Entity) -> bool:
    """A hamlet: among so many, one always looks like a name that the reference lacks."""
    if entity.kind is not Kind.PLACE:
        return False
    return entity.population < 1500 if entity.population else not entity.parents


def _prior(asked: Asked, r: Rival) -> None:
    kind = r.entity.kind
    if kind is Kind.PLACE:
        r.weight *= _people(r.entity)
    elif kind is Kind.COUNTRY:
        r.weight = 0.0
    else:
        r.weight *= _ADMIN.get(kind, 0.1)
        if not asked.kinds and asked.peer in _REGIONAL:
            r.weight *= _REGIONS_WORK_WITH_REGIONS


def _level(asked: Asked, r: Rival, word: str) -> None:
    """``word``: the printed type words, folded."""
    if not asked.kinds:
        return
    if r.entity.kind not in asked.kinds or _called_otherwise(asked, r.entity, word):
        r.weight *= _OTHER_LEVEL
        r.fit = 0.45
        return
    if r.entity.kind is not asked.kinds[0]:
        r.weight *= _SECOND_MEANING
    if (r.entity.level in ISO_WORDS.get(word, ())
            or folded(r.entity.label_fr).startswith(f"{word} ")):
        r.weight *= _SAME_WORD
    if word in _PARTS and not r.match.words.startswith(f"{word} "):
        r.fit *= _OPEN
    if asked.around and asked.stated:
        return  # the level follows from what it contains, no word says it
    code = "link-type-in-title" if asked.from_title else "link-type-fits"
    r.reasons.append((code, {"word": asked.stated, "country": asked.country_label}))


def _called_otherwise(asked: Asked, entity: Entity, word: str) -> bool:
    """« District de Tuléar »: the reference has a province of that name, whose own type word
    is another one; a word's second meaning does not reach that far."""
    printed = ISO_WORDS.get(word)
    return (printed is not None and entity.kind is not asked.kinds[0]
            and entity.level in _ALL_ISO_WORDS - printed)


def _parents(asked: Asked, r: Rival) -> None:
    if asked.parents.intersection(r.entity.parents):
        r.weight *= _PARENT_FITS
        r.reasons.append(("link-parent-fits", {"parent": list(asked.within)}))
    elif r.entity.parents and asked.parents:
        r.weight *= _PARENT_DIFFERS
        r.fit *= 0.7


def _told(asked: Asked, rivals: list[Rival]) -> None:
    """« San Fernando (Pampanga) » is the one in that unit, if one is: else the bracket is
    another name. « Santarém (Pará) » is not Belém, which is also called Pará."""
    units = asked.told
    bracket = {r.match.words for r in rivals if r.entity.key in units} - {asked.forms[0]}
    there = [r for r in rivals if r.match.literal and not units.isdisjoint(r.entity.parents)
             and r.entity.key not in units and r.match.words not in bracket]
    if there:
        for r in rivals:
            r.weight *= _PARENT_FITS if r in there else _PARENT_DIFFERS


def _owners(asked: Asked, places: list[Rival], rivals: list[Rival]) -> None:
    """« Bahia » and « Ceará » are the names of units, which sources also give their capitals,
    Salvador and Fortaleza: the unit comes first, and the question stays open. « Halab » is that
    of both the city and the governorate of Aleppo. A name that a unit or a city of the country
    bears is hardly that of a town elsewhere which sources call so (« Khénifra » is not Kénitra),
    and a unit's hardly that of a hamlet elsewhere."""
    cities = {p.entity.key for p in places if (p.entity.population or 0) >= _CITY}
    owners = [r for r in rivals if r.match.rank < _BY_OTHERS and (
        r.entity.key in cities or (r.entity.kind is Kind.ADMIN1 and not asked.kinds))]
    for p in places:
        elsewhere = False  # once, however many bear the name
        for owner in owners:
            if p.match.words != owner.match.words or p is owner:
                continue
            unit = owner.entity.kind is Kind.ADMIN1
            inside = unit and owner.entity.key in p.entity.parents
            lent = (p.match.rank >= _BY_OTHERS
                    and _words(p.entity).isdisjoint(_words(owner.entity)))
            if lent and inside:
                p.weight = min(p.weight, owner.weight * _UNIT_S_NAME)
            elif lent or (unit and not inside and not p.entity.population):
                elsewhere = True
        if elsewhere:
            p.weight *= _ELSEWHERE


def _words(entity: Entity) -> set[str]:
    return {word for word in folded(entity.label_fr).split() if len(word) > 3}


def _homonyms(places: list[Rival]) -> None:
    """Two towns of one name and of comparable weight: the question stays open. One whose
    people nobody counted weighs too little to open it beside one whose are known."""
    same = sorted(((r.weight, r.entity.population) for r in places
                   if r.match.literal and r.entity.population), reverse=True)
    if len(same) > 1 and all(a < _COMPARABLE * b for a, b in zip(*same[:2], strict=True)):
        for r in places:  # none of them is certain; which comes first stays
            r.fit *= _OPEN


def _twins(places: list[Rival]) -> None:
    """Two points of one name a few kilometres apart are one town entered twice: the one
    with more people stands for both."""
    places.sort(key=lambda r: -r.weight)
    for n, big in enumerate(places):
        if not big.entity.population:
            break
        for small in places[n + 1:]:
            if small.weight > 0 and _distance(big.entity, small.entity) < _TWINS_KM:
                big.weight += small.weight * 0.95
                small.weight *= 0.05


def _seats(places: list[Rival], rivals: list[Rival]) -> None:
    """A town and the unit around it that bears its name do not contradict each other:
    where both fit, the town, which is what people name, stands for both."""
    for unit in rivals:
        if unit.entity.kind not in _SEAT_KM or not unit.weight:
            continue
        town = next((p for p in places if p.weight >= 0.6 * unit.weight), None)
        if town is None or (town.match.rank > max(1, unit.match.rank)
                            and folded(town.entity.label_fr) != folded(unit.entity.label_fr)):
            continue  # « Tucumán » is the province's own name, and only a nickname of its city
        if _around(unit.entity, town.entity):
            town.weight += unit.weight * 0.97
            unit.weight *= 0.03


def _around(unit: Entity, town: Entity) -> bool:
    if unit.key in town.parents:
        return True
    if unit.kind is Kind.ADMIN2 and set(unit.parents) & set(town.parents):
        return True
    reach = _CITY_KM if (town.population or 0) >= _CITY else _SEAT_KM[unit.kind]
    return _distance(unit, town) < reach


def _distance(a: Entity, b: Entity) -> float:
    """Kilometres on a plane, near enough for neighbours; infinite where a position lacks."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return float("inf")
    return 111.2 * hypot(a.lat - b.lat, (a.lon - b.lon) * cos(radians(a.lat)))
