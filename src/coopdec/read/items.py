"""One project in one line of prose: « Ville de Metz – Kayes (Mali) : Accès à l'eau (12 000 €) »."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coopdec.read.leads import opens_lead, parse_lead_cell
from coopdec.read.outside import FRENCH, is_french
from coopdec.read.partners import parse_partner_cell
from coopdec.read.roles import match, role_of, wording_of
from coopdec.read.sides import pair
from coopdec.reference import Gazetteer
from coopdec.text import collapse

__all__ = ["COLUMNS", "Item", "item_of"]

COLUMNS = ("Chef de file", "Partenaire", "Titre du projet", "Montant accordé", "Coût total")

_PARTED = re.compile(
    r"\s+[–—→↔-]\s+|\s*[:|;]\s+|\s+/\s+|\s*[«»“”]\s*"
    r"|,?\s+pour\s+(?:son|le|leur|un)\s+projet\b(?:\s+intitulé)?\s*:?\s*"
    r"|(?:,?\s+|(?<=[»”]\s))(?:avec|en partenariat avec|en coopération avec|et son partenaire|with"
    r"|(?:est\s+)?(?:porté|proposé|présenté|mené|piloté|conduit|initié|soutenu)e?s?\s+par"
    r"|mise?\s+en\s+œuvre\s+par|led\s+by)\s+"
    r"(?:l['’]\s?|l[ae]s?\s+)?")
_MONEY = re.compile(
    r"(?:[\s,]+(?:doté|financé|soutenu|subventionné|aidé)e?s?\s+(?:de|à hauteur de)"
    r"|[\s,]+(?:pour|d['’])\s?un montant de|[\s,]+à hauteur de)?"
    r"[\s,;:–—-]*\(?\s*((?:\d[\d\s.,\u00a0\u202f]*)\s?(?:[kM]?€|[kM]?\s?euros?|EUR|F\s?CFA))\s*\)?"
    r"[\s.;]*$", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:l['’]|la |le |les )(?=[a-zà-ÿ])")
_AND = re.compile(r"\s+(?:et|and)\s+(?:l['’]\s?|l[ae]s?\s+)?")
#: Where the words that say what an amount is may begin, and how long they are.
_CAPITAL, _LABEL = re.compile(r"(?<![^\s(])[A-ZÀ-Ý]"), 45
_ONE_MORE = re.compile(r"(\w+) (?:d[eu]s? |la |[dl]['’])*")
#: « Le projet « Eau », porté par… » says no more than its title.
_PROJECT = re.compile(r"\W*(?:(?:le|un|the) )?(?:projet|project)(?: intitulé)?\W*", re.IGNORECASE)
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

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        return self.lead, self.partner, self.title, self.amount, self.cost


def item_of(text: str, places: Gazetteer, country: str = "", *, first_leads: bool = False
            ) -> Item | None:
    """What a line says, None where it is no project: it must name a French collectivity, a
    place abroad (or stand under ``country``), and have words left for a title. ``first_leads``:
    whoever stands first leads, known or not (« SMIRIL »), where a place abroad comes next."""
    if not _SHORTEST <= len(text) <= _LONGEST:
        return None
    amount, label = "", None
    if money := _MONEY.search(text):
        text, amount = text[: money.start()], money[1]
        if ":" in money[0]:
            text, label = _unlabelled(text)
    text = text.rstrip(" .;")
    spans = _spans(text)
    if len(spans) < 2:
        return None
    parts = [text[a:b] for a, b in spans]
    said = [i for i, part in enumerate(parts) if _abroad(part, places)]
    # « Kayes (Mali) » is surer than a name that is one of a country.
    abroad = next((i for i in said if "(" in parts[i]), None if country else next(iter(said), None))
    leads = [i for i, part in enumerate(parts) if i != abroad and _leads(part, places)]
    last = len(parts) - 1
    if last > 1 and last in leads and text[spans[-2][1] : spans[-1][0]].strip() == ":" and (
            not opens_lead(parts[last]) and not is_french(parts[last], (), places)):
        leads.remove(last)  # « : Puits » is a title, though there is a commune of that name
    # A name that is known is surer than « La ville des enfants ».
    known = next((i for i in leads if is_french(parts[i], (), places, lone=True)), None)
    lead = next(iter(leads), None) if known is None else known
    if known is None and abroad is not None and (two := _two(text, spans[abroad], places)):
        # « Ville de Toulouse et la municipalité de Sousse (Tunisie) »
        spans[abroad : abroad + 1] = two
        parts = [text[a:b] for a, b in spans]
        lead, abroad = abroad, abroad + 1
    if known is None and lead != 0 and first_leads and last > 1 and len(parts[0]) <= _NAME and (
            _abroad(parts[1], places) or _is_there(parts[1], country, places)):
        lead, abroad = 0, 1
    if lead is None:
        return None
    if abroad is None and country and _AND.search(parts[lead]) and not _all_french(
            parts[lead], places):
        # « Ville de Sète et Ville de Nador » under « Maroc »
        two = _two(text, spans[lead], places, country)
        if not two:
            return None
        spans[lead : lead + 1] = two
        parts = [text[a:b] for a, b in spans]
        abroad = lead + 1
    if abroad is None and country and len(parts) > 2:
        abroad = next((i for i in range(lead + 1, len(parts) - 1)
                       if not parts[i].lstrip()[:1].isdecimal()), None)  # « 3 mai » is no place
    rest = [i for i in range(len(parts)) if i not in (lead, abroad)]
    if not rest or (abroad is None and not country) or rest != list(range(rest[0], rest[-1] + 1)):
        return None
    first, last = spans[rest[0]][0], spans[rest[-1]][1]
    if len(rest) > 1 and text[:first].rstrip()[-1:] in _OPENING and (
            end := _CLOSING.search(text, first, last)):
        last = end.start()  # « Pêche durable » – 1er prix
    title = collapse(text[first:last])
    _, role, exact = match(title)
    if role in ("lead", "partner", "country") and (exact or rest[0] == 0):
        return None  # a field of a fiche; « Kayes : appui à la maîtrise d'ouvrage » is none
    return Item(_ARTICLE.sub("", parts[lead]), parts[abroad] if abroad is not None else "", title,
                *(("", amount) if label == "cost" else (amount, "")))


def _two(text: str, span: tuple[int, int], places: Gazetteer, country: str = ""
         ) -> list[tuple[int, int]]:
    """A part that « et » makes of who leads and of a place abroad, as two; [] for another.
    Under the heading of a ``country`` the place names none itself."""
    for mark in _AND.finditer(text, *span):
        before, after = text[span[0] : mark.start()], text[mark.end() : span[1]]
        if _leads(before, places) and (_abroad(after, places) or (
                country and pair(f"{before} / {after}", country, places))):
            return [(span[0], mark.start()), (mark.end(), span[1])]
    return []


def _all_french(part: str, places: Gazetteer) -> bool:
    """Whether « et » is within one name, or between names that are all French."""
    return is_french(part, (), places, lone=True) or all(
        is_french(m.name or "", (), places, lone=True) for m in parse_lead_cell(part)
        ) or not any(is_french(part[: m.start()], (), places, lone=True)
                     for m in _AND.finditer(part))


def _unlabelled(text: str) -> tuple[str, str | None]:
    """The text without the words at its end that say what an amount is, and the role that they
    name: « … Montant accordé », « … Coût total du projet »."""
    starts = [m.start() for m in _CAPITAL.finditer(text, max(0, len(text) - _LABEL))]
    while starts and role_of(text[starts[-1]:]) not in ("grant", "cost"):
        starts.pop()
    if not starts:
        return text, None
    at = starts.pop()
    # « Subvention du MEAE »
    if starts and (more := _ONE_MORE.fullmatch(text, starts[-1], at)) and role_of(more[1]):
        at = starts[-1]
    return text[:at].rstrip(" .,;(–—-"), role_of(text[at:])


def _spans(text: str) -> list[tuple[int, int]]:
    """Where its parts stand; marks inside of brackets part nothing."""
    found, at = [], 0
    for mark in _PARTED.finditer(text):
        before = text[at : mark.start()]
        if before.count("(") > before.count(")"):
            continue
        if before.strip(" ,") and not _PROJECT.fullmatch(before):
            found.append((at, mark.start()))
        at = mark.end()
    if text[at:].strip():
        found.append((at, len(text)))
    return found


def _abroad(part: str, places: Gazetteer) -> bool:
    if len(part) > 200:
        return False
    found = parse_partner_cell(part, places, "")
    return bool(found.mentions) and not found.problems and all(
        m.country and m.country not in FRENCH for m in found.mentions)


def _is_there(part: str, country: str, places: Gazetteer) -> bool:
    """Whether a part opens with the type of a place, or is known, in the country of a heading."""
    found = parse_partner_cell(part, places, country) if country else None
    return found is not None and bool(found.mentions) and all(
        m.name and (m.type or places.by_name(m.own_name or m.name, m.country))
        for m in found.mentions)


def _leads(part: str, places: Gazetteer) -> bool:
    return len(part) <= 120 and wording_of(part) != "lead" and (
        opens_lead(part) or is_french(part, (), places, lone=True))
