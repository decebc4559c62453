"""A lead cell taken apart: usually one collectivity, sometimes several."""

from __future__ import annotations

import re
from functools import lru_cache

from coopdec.model import Kind, Mention
from coopdec.read.cells.plurals import OF, each_of, own_name
from coopdec.read.cells.typed_names import NEXT
from coopdec.read.footnotes import SIGN, SIGNS
from coopdec.reference import Gazetteer
from coopdec.text import collapse, fold

__all__ = ["is_typed", "leads_of", "opens_lead", "parse_lead_cell", "without_article"]

_HARD = re.compile(r"\s*[;|]\s*|\s+[/+]\s+|\s*\n\s*(?=[-•–*]\s|[A-ZÀ-Ý])")
_SOFT = re.compile(r"\s*,\s*|\s+[-–—]\s+|\s+(?:et|and|avec|en partenariat avec|associée? à)\s+",
                   re.IGNORECASE)
_TOWNS = re.compile(r"ville(?! (?:de |d['’]))", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:la |le |les |l['’])(?=\w)", re.IGNORECASE)
#: One of the marks above, for « et » any: a cell without is one name.
_SEVERAL = re.compile(r"[;|/,+]| (?:[-–—]|et|and|avec|en|associée?) ", re.IGNORECASE)
#: « et Lorient Agglomération », after a name that is whole without it.
_TOWN = re.compile(r"^(?:(?:la|le|l) )?(?:ville|commune|mairie|departement|region|conseil) ")
_ENDS = re.compile(r"^(?:[^\W\d]+ ){1,3}(?:agglomeration|metropole|agglo)\b")
_BULLET = re.compile(r"^[-•–*]\s+")
#: « Région Grand Est (chef de file) »: who leads stands first. « Ville d'Orvault (4) »: a footnote;
#: two digits may be a department.
_FIRST = re.compile(r"\s*\((?:chefs?[ -]de[ -]file|porteu(?:r|se)(?: du projet)?|pilote"
                    r"|coordinat(?:eur|rice)|lead(?: partner)?)\)", re.IGNORECASE)
#: « Ville de Metz (France) », beside places that have their countries.
_OF_FRANCE = re.compile(r"(?<=\w)\s*\(France\)$", re.IGNORECASE)
_NOTE = re.compile(rf"\s*\([1-9]\)$|(?<=\w)\s?{SIGN}$")
#: « Consortium Ville de Dax / Ville de Pau »: what several are called that lead together.
_TOGETHER = re.compile(r"\s*(?i:consortium|groupement de collectivités)\s*(?::\s*|(?=[A-ZÀ-Ý]))")
#: « Communes de Plérin et Trégueux » are two; one name alone may hold such words.
_PLURAL = re.compile(
    r"(?:les )?(ville|commune|mairie|département|région|métropole|communauté|conseil)s "
    r"((?:de communes |d['’]agglomération |urbaines |départementaux |régionaux |généraux )?)"
    r"(?=(?:de la |de l['’]|du |des |de |d['’])?[A-ZÀ-Ý])",
    re.IGNORECASE)
_SINGULAR = {"départementaux": "départemental", "régionaux": "régional", "généraux": "général",
             "urbaines": "urbaine"}
_DEPARTMENT = frozenset({"Département", "Conseil départemental", "Conseil général"})
_EACH = re.compile(r"\s*,\s*|\s+(?:et|and|&)\s+")
#: No name has more letters: so far is looked ahead for one.
_NAME = 200
#: A commune of so many people is known by its bare name.
_TOWN_SIZE = 5_000
#: …and of so many, though a department has its name: Paris, not Vienne.
_CITY_SIZE = 100_000
#: « de Meurthe et Moselle et des Vosges » are two: the preposition comes again.
_AGAIN = re.compile(rf"(?:,|\s(?:et|and|&))\s+{OF}[A-ZÀ-Ý]")
_EACH_OF = re.compile(rf"\s*,\s*(?:et\s+)?|\s+(?:et|and|&)\s+(?={OF}[A-ZÀ-Ý])")
# A comma or « et » parts two collectivities only before a word that opens a new one:
# « Saône et Loire », « Moret Seine et Loing », « CC de la Vanne et du Pays d'Othe » are one name.
_OPENS = re.compile(
    r"^(?!(?:de|du|des) pays\b)(?:l |la |le |les |d |de |du )*(?:ville|city|town|commune|mairie|"
    r"conseil|departement|region|communaute|metropole|eurometropole|agglomeration|syndicat|pays|"
    r"collectivite|ca|cc|cu|pnr|sivom|sivu|petr|epci|s[mi]?ctom|parc naturel)\b"
)
# After a dash even these may go on with a name: « CC Chabris - Pays de Bazelle ».
_OPENS_APART = re.compile(
    r"^(?:l |la |le |les |d |de |du )*(?:ville|city|town|commune|mairie|conseil|departement|"
    r"region|syndicat|(?:communaute|metropole|eurometropole|collectivite) (?:de|d|du|des|urbaine|"
    r"europeenne|territoriale))\b"
)


def opens_lead(text: str) -> bool:
    """Whether words open as the name of a collectivity does: « Ville de », « Conseil »."""
    return _OPENS.match(fold(text)) is not None


def is_typed(name: str, places: Gazetteer) -> bool:
    """Whether a name says its type: « Ville de Tours », « Brest métropole »; not « Tours »."""
    return bool(places.split_type(name, "FR")[0] or places.split_last_type(name, "FR")[0])


@lru_cache(maxsize=1 << 14)
def parse_lead_cell(cell: str) -> tuple[Mention, ...]:
    """Each collectivity that the cell names, in printed order; not identified here.

    >>> [m.name for m in parse_lead_cell("Ville de Metz et Département de la Moselle")]
    ['Ville de Metz', 'Département de la Moselle']
    >>> [m.name for m in parse_lead_cell("Ville de Dax, Région Bretagne (chef de file)")]
    ['Région Bretagne', 'Ville de Dax']
    """
    if together := _TOGETHER.match(cell):
        cell = cell[together.end() :]
    whole = collapse(cell)
    if "\n" not in cell and not _SEVERAL.search(whole):
        name = _BULLET.sub("", whole)
        return (_mention(name),) if name else ()
    found: list[str] = []
    for hard in _HARD.split(cell):
        text = _BULLET.sub("", collapse(hard))
        at = 0
        for match in _SOFT.finditer(text):
            apart = match[0].strip() in "-–—"
            opens = _OPENS_APART if apart else _OPENS
            before = text[at : match.start()]
            after = fold(text[match.end() : match.end() + _NAME])
            if before.strip() and (opens.match(after) or (
                    not apart and _ENDS.match(after) and _is_town(fold(before[:_NAME]), after))):
                found.append(before)
                at = match.end()
                if article := _ARTICLE.match(text, at):
                    at = article.end()
        found.append(text[at:])
    printed = dict.fromkeys(name for f in found for name in _each(collapse(f)) if name)
    return tuple(sorted(map(_mention, printed), key=_is_second))


def _is_town(before: str, after: str) -> bool:
    """« Ville de Lorient », or « Nevers » before « Nevers Agglomération »."""
    return _TOWN.match(before) is not None or after.startswith(f"{before} ")


def _mention(printed: str) -> Mention:
    found = _named(printed)
    return found._replace(name=without_article(found.name or ""))


def without_article(name: str) -> str:
    """« Le Département du Lot », « la ville » without its article; « La Rochelle » as it is, and
    « La Ville du Bois », a commune."""
    article = _ARTICLE.match(name) if name[:1] in "lL" else None
    own = name[article.end() :] if article else ""
    return own if (name[:1] == "l" and own[:1].islower()) or (
        opens_lead(own) and not _TOWNS.match(own)) else name


def _named(printed: str) -> Mention:
    if "(" not in printed and printed[-1] not in SIGNS:
        return Mention(printed, printed)
    name = _OF_FRANCE.sub("", _NOTE.sub("", _FIRST.sub("", printed)).strip())
    return Mention(printed, name or printed)


def _each(name: str) -> list[str]:
    """« Communes de Plérin et Trégueux » → « Commune de Plérin », « Commune de Trégueux »."""
    if (several := _PLURAL.match(name)) is None:
        return [name]
    kind = several[1].capitalize()
    if several[2]:
        kind += f" {_SINGULAR.get(several[2].lower().strip(), several[2].strip())}"
    own = name[several.end():]
    whole = "," in own and kind in _DEPARTMENT  # « du Lot, Tarn et Garonne »
    again = own_name(own) != own and _AGAIN.search(own)
    marks = _EACH_OF if whole or again else _EACH
    return each_of(kind, filter(None, marks.split(own))) or [name]


@lru_cache(maxsize=1 << 14)
def leads_of(cell: str, places: Gazetteer) -> tuple[Mention, ...]:
    """The collectivities of a cell, « Rennes, Brest » and « Nevers et Nevers Agglomération » as
    two: where each is known, and nothing by all these words; « Crolles, Isère » is one."""
    leads = parse_lead_cell(cell)
    if NEXT.search(cell):
        leads = tuple(part for lead in leads for part in _next_to_each_other(lead, places))
    return _listed(leads, places) if _EACH.search(cell) else leads


def _next_to_each_other(lead: Mention, places: Gazetteer) -> list[Mention]:
    """« Ville de Dunkerque Ville de Calais », as a narrow column of a PDF leaves them, as two: each
    says its type and is known, and nothing by all these words."""
    parts = [_mention(part) for part in NEXT.split(lead.printed) if part]
    several = len(parts) > 1 and not places.by_name(lead.name or "", "FR") and all(
        printed and places.by_name(rest, "FR")
        for printed, rest in (places.split_type(m.name or "", "FR") for m in parts))
    return sorted(parts, key=_is_second) if several else [lead]


def _listed(leads: tuple[Mention, ...], places: Gazetteer) -> tuple[Mention, ...]:
    out: list[Mention] = []
    for lead in leads:
        name = lead.name or ""
        least = 0 if "," in name else _TOWN_SIZE  # « Caux et Austreberthe » is one
        parts = [_mention(part) for part in _EACH.split(lead.printed) if part]
        several = len(parts) > 1 and not places.by_name(name, "FR") and (
            all(_is_commune(m.name or "", least, places) for m in parts)
            or all(_is_whole(m.name or "", places) for m in parts))
        out += sorted(parts, key=_is_second) if several else [lead]
    return tuple(dict.fromkeys(out))


def _is_whole(name: str, places: Gazetteer) -> bool:
    """« Département de l'Aude », « Grand Narbonne »: known, and no name of a commune alone."""
    printed, rest = places.split_type(name, "FR")
    found = places.by_name(rest if printed else name, "FR")
    return bool(printed and found) or {e.kind for e in found} == {Kind.INTERCOMMUNALITY}


def _is_second(lead: Mention) -> bool:
    """« Brest et Rennes (chef de file) »: Rennes comes first."""
    return _FIRST.search(lead.printed) is None


def _is_commune(name: str, least: int, places: Gazetteer) -> bool:
    """Whether a name is that of a commune of so many people, or of its own intercommunality."""
    known = places.by_name(name, "FR")
    kinds = {e.kind for e in known}
    return Kind.COMMUNE in kinds and any((e.population or 0) >= least for e in known) and (
        kinds <= {Kind.COMMUNE, Kind.INTERCOMMUNALITY} or any(
            e.kind is Kind.COMMUNE and (e.population or 0) >= _CITY_SIZE for e in known))
