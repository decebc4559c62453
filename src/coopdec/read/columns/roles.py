"""Which role a column plays, told by the words of its header, in any order; what columns beside
one another play is told in :mod:`coopdec.read.columns.column_roles`.

The words stand in ``roles.toml`` beside this file: a new wording is a line of data.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from coopdec.read.cells.nationalities import names_people
from coopdec.read.columns.code_columns import code_role
from coopdec.read.columns.header_parts import says_of, singular
from coopdec.read.columns.role_words import (
    is_about_people,
    is_body,
    names_department,
    role_by_words,
)
from coopdec.text import fold

__all__ = ["PERSONAL", "PLACES", "REQUIRED", "bare", "by_words", "department", "folded",
           "header_words", "is_fund", "is_further", "is_of_its_group", "match", "names_a_body",
           "names_a_department", "names_both", "names_french_partners", "plain", "role_of", "roles",
           "says_twice", "spans", "stem", "wording_of"]

#: Every list must say who leads and what the project is called.
REQUIRED = ("lead", "title")
#: …and at least one of these must say where.
PLACES = ("partner", "country")
#: Names, e-mails and telephones of people: never kept.
PERSONAL = "personal"

_PLURAL = re.compile(r"\((?:s|e|es|x|ies|aux)\)|·(?:e|es|s)\b", re.IGNORECASE)
#: « Action 2023 », « Projets (2019-2021) »
_YEAR = re.compile(r"\s*\(?\b(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)?\d\d)?\)?\s*$")
_NUMBERED = re.compile(r"\s*(?:n\s?[°o]\s?)?\(?[1-9]\d?\)?\s*$", re.IGNORECASE)
#: What a header says of its unit, which is none of its role.
_UNIT = re.compile(r"[\s_]*\(?\b(?:(?:en|in)\s+)?(?:milliers?\s+d['’]\s?)?"
                   r"(?:[kM]?€|[kM]?\b(?:EUR|euros?|F\s?CFA|XOF|XAF|USD)\b)\)?\s*$", re.IGNORECASE)
#: « FICOL (k€) », an acronym; not « SOLDE (€) »
_FUND = re.compile(
    r"\s*(?:dont\s+)?(?!(?:TOTAL|TTC|HT|AUTRES?|SOLDE|RESTE|APPORTS?|RECETTES?|CHARGES?|PARTS?)\b)"
    rf"[A-ZÉ]{{3,8}}\W(?:[\s(]*€\)?|{_UNIT.pattern})")
_TAXES = re.compile(r"\s*\(?\b(?:TTC|HT|hors taxes?)\b\)?")
_PARTS = re.compile(r"\s*[/|–—()]\s*|\s+-\s+|\s+(?:et|and|&|ou|or)\s+", re.IGNORECASE)
#: « chefDeFile »
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý][a-zà-ÿ])")
_PART = re.compile(r"^(libelle|nom) part$")
#: Roles that the type, the date or the share of a thing does not play.
_NOT_OF = frozenset({"lead", "partner", "country", "title", "grant", "cost", "operator"})
#: …and that no amount does: « Contrepartie locale (€) », « Année 2018 (€) ».
_WORDS = _NOT_OF - {"grant", "cost"} | {"cofunders", "year", "start", "end", "period"}
#: A longer text is no header.
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class _Words:
    """Folded headers that name a role exactly, folded phrases that a header of it holds,
    and phrases that take a header from it all the same."""

    exact: frozenset[str]
    holds: tuple[str, ...]
    without: tuple[str, ...]
    many: bool
    further: frozenset[str]


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(files("coopdec.read.columns").joinpath("roles.toml").read_text("utf-8"))


@cache
def _short() -> Mapping[str, str]:
    return dict(pair.split(maxsplit=1) for pair in _table()["short"])


@cache
def roles() -> Mapping[str, _Words]:
    """Role → its words; ``many`` where several columns may play it."""
    return {
        role: _Words(frozenset(map(fold, words.get("exact", ()))),
                     tuple(map(fold, words.get("holds", ()))),
                     tuple(map(fold, words.get("without", ()))), words.get("many", False),
                     frozenset(singular(folded(w)) for w in words.get("further", ())))
        for role, words in _table().items() if isinstance(words, dict)
    }


@cache
def _headers(key: str) -> frozenset[str]:
    return frozenset(map(fold, _table()[key]))


@lru_cache(maxsize=1 << 10)
def folded(header: str) -> str:
    """As wordings are compared; "" for what is too long to be a header."""
    if len(header) > _LONGEST:
        return ""
    words = fold(_CAMEL.sub(" ", _PLURAL.sub("", header))).split()
    whole = " ".join(_short().get(word, word) for word in words)
    # « LIB_PART », and not a part of the money.
    return _PART.sub(r"\1 partenaire", whole) if "part" in words else whole


def bare(header: str) -> str:
    """Without what follows its words: a number (« Partenaire 2 »), a unit (« en € », « TTC »), a
    year."""
    if len(header) > _LONGEST:
        return ""
    return _NUMBERED.sub("", _YEAR.sub("", _UNIT.sub("", _TAXES.sub("", header))))


def plain(header: str) -> str:
    """As single words are asked about: folded, without what follows them."""
    return folded(bare(header))


def stem(header: str) -> str:
    """What a numbered header has in common with its fellows: « Partenaire 2 » →
    « partenaire »; "" without a number."""
    return folded(_NUMBERED.sub("", header)) if _NUMBERED.search(header) else ""


def is_further(header: str, role: str) -> bool:
    """Whether a column holds more of what another column of this role holds."""
    words = singular(plain(header))
    return bool(words) and words in roles()[role].further


def names_french_partners(header: str) -> bool:
    """Whether a header means French bodies beside who leads: « French partners »."""
    return role_of(header) == "lead" and any(
        word.startswith(("partena", "partner")) for word in folded(header).split())


def names_a_department(header: str) -> bool:
    """Whether a header means a department of who leads: « Dépt », « Code département »."""
    return names_department(folded(header))


def department(cell: str) -> str:
    """A cell of such a column so that its number is not taken for a region's.

    >>> department("93"), department("Savoie (73)")
    ('Département 93', 'Savoie (73)')
    """
    return f"Département {cell}" if cell[:1].isdecimal() and cell.isalnum() else cell


def names_a_body(header: str) -> bool:
    """Whether a header names a body, French or not: « Commune », « Collectivité locale »."""
    return is_body(plain(header))


@cache
def header_words() -> frozenset[str]:
    """The wordings of headers as they are printed, with a capital."""
    return frozenset(word[:1].upper() + word[1:] for words in _table().values()
                     if isinstance(words, dict) for word in words.get("exact", ()))


def is_fund(header: str) -> bool:
    """Whether a header means what a fund gives: « FICOL (k€) »."""
    return bool(_FUND.fullmatch(header))


def is_of_its_group(header: str) -> bool:
    """Whether a header says nothing that the one above it would not: « Nom »."""
    return folded(header) in _headers("of_its_group")


def names_both(header: str) -> bool:
    """Whether a header may mean both sides: « Jumelage »."""
    return plain(header) in _headers("of_both")


@lru_cache(maxsize=1 << 10)
def match(header: str) -> tuple[int, str | None, bool]:
    """How many letters of the header tell its role, the role, whether they are all of it."""
    words = folded(header)
    if not words or "%" in header:  # « Subvention (%) » is no amount
        return 0, None, False
    for role, known in roles().items():
        if words in known.exact:
            return len(words), role, True
    padded = f" {words} "
    held = [
        (role == PERSONAL, len(phrase), role)
        for role, known in roles().items()
        for phrase in known.holds
        if f" {phrase} " in padded and not any(f" {w} " in padded for w in known.without)
        and not (role in _NOT_OF and says_of(padded, phrase, body=role in ("lead", "partner")))
    ]
    if not held:
        return 0, None, False
    _, length, role = max(held)
    return length, _sided(role, words), False


def _sided(role: str | None, words: str) -> str | None:
    """« Porteur marocain » is the partner of « Porteur français »."""
    is_abroad = role == "lead" and names_people(words.rpartition(" ")[2])
    return "partner" if is_abroad and " franc" not in f" {words}" else role


def wording_of(text: str) -> str | None:
    """The role of a known wording in these words, without asking what single words may mean:
    « Design et territoires » is no header."""
    return match(text)[1]


def role_of(header: str, group: str = "") -> str | None:
    """The role that a header's words give, None where they give none.

    An exact wording wins; otherwise the longest phrase held, so that « Région de la
    collectivité chef de file » is a region and not a lead. ``group`` is the header above
    it, which it may go on with or which may span several columns.

    >>> role_of("Collectivité territoriale française chef de file")
    'lead'
    >>> role_of("Région de France")
    'region'
    >>> role_of("Nom", "Partenaire étranger"), role_of("du projet", "Titre")
    ('partner', 'title')
    """
    role = _role_of(header, group)
    return None if role in _WORDS and ("€" in header or _UNIT.search(header)) else role


def _role_of(header: str, group: str) -> str | None:
    _, own, exact = match(header)
    if not exact and (shorter := bare(header)) != header:
        _, without, exact = match(shorter)
        if without == "year":  # « Année 2021 » tells none
            return None
        own = without or own
    if not exact and code_role(header):
        return None
    if not exact and (is_about_people(folded(header)) or is_about_people(folded(group))):
        return PERSONAL
    if not exact and own is None:
        own = _of_parts(header)
    if not group:
        return own or by_words(bare(header))
    above = match(group)[1] or by_words(group)
    both = match(f"{group} {header}")[1] or by_words(f"{group} {header}")
    if above == PERSONAL:
        return PERSONAL
    if is_of_its_group(header) or (
            above in {"grant", "cost"} and plain(header) in _headers("of_its_amount")):
        return above or both or own
    if own == "region" and above in {*PLACES, "lead"}:  # that of the partner is none of France
        return own if above == "lead" else None
    return own if exact else both or own


def by_words(header: str) -> str | None:
    """What single words say, but for what takes a header from that role."""
    words = folded(header) if "%" not in header else ""
    role = _sided(role_by_words(words), words)
    if role is None and is_body(words.rpartition(" ")[0]) and names_people(header):
        return "partner"  # « Collectivité marocaine », « Ville africaine »
    without = roles()[role].without if role else ()
    return None if any(f" {w} " in f" {words} " for w in without) else role


def _of_parts(header: str) -> str | None:
    """« Title / Titre », « Partenaires – pays »: parts that say the same, or where."""
    given = _each_part(header)
    return given.pop() if len(given) == 1 else "partner" if given == set(PLACES) else None


def says_twice(header: str) -> bool:
    """Whether a header says the same in two languages: « Pays / Country »."""
    return len(_each_part(header)) == 1


def _each_part(header: str) -> set[str | None]:
    """The roles of the parts of a header, where these are several and each is a wording."""
    said = [match(part) for part in _PARTS.split(_PLURAL.sub("", header)) if part.strip()]
    whole = len(said) > 1 and all(exact for *_, exact in said)
    return {role for _, role, _ in said} if whole else set()


def spans(group: str, header: str) -> bool:
    """Whether a cell under a header is the rest of it, or the header of a part of it, and
    not the first row's cell: « Chef » over « de file », « Partenaire » over « Pays »."""
    length, _, exact = match(header)
    if exact or is_of_its_group(header):
        return True
    return bool(group) and match(f"{group} {header}")[0] > max(length, len(folded(group)))
