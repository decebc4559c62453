"""One reconciliation query → scored, explained candidates.

Places are judged by :mod:`coopdec.resolve`, whose scores are calibrated; here a score is
that times 100, and ``match`` is true only where resolve would publish the link: a wrong link
is worse than none. What only our data know (projects, institutions, places as printed) is
compared by its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from coopdec.model import Candidate, Entity, Kind, Mention, Query, Side
from coopdec.read.cells.codes import official_code
from coopdec.reference import Gazetteer
from coopdec.resolve import CERTAIN, resolve
from coopdec.text import fold
from coopdec.web.reconcile.entities import Known, by_code, of_reference, same_country
from coopdec.web.reconcile.own import Own
from coopdec.web.reconcile.properties import CODES
from coopdec.web.reconcile.queries import Asked
from coopdec.web.reconcile.types import FRENCH, TYPES, level_kinds, with_narrower

__all__ = ["Found", "candidates"]

#: Where nothing says which kind of thing is meant, a rival of this score forbids a match.
_RIVAL = 70.0
_LEAST = 5.0
#: What bears the same name in our data counts so much where the name alone is not enough.
_NAMESAKE = 0.9
_ABROAD = frozenset({"Partner", "PartnerTerritory"})


@dataclass(slots=True)
class Found:
    """``score`` 0 to 100; ``features``: identifier → number or truth value."""

    known: Known
    score: float
    chosen: bool = False
    match: bool = False
    features: dict[str, float | bool] = field(default_factory=dict)


def candidates(asked: Asked, own: Own, base: str) -> list[Found]:
    """Best first, at most ``asked.limit``."""
    soft = asked.strict == "should"
    wanted = with_narrower(asked.types) if asked.types else frozenset(TYPES)
    places = own.places
    country = _country(asked, places)
    found: dict[str, Found] = {}
    for one in _all(asked, frozenset(TYPES) if soft else wanted, country, own, base):
        fits = one.known.type in wanted
        if asked.strict == "all" and not set(asked.types) <= set(one.known.types):
            continue
        if asked.types:
            one.features["type_match"] = fits
            if not fits:
                if not soft:
                    continue
                one.score, one.chosen = one.score / 2, False
        before = found.get(one.known.id)
        if before is None or one.score > before.score:
            found[one.known.id] = one
    kept = [f for f in found.values() if _agrees(f, asked, country, own) and f.score >= _LEAST]
    kept.sort(key=lambda f: (-f.score, -(f.known.projects or 0), f.known.id))
    if kept and kept[0].chosen:
        least = _RIVAL if not asked.types else 100 * CERTAIN * _NAMESAKE
        if kept[0].features.get("type_fits") and (asked.types or country):
            least = 101.0  # a word for its level was weighed: namesakes of other levels are none
        rivals = [f for f in kept[1:] if f.chosen or f.score >= least]
        kept[0].match = not rivals
    return kept[: asked.limit]


def _country(asked: Asked, places: Gazetteer) -> str | None:
    for value in asked.properties.get("country", ()):
        if iso := same_country(value, places):
            return iso
    return None


def _all(asked: Asked, wanted: frozenset[str], country: str | None, own: Own,
         base: str) -> Iterator[Found]:
    places = own.places
    for entity in _identified(asked, base, places):
        yield Found(own.placed(of_reference(entity)), 100.0, True, features={"identifier": True})
    for path in (asked.query.removeprefix(base), *asked.properties.get("id", ())):
        if "/" in path and (known := own.get(path.removeprefix(base))):
            yield Found(known, 100.0, True, features={"identifier": True})
    if not asked.query:
        return
    for query in _questions(asked, wanted, country):
        answer = resolve(query, places)
        for candidate in answer.candidates:
            yield _of_reference(candidate, candidate is answer.chosen, asked.query, own)
    yield from _by_name(asked, wanted, country, own)


def _identified(asked: Asked, base: str, places: Gazetteer) -> list[Entity]:
    """What a code stands for, in the query or in a property that holds one."""
    found = by_code(asked.query, base, places) if asked.query else []
    for value in asked.properties.get("id", ()):
        found += by_code(value, base, places)
    for pid in ("inseeCode", "siren", "iso3166_2"):
        for value in asked.properties.get(pid, ()):
            code = _code(pid, value)
            found += [e for e in by_code(code, base, places) if e.ids.get(CODES[pid]) == code]
    for pid in ("iso2", "iso3", "wikidata"):
        for value in asked.properties.get(pid, ()):
            found += [e for e in [places.country(_bare(value))] if e]
    for value in asked.properties.get("geonames", ()):
        if value.isascii() and value.isdecimal() and (entity := places.entity(f"gn/{value}")):
            found.append(entity)
    return list({e.key: e for e in found}.values())


def _questions(asked: Asked, wanted: frozenset[str], country: str | None) -> Iterator[Query]:
    """The questions for the reference: one for each side that may be meant."""
    values = asked.properties
    word = (values.get("printedType") or values.get("type") or (None,))[0]
    region = (values.get("region") or values.get("department") or (None,))[0]
    if region is not None:
        region = region.rpartition("/")[2]
    if wanted & FRENCH and country in (None, "FR"):
        narrow = wanted if len(wanted) < len(TYPES) else frozenset({"Collectivity"})
        kinds = level_kinds(narrow & FRENCH)
        posted = tuple(code for value in values.get("postcode", ())
                       if (code := official_code("lead_postcode", value)))
        yield Query(asked.query, Side.FRENCH, kind=kinds[0] if len(kinds) == 1 else None,
                    region=region, type=word, codes=posted)
    if "Country" in wanted:
        yield Query(asked.query, Side.PARTNER, kind=Kind.COUNTRY)
    if wanted & _ABROAD and country != "FR":
        within = tuple(Mention(v, v) for v in values.get("within", ()) if "/" not in v)
        yield Query(asked.query, Side.PARTNER, country=country, type=word, within=within)


def _of_reference(candidate: Candidate, chosen: bool, words: str, own: Own) -> Found:
    features: dict[str, float | bool] = {
        "name_similarity": _alike(words, (candidate.entity.label_fr,
                                          candidate.entity.label_en or ""))}
    for code, params in candidate.reason:
        name = code.removeprefix("link-").replace("-", "_")
        if name == "homonyms":
            features["homonyms"] = int(params["n"])
        else:
            features[name] = True
    if candidate.entity.population:
        features["population"] = candidate.entity.population
    return Found(own.placed(of_reference(candidate.entity)), round(100 * candidate.score, 2),
                 chosen, features=features)


def _by_name(asked: Asked, wanted: frozenset[str], country: str | None, own: Own
             ) -> Iterator[Found]:
    """What only our data know. A match is the same name, of one thing, and, for what is
    abroad, in the country that the client states: every country has a ministry of health."""
    found: list[Known] = []
    if wanted - {"Project"}:
        found += [k for k in own.named(asked.query, partly=True) if k.type in wanted]
    if "Project" in wanted:
        found += own.projects(asked.query, partly="Project" in asked.types)
    same = fold(asked.query)
    equal = [k for k in found if same and any(fold(n) == same for n in k.labels.values())]
    for known in found:
        alike = _alike(asked.query, known.labels.values())
        abroad = known.type in _ABROAD or known.type == "PartnerInstitution"
        sure = (len(equal) == 1 and known is equal[0] and known.entity is None
                and (country == known.country if abroad else True)
                and (known.type != "Project" or " " in same))
        # What the reference knows, it judges: here it is a rival at most.
        score = min(alike, 99.0) * (1 if sure else _NAMESAKE)
        yield Found(known, round(score, 2), sure, features={"name_similarity": alike})


def _alike(words: str, names: Iterable[str]) -> float:
    return max((_ratio(fold(words), fold(n)) for n in names if n), default=0.0)


@lru_cache(maxsize=1 << 14)
def _ratio(asked: str, name: str) -> float:
    from rapidfuzz import fuzz

    # A few words of a long title are no title: the set ratio alone would call them equal.
    share = min(len(asked), len(name)) / max(len(asked), len(name), 1)
    alike = max(fuzz.ratio(asked, name), fuzz.token_sort_ratio(asked, name),
                fuzz.token_set_ratio(asked, name) * (0.4 + 0.5 * share))
    return round(float(alike), 1)


def _agrees(found: Found, asked: Asked, country: str | None, own: Own) -> bool:
    """Whether what the client states fits; what contradicts an official code goes, what
    contradicts another statement loses."""
    known, entity = found.known, found.known.entity
    found.features["in_data"] = known.projects is not None or known.type == "Project"
    if known.projects:
        found.features["projects"] = known.projects
    if country is not None and known.type != "Project":
        found.features["country_match"] = known.country == country
        if known.country not in (None, country):
            return False
    for pid, name in CODES.items():
        stated = asked.properties.get(pid)
        held = entity.ids.get(name) if entity is not None else None
        if not stated or held is None:
            continue
        fits = held.upper() in {_code(pid, v) for v in stated}
        found.features[f"{pid}_match"] = fits
        if not fits:
            return False
        found.score, found.chosen = 100.0, True
    if known.type == "Project":
        _project_agrees(found, asked, own)
    return True


def _project_agrees(found: Found, asked: Asked, own: Own) -> None:
    pids = {"lead", "partner", "country", "region", "theme", "call", "session"}
    stated = {pid: values for pid, values in asked.properties.items() if pid in pids}
    if not stated:
        return
    for pid, values in stated.items():
        names = {fold(n) for path in found.known.facets.get(pid, ()) for n in _names(path, own)}
        fits = any(fold(_bare(v)) in names or fold(v) in names for v in values)
        found.features[f"{pid}_match"] = fits
        if not fits:
            found.score, found.chosen = round(found.score * 0.7, 2), False


def _names(path: str, own: Own) -> Iterator[str]:
    yield path
    yield path.rpartition("/")[2]
    if (known := own.index.entity(path)) is not None:
        yield from known.labels.values()
        if known.code:
            yield known.code


#: What spreadsheets make of these codes, and the SIRET of a SIREN, are understood.
_ROLES = {"inseeCode": "lead_insee", "siren": "lead_siren"}


def _code(pid: str, value: str) -> str:
    """A code in its normal form, without the address before it."""
    code = official_code(_ROLES[pid], _bare(value)) if pid in _ROLES else None
    return code.value if code else _bare(value).upper()


def _bare(value: str) -> str:
    """An identifier without the address before it."""
    return value.rstrip("/").rpartition("/")[2] if "://" in value else value

