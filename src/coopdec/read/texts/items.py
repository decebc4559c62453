"""One project in one line of prose: « Ville de Metz – Kayes (Mali) : Accès à l'eau (12 000 €) »."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coopdec.read.cells.leads import is_typed, opens_lead, without_article
from coopdec.read.columns.roles import match
from coopdec.read.columns.sides import pair
from coopdec.read.oddities.outside import is_french
from coopdec.read.sections import is_region
from coopdec.read.texts.granted import as_item
from coopdec.read.texts.item_amounts import without_amount
from coopdec.read.texts.item_parts import (
    AND,
    all_french,
    is_abroad,
    is_either,
    is_grouping,
    is_known,
    is_place_there,
    is_there,
    leads,
    spans_of,
    two_of,
)
from coopdec.reference import Gazetteer
from coopdec.text import collapse

__all__ = ["COLUMNS", "Item", "item_of"]

COLUMNS = ("Chef de file", "Partenaire", "Titre du projet", "Montant accordé", "Coût total")

#: Where a title may begin after the place, and where the next cell of a run of cells may.
_COMMA, _CAPITALS = re.compile(r"(?<=\))[,.]\s+"), re.compile(r"(?<=\w) (?=[A-ZÀ-Ý])")
_TIGHT = re.compile(r"(?<=\S)/(?=\S)")
#: « Lyon- Ouagadougou », « Lyon –Ouagadougou »
_LOOSE = re.compile(r"(?<=\w)[–—-]\s+(?=[A-ZÀ-Ý])|\s+[–—-](?=[A-ZÀ-Ý])")
_WITHIN = re.compile(r"(?<!\s)\s*\(((?:avec|en partenariat avec)\s[^()]+)\)")
_WITH = re.compile(r"(?:en partenariat )?avec\s+(?:l['’]\s?|l[ae]s?\s+)?")
_BRACKET = re.compile(r"\([^()]*\)")
#: Both sides in brackets, and what may stand between them.
_SIDES = re.compile(r"([^()]{6,}?)[\s–:-]*\(((?:[^()]|\([^()]*\)){6,})\)\.?")
_BETWEEN = re.compile(r"\s+(?:[&/–—-]|et|and|avec)\s+|\s*[;|]\s+|,\s+")
#: Cells without a mark between them: the names, and after their country the title.
_RUN = re.compile(r"([^()|:;]+\([^()]+\)) ([A-ZÀ-Ý0-9«].{5,})")
_OPENING, _CLOSING = frozenset("«“"), re.compile(r"\s*[»”]")
_SHORTEST, _LONGEST = 12, 600
#: A name that nothing else tells is no longer.
_NAME = 60


@dataclass(frozen=True, slots=True)
class Item:
    lead: str
    partner: str
    title: str
    amount: str
    cost: str = ""
    region: str = ""
    country: str = ""
    year: str = ""

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        return self.lead, self.partner, self.title, self.amount, self.cost


def item_of(text: str, places: Gazetteer, country: str = "", *, first_leads: bool = False,
            country_apart: bool = False, apart: bool = False) -> Item | None:
    """What a line says, None where it is no project: it must name a French collectivity, a
    place abroad (or stand under ``country``), and have words left for a title. ``first_leads``:
    whoever stands first leads, known or not (« SMIRIL »), where a place abroad comes next.
    ``country_apart``: where a country stands alone, a place comes after who leads, known or not.
    Ends of lines in ``text`` part what nothing else does. ``apart``: the first of these stands
    where its line might have gone on."""
    text = _opened(text, places, country)
    line = collapse(text)
    if not _SHORTEST <= len(line) <= _LONGEST:
        return None
    if apart and (found := _below(text, places, country)):
        return found
    if granted := as_item(line):
        return _item(granted, places, country, False)
    return _item(line, places, country, first_leads, country_apart) or (
        _item("\n".join(map(collapse, text.split("\n"))), places, country, first_leads)
        if "\n" in text else None) or _after_country(line, places, country) or (
        _under_country(line, places)) or (
        _in_brackets(line, places, country)) or _unparted(line, places) or (
        _item(line.replace("/", " / "), places, country, first_leads)
        if len(_TIGHT.findall(line)) == 2 else None) or (  # both are marks
        _item(_LOOSE.sub(" – ", line), places, country, first_leads)
        if _LOOSE.search(line) else None)


def _opened(text: str, places: Gazetteer, country: str) -> str:
    """« Commune de Cotonou (avec Ville de Créteil) »: a side in brackets, without these."""
    def side(found: re.Match[str]) -> str:
        name = _WITH.sub("", found[1])
        return f" {found[1]}" if leads(name, places) or is_abroad(name, places) or (
            is_there(name, country, places)) else found[0]

    return _WITHIN.sub(side, text)


def _below(text: str, places: Gazetteer, country: str) -> Item | None:
    """A line that names both sides, and no more; the title is what stands below it."""
    first, *below = map(collapse, text.split("\n"))
    found = _item("\n".join([first, *below]), places, country, False) if below else None
    return found if found and found.lead in first and found.partner in first and (
        collapse(" ".join(below)).startswith(found.title)) else None


def _in_brackets(line: str, places: Gazetteer, country: str) -> Item | None:
    """« Un toit pour tous (Ville de Rezé & Abu Dis, Palestine) »: the sides after the title."""
    if (found := _SIDES.fullmatch(line)) is None:
        return None
    for mark in _BETWEEN.finditer(found[2]):
        both = f"{found[2][: mark.start()]} – {found[2][mark.end() :]}"
        item = _item(f"{both} : {found[1]}", places, country, False)
        if item is not None and item.title == found[1].rstrip(" .;"):
            return item
    return None


def _after_country(line: str, places: Gazetteer, country: str) -> Item | None:
    """« Mairie de Paris : Jéricho (Palestine), réseau d'eau »: the comma is the only mark."""
    for mark in _COMMA.finditer(line):
        title = line[mark.end() :]
        if (more := _BRACKET.search(title)) and is_abroad(title[: more.end()], places):
            continue  # one more place
        found = _item(f"{line[: mark.start()]} : {title}", places, country, False)
        if found is not None and found.partner.endswith(")") and collapse(title).startswith(
                found.title):
            return found
    return None


def _under_country(line: str, places: Gazetteer) -> Item | None:
    """« SÉNÉGAL. Ville de Brest et Commune de Podor : « Eau ». »: a sentence of its own."""
    first, _, rest = line.partition(". ")
    if len(first) > _NAME or not places.country(first) or places.french_region(first):
        return None
    found = _item(rest, places, first, False)
    return replace(found, country=first) if found and not found.country else None


def _unparted(line: str, places: Gazetteer) -> Item | None:
    """« Bretagne Ville de Brest Commune de Saponé (Burkina Faso) Déchets »: cells of a table that
    nothing parts any more."""
    cells = _RUN.fullmatch(line)
    if cells is None or len(spans_of(cells[1], places)) > 1 or not is_abroad(cells[1], places):
        return None
    where = cells[1].rpartition("(")[2]
    found: list[tuple[str, str, str]] = []
    for mark in _CAPITALS.finditer(cells[1]):
        lead, partner = cells[1][: mark.start()], cells[1][mark.end() :]
        if "(" in partner and (places.split_type(partner)[0] or is_there(
                partner.rpartition("(")[0], where.rstrip(") "), places)):
            region, lead = _after_region(lead, places)
            if is_known(lead, places):
                found.append((region, lead, partner))
    if not found:
        return None
    region, lead, partner = found[-1]  # « Ville de Brest » is not abroad
    return Item(lead, partner, cells[2].rstrip(" .;"), "", region=region)


def _after_region(words: str, places: Gazetteer) -> tuple[str, str]:
    """« Bretagne Ville de Brest » → its region, and who leads."""
    for mark in _CAPITALS.finditer(words):
        if opens_lead(words[mark.end() :]) and places.french_region(words[: mark.start()]):
            return words[: mark.start()], words[mark.end() :]
    return "", words


def _item(text: str, places: Gazetteer, country: str, first_leads: bool,
          country_apart: bool = False) -> Item | None:
    line = text
    text, grant, cost = without_amount(text)
    text = text.rstrip(" .;|")
    spans = spans_of(text, places, country)
    if len(spans) < 2:
        return None
    parts = [text[a:b] for a, b in spans]
    said = [i for i, part in enumerate(parts) if is_abroad(part, places)]
    # « Kayes (Mali) » is surer than a name that is one of a country.
    abroad = next((i for i in said if "(" in parts[i]), None if country else next(iter(said), None))
    leading = [i for i, part in enumerate(parts) if i != abroad and leads(part, places)
               and (part[:1].isupper() or opens_lead(part))]  # « marché » is a title
    if len(parts) > 3 and not is_typed(parts[0], places) and is_region(parts[0], places) and (
            item := _item(line[spans[1][0] :], places, country, first_leads, country_apart)):
        return replace(item, region=parts[0])  # « Bretagne | Ville de Brest | … »
    if abroad is not None and len(parts) > 3 and places.country(parts[abroad]) and (
            item := _in_country(text, spans, abroad, places, country_apart)):
        return replace(item, amount=grant, cost=cost)
    last = len(parts) - 1
    if (last > 1 or len(leading) > 1) and last in leading and (
            text[spans[-2][1] : spans[-1][0]].strip() == ":" and not opens_lead(parts[last])
            and not is_french(parts[last], (), places)):
        leading.remove(last)  # « : Puits » is a title, though there is a commune of that name
    # A name that is known is surer than « La ville des enfants ».
    known = next((i for i in leading
                  if is_known(parts[i], places) or is_grouping(parts[i], places)), None)
    lead = next(iter(leading), None) if known is None else known
    if known is None and abroad is not None and (two := two_of(text, spans[abroad], places)):
        # « Ville de Toulouse et la municipalité de Sousse (Tunisie) »
        spans[abroad : abroad + 1] = two
        parts = [text[a:b] for a, b in spans]
        lead, abroad = abroad, abroad + 1
    elif lead is None and abroad is not None and (
            both := pair(parts[abroad], country, places)) and parts[abroad] == ", ".join(both):
        # « Ville de Metz, Kayes (Mali) »
        lead, (at, to) = abroad, spans[abroad]
        spans[lead : lead + 1] = [(at, at + len(both[0])), (to - len(both[1]), to)]
        parts, abroad = [text[a:b] for a, b in spans], lead + 1
    if known is None and lead != 0 and first_leads and last > 1 and len(parts[0]) <= _NAME and (
            is_abroad(parts[1], places) or is_there(parts[1], country, places)):
        lead, abroad = 0, 1
    if abroad is None and country and (lead is None or not opens_lead(parts[lead])):
        # « Brest métropole et la ville de Thiès : Marché »
        lead = next((i for i in range(len(parts) if lead is None else lead)
                     if two_of(text, spans[i], places, country)), lead)
    if lead is None:
        return None
    if abroad is None and country and AND.search(parts[lead]) and (
            is_either(parts[lead], country, places)
            or not all_french(parts[lead], country, places)):
        # « Ville de Sète et Ville de Nador » under « Maroc »
        two = two_of(text, spans[lead], places, country)
        if not two or is_either(text[slice(*two[1])], country, places):
            return None
        spans[lead : lead + 1] = two
        parts = [text[a:b] for a, b in spans]
        abroad = lead + 1
    if abroad is None and country and len(parts) > 2:
        # « Commune de Cotonou, avec Ville de Créteil : berges »; « Ville de Metz | Eau – Kayes »
        abroad = next((i for i in range(lead) if is_there(parts[i], country, places)), None)
        if abroad is None and [i for i in range(lead + 1, len(parts)) if is_place_there(
                parts[i], country, places)] == [len(parts) - 1]:
            abroad = len(parts) - 1
    if abroad is None and country and len(parts) > 2:
        abroad = _next_to(lead, parts, country, places)
    rest = [i for i in range(len(parts)) if i not in (lead, abroad)]
    if not rest or abroad == lead or (abroad is None and not country) or (
            rest != list(range(rest[0], rest[-1] + 1))):
        return None
    first, last = spans[rest[0]][0], spans[rest[-1]][1]
    if len(rest) > 1 and text[:first].rstrip()[-1:] in _OPENING and (
            end := _CLOSING.search(text, first, last)):
        last = end.start()  # « Pêche durable » – 1er prix
    title = collapse(text[first:last])
    _, role, exact = match(title)
    if role in ("lead", "partner", "country") and (exact or rest[0] == 0):
        return None  # a field of a fiche; « Kayes : appui à la maîtrise d'ouvrage » is none
    if abroad is None and is_place_there(title, country, places):
        return None  # « Ville de Caen – Ville de Tlemcen » under « Algérie »: its title is below
    return Item(without_article(parts[lead]), parts[abroad] if abroad is not None else "", title,
                grant, cost)


def _next_to(lead: int, parts: Sequence[str], country: str, places: Gazetteer) -> int | None:
    """The part after who leads, for a place that names no country: not « 3 mai ». ``lead`` where
    another is the only one known there, and nothing tells the title: « Ville de Metz – Eau – Ville
    de Kayes – 9 000 € – Bretagne » under « Mali »."""
    after = range(lead + 1, len(parts))
    named = [i for i in after if is_place_there(parts[i], country, places)]
    return lead if len(named) == 1 and named[0] > lead + 1 else next(
        (i for i in after[:-1] if not parts[i].lstrip()[:1].isdecimal()), None)


def _in_country(text: str, spans: list[tuple[int, int]], at: int, places: Gazetteer,
                any_place: bool) -> Item | None:
    """« Maroc – Ville d'Agen – Commune de Tiznit : Arganier »: a country alone is that of a place
    in another part."""
    country = text[slice(*spans[at])]
    before = [text[: spans[at - 1][1]]] if at else []
    after = [text[spans[at + 1][0] :]] if at + 1 < len(spans) else []
    item = _item(" – ".join([*before, *after]), places, country, False)
    if item is None or not item.partner or not (
            any_place or is_there(item.partner, country, places)):
        return None
    return replace(item, country=country)
