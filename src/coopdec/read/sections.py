"""The heading that a table, or a run of lines, stands under: « Mali », « Région Bretagne ».

A heading holds for what stands below it until the next of its kind. One of an outer kind ends
the inner one: under « Bretagne » a new country is named, or none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from coopdec.model import Kind
from coopdec.read.cells.leads import leads_of, opens_lead
from coopdec.read.oddities.outside import any_french
from coopdec.reference import Gazetteer
from coopdec.text import collapse, fold

__all__ = ["Sections", "is_region", "titled"]

#: So many lines above a table may be its headings.
_NEAR = 6
_LONGEST = 60
_MARKS = re.compile(r"^[\W\d_]+|[\s:;.*#=_–—»”\"-]+$")
_COUNT = re.compile(r"[\s:–—-]*\(?\s*\b\d{1,4}\s+(?:projets?|laur[ée]ats?|projects?|actions?)\b.*$",
                    re.IGNORECASE)
#: What is no region ends the one above: « Outre-mer », « Projets multi-régions ».
_NO_REGION = re.compile(r"(?:(?:les )?(?:projets? |collectivites? )?(?:d |des |de l |en )?"
                        r"(?:outre ?mers?|dom(?: tom)?|drom(?: com)?|ultramarin[es]*|"
                        r"(?:multi|inter) ?region(?:s|aux|al)?|national|nationaux|"
                        r"autres(?: regions)?|hors region))")
_YEAR = re.compile(r"(?:(?:ann[ée]e|exercice|[ée]dition|year)\s*:?\s*)?((?:19|20)\d\d)\s*:?",
                   re.IGNORECASE)
#: « Projets de coopération décentralisée 2023 », « Appel à projets 2022 – lauréats », folded:
#: words of lists around the only figures.
_OF_LIST = re.compile(
    r"(?=(?:\w+ )*?(?:projets?|actions|laureats?|subventions?|aides?|dossiers?|programmation"
    r"|cooperations?|jumelages?|projects?|grants?|aap)\b)"
    r"(?:(?:liste|tableau|bilan|appels?|call|projets?|actions?|laureats?|subventions?|aides?|dossiers?"
    r"|programmation|cooperations?|jumelages?|projects?|grants?|aap|decentralisees?|decentralized"
    r"|decentralised|cooperation|internationales?|solidarite|soutenue?s?|retenue?s?|financee?s?"
    r"|attribuee?s?|accordee?s?|supported|funded|annee|exercice|year|a|of|for|in|the|des?|du|la"
    r"|les?|l|d|en|et) )+((?:19|20)\d\d)(?: [^\d]*)?")
_LABEL = re.compile(r"^(?:pays(?: partenaire)?|country|r[ée]gion(?: fran[çc]aise)?)\s*:\s*"
                    r"|^groupe[- ]pays\s*:?\s+(?=\w)"
                    r"|^(?:en|dans la) (?=r[ée]gion\b)", re.IGNORECASE)

_BESIDE, _INSIDE = re.compile(r"\bavec\b"), re.compile(r"\(([^()]+)\)")
_NUMBERED = re.compile(r"(.+?)\s*\(\d[\dAB]\d?\)")


@dataclass(slots=True)
class Sections:
    """``now``: role (``country``, ``region``, ``lead``, ``year``) → the words of the heading that
    holds, and the line where it stands, 0 above a table; ``named``: the one that is a table's name;
    ``people``: the one that a header tells."""

    places: Gazetteer
    now: dict[str, tuple[str, int]] = field(default_factory=dict)
    named: tuple[str, int] | None = None
    people: tuple[str, int] | None = None

    def country(self, other: str = "") -> str:
        """The heading of a country that holds, else another's."""
        return self.now.get("country", (other, 0))[0]

    def enter(self, name: str | None, above: Iterable[str]) -> None:
        """A table by its name (of a sheet, of a key), and the words above it. What only the
        name of the table before said holds no longer, nor, below other words, the year that
        stood above it."""
        if name:
            self.now = {role: heading for role, heading in self.now.items()
                        if heading != self.named and role != "lead"}
        near, year = list(above)[-_NEAR:], self.now.get("year")
        for i, text in enumerate(near):  # a year right above the table, or its headings
            self.take(titled(text), years=all(map(self.role, near[i + 1 :])))
        if near and year is not None and not year[1] and self.now.get("year") is year:
            del self.now["year"]
        before = dict(self.now)
        if name and self.take(titled(name), years=True):
            self.named = next(
                (h for role, h in self.now.items() if before.get(role) is not h), None)

    def of_header(self, country: str | None) -> None:
        """The country that a header names by its people: holds until the next header."""
        self.now = {role: h for role, h in self.now.items() if h is not self.people}
        self.people = None
        found = self.places.country(country) if country else None
        if found is not None and "country" not in self.now:
            self.now["country"] = self.people = (found.label_fr, 0)

    def take(self, text: str, line: int = 0, *, years: bool = False) -> bool:
        """Whether words are a heading, which from here on holds; ``line`` of a table. ``years``:
        a year is one outside of a table, too, as the name of a sheet."""
        role = self.role(text, inside=line > 0)
        year = _year(text) if role == "year" or (years and role is None) else None
        role = "year" if year else role
        ends = role is None and "region" in self.now and len(text) <= _LONGEST and (
            _NO_REGION.fullmatch(fold(_bare(text))) is not None)
        if role is None and not ends:
            return False
        held = self.now.get("region") if role == "region" and self._is_part(_bare(text)) else None
        self._end(role or "region")
        if role:
            self.now[role] = held or (year or _bare(text), line)
        return True

    def _is_part(self, words: str) -> bool:
        """Whether « Moselle » stands under « Lorraine », a region that is no longer: it stays."""
        above = self.places.french_region(self.now["region"][0]) if "region" in self.now else None
        found = self.places.french_region(words) if above and above.replaced_by else None
        return found is not None and above is not None and found.key in above.replaced_by and (
            not is_region(words, self.places))

    def lead(self, text: str, line: int) -> bool:
        """Whether a line that stands alone in a table names a French collectivity, which from
        here on leads; « Bretagne » is no more than a region."""
        words = _bare(text) if len(text) <= _LONGEST else ""
        leads = leads_of(words, self.places)
        if not leads or not (opens_lead(words) or (
                any_french(leads, (), self.places, lone=True)
                and self.role(words, inside=True) is None)):
            return False
        self._end("lead")
        self.now["lead"] = words, line
        return True

    def _end(self, role: str) -> None:
        """A heading ends the one of its kind, and those below that one; not what the header says,
        which is below none."""
        kept: dict[str, tuple[str, int]] = {}
        ended = False
        for known, heading in self.now.items():
            ended = ended or known == role
            if not ended or (heading is self.people and known != role):
                kept[known] = heading
        self.now = kept

    def role(self, text: str, *, inside: bool = False) -> str | None:
        """What a line that stands alone names: a country, a region of France, a year, or none.
        ``inside`` a table a department stands for its region; in a letter « Paris » does not."""
        return _role(text, inside, self.places) if 0 < len(text) <= _LONGEST else None


@lru_cache(maxsize=1 << 12)
def _role(text: str, inside: bool, places: Gazetteer) -> str | None:
    if inside and _year(text):
        return "year"
    words = _bare(text)
    if _BESIDE.search(words) or any(
            (c := places.country(m[1])) and c.key != "country/FR" for m in _INSIDE.finditer(words)):
        return None  # « Nouvelle-Calédonie, avec la Province de Shefa (Vanuatu) » is a project
    country = places.country(words) if len(words) > 3 else None  # no codes
    region = places.french_region(words) if words else None
    # « La Réunion » has a country's code as well, and is a region of France.
    if country is not None and region is None:
        return None if country.key == "country/FR" else "country"
    return "region" if region is not None and (
        inside or is_region(words, places) or _is_department(words, places)) else None


def is_region(words: str, places: Gazetteer) -> bool:
    """Whether words name a region of France itself (« PACA »), and not one of its departments."""
    region = places.french_region(words)
    return region is not None and (
        fold(region.label_fr).removeprefix("la ") in fold(words)
        or any(e.kind is Kind.REGION for e in places.by_name(words, "FR")))


def _is_department(words: str, places: Gazetteer) -> bool:
    """« Haute-Garonne (31) »: with its number it is no name of a town."""
    found = _NUMBERED.fullmatch(words)
    return found is not None and bool(places.by_name(found[1], "FR", {Kind.DEPARTMENT}))


def _year(text: str) -> str | None:
    """« Année 2021 », « 2021 : 12 projets » → « 2021 »."""
    found = _YEAR.fullmatch(_COUNT.sub("", collapse(text)))
    return found[1] if found else None


def titled(text: str) -> str:
    """The year that the title of a list holds beside its words, else the words.

    >>> titled("Projets 2021"), titled("Coopérations au 31/12/2023"), titled("Projets 2021-2022")
    ('2021', 'Coopérations au 31/12/2023', 'Projets 2021-2022')
    """
    short = text[:1].isupper() and len(text) <= 2 * _LONGEST
    found = _OF_LIST.fullmatch(fold(text)) if short else None
    return found[1] if found else text


def _bare(text: str) -> str:
    """A heading without its number, its label and what it counts."""
    return _LABEL.sub("", _MARKS.sub("", _COUNT.sub("", collapse(text)))).strip()
