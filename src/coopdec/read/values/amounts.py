"""Amounts of money: « 12 500 € », « 64.039 € » (64 039), « 1,2 M€ », « EUR 12,500.00 ».

A cell that says anything but one amount (a range, « environ », a part, an amount a year) is
not understood rather than half understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from unicodedata import category

from coopdec.model import Amount
from coopdec.read.footnotes import SIGN
from coopdec.read.values.currencies import Unit, currency_of, unit_of_header, units
from coopdec.read.values.unclear import Unclear, nothing
from coopdec.text import collapse, fold

__all__ = ["parse_amount"]

_NUMBER = re.compile(r"\d(?:[\d .,'’]*\d)?(?:[.,]\s?[-–—]+)?")
_PART = re.compile(r"\b(?:dont|y compris|incl(?:uding|us|\.)?|of which)\b", re.IGNORECASE)
_SPAN = re.compile(r"\b(?:sur|pour|pendant|over|for)\s+\d{1,2}\s+(?:ans?|ann[ée]es?|mois|years?"
                   r"|months?)\b|\b(?:en|pour|in|for|au titre de)\s+(?:l['’]ann[ée]e\s+)?"
                   r"(?:19|20)\d\d\b", re.IGNORECASE)
_ASIDE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_ASIDE_IDLE = re.compile(r"(?:soit|dont|hors|y compris|incl|environ|sur|pour|[≈~])\b.*"
                         r"|(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)?\d\d)?"
                         r"|\d{1,3}(?:[.,]\d+)?\s?%.*|[^\d%]*", re.IGNORECASE)
_ABOUT = re.compile(r"[~≈<>≤≥±]|\b(?:environ|env|approx\w*|circa|autour|pr[eè]s de|jusqu|maxi\w*"
                    r"|max|mini\w*|min|plafond\w*|au (?:plus|moins)|plus de|moins de|up to"
                    r"|about|around|at (?:most|least)|under|over|estim[ée]\w*"
                    r"|estimat\w*)\b", re.IGNORECASE)
_PERIOD = re.compile(r"(?:/|\bpar\b|\bper\b)\s*(?:an|ann[ée]e|mois|jour|year|month|personne)\b"
                     r"|\b(?:annuels?|annuelle\w*|annually|yearly|mensuel\w*)\b", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:[-–—]|à|a|to|et|and|ou|or|/)\s*", re.IGNORECASE)
#: Words that say no more than the column does.
_IDLE_WORDS = """subvention subventions montant montants total totale budget cout aide grant
    amount accorde accordee alloue allouee attribue attribuee octroye octroyee awarded granted
    engagement engage engages de d du la le l un une of ttc ht hors taxes taxe toutes comprises
    soit cofinancement financement mae meae accordes allouees attribues octroyes votee vote votes
    obtenu obtenue"""
_IDLE = frozenset(_IDLE_WORDS.split())
_ONE_GROUP = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_FORMS = tuple(map(re.compile, (
    r"\d+(?:[.,]\d+)?",
    r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?",
    r"\d{1,3}(?:'\d{3})+(?:[.,]\d+)?",
    r"\d{1,3}(?:\.\d{3})+(?:,\d+)?",
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?",
)))
_DIGITS = re.compile(r"\d+")
#: What most cells are: « 12 500,50 € ». Only a short cut.
_PLAIN = re.compile(r"(?P<whole>[1-9]\d{0,2}(?:[ \u00a0\u202f]?\d{3}){0,4})(?:(?P<point>[.,])"
                    r"(?P<cents>\d\d?))?[ \u00a0\u202f]?(?:€|EUR|euros?)", re.ASCII)
#: Of a footnote.
_MARK = re.compile(rf"\s*{SIGN}$")
_CENT = Decimal("0.01")
#: More than the yearly aid of any state, in any currency: a slip of the pen.
_LARGEST = Decimal(10) ** 15


def parse_amount(
    cell: str, header: str = "", countries: Iterable[str] = (), *, typed: bool = False,
    default: str | None = None,
) -> Amount | Unclear | None:
    """The amount that a cell says; None where it says nothing.

    ``header`` may give the currency and the scale; ``countries`` (ISO codes of the project)
    tell what « FCFA » means; ``typed``: the cell comes from a spreadsheet, whose numbers have
    a decimal point; ``default`` is the currency where none is printed.

    >>> parse_amount("64.039 €")
    Amount(value=Decimal('64039'), currency='EUR')
    >>> parse_amount("1,2", "Montant (M€)")
    Amount(value=Decimal('1200000'), currency='EUR')
    >>> parse_amount("environ 5 000 €").code
    'amount-about'
    """
    return _parse(cell, header, tuple(countries), typed, default)


@lru_cache(maxsize=1 << 14)
def _parse(cell: str, header: str, countries: tuple[str, ...], typed: bool,
           default: str | None) -> Amount | Unclear | None:
    if plain := _PLAIN.fullmatch(cell):
        whole = "".join(_DIGITS.findall(plain["whole"]))
        if plain["cents"] is None:
            return Amount(Decimal(whole), "EUR")
        return Amount(_to_the_cent(Decimal(f"{whole}.{plain['cents']}")), "EUR")
    text = _MARK.sub("", collapse(cell))
    if nothing(text):
        return None
    outside = _outside(text)
    if isinstance(outside, Unclear):
        return outside
    head = _PART.split(outside, maxsplit=1)[0]
    if head != outside and not any(c.isdigit() for c in head):
        return Unclear("amount-part")
    text = _SPAN.sub(" ", head)
    numbers = list(_NUMBER.finditer(text))
    if not numbers:
        return Unclear("amount-unreadable")
    if _ABOUT.search(text):
        return Unclear("amount-about")
    if len(numbers) > 1:
        between = text[numbers[0].end():numbers[1].start()]
        is_range = _RANGE.fullmatch(f" {units(between)[1]} ") is not None
        return Unclear("amount-range" if is_range else "amount-several")
    return _one(text, numbers[0], unit_of_header(header), countries, typed, default)


def _one(text: str, number: re.Match[str], header: Unit, countries: tuple[str, ...], typed: bool,
         default: str | None) -> Amount | Unclear:
    before, after = text[:number.start()], text[number.end():]
    if re.search(r"[-−–]\s?$", before.rstrip("€$£ ")):
        return Unclear("amount-not-positive")
    if _PERIOD.search(after):
        return Unclear("amount-period")
    found, left = units(f"{before} ¤ {after}")
    if len({u.currency for u in found}) > 1:
        return Unclear("amount-several")
    left = left.replace("¤", " ")
    if set(fold(left).split()) - _IDLE or "%" in left or any(category(c) == "Sc" for c in left):
        return Unclear("amount-unreadable")
    own = found[0] if found else Unit()
    scale = own.scale if own.scale > 1 or own.currency else header.scale
    value = _value(number[0], scale, exact=typed and own.currency is None)
    if isinstance(value, Unclear):
        return value
    value *= scale
    if value == 0:
        return Unclear("amount-not-positive")
    if not 1 <= value <= _LARGEST:  # « 0.0671 » of a column in millions that does not say so
        return Unclear("amount-unreadable")
    printed = own.currency or header.currency
    code = currency_of(printed, countries) if printed else default
    return Amount(_to_the_cent(value), code)


def _to_the_cent(value: Decimal) -> Decimal:
    """Whole where it is whole: « 12500 », « 12500.50 »."""
    cents = value.quantize(_CENT, ROUND_HALF_UP)
    whole = cents.to_integral_value()
    return whole if whole == cents else cents


def _value(printed: str, scale: int, *, exact: bool) -> Decimal | Unclear:
    """``exact``: a spreadsheet's own number, whose point is a decimal one."""
    digits = re.sub(r"[.,]\s?[-–—]+$", "", printed).replace("’", "'")
    if not any(form.fullmatch(digits) for form in _FORMS):
        return Unclear("amount-unreadable")
    if _ONE_GROUP.fullmatch(digits):
        # Thousands, unless a scale makes decimals likely: « 1,250 M€ ». Money has no third
        # decimal; a spreadsheet's number, or thousands of thousands, may be either.
        if exact and scale == 1:
            return Unclear("amount-ambiguous")
        if scale == 1000 and not exact:
            return Unclear("amount-ambiguous")
        if scale == 1:
            return Decimal(re.sub(r"[.,]", "", digits))
    marks = [c for c in digits if c in ".,"]
    plain = re.sub(r"[ ']", "", digits)
    if len(marks) > 1 and marks[0] == marks[-1]:
        return Decimal(re.sub(r"[.,]", "", plain))
    if len(marks) > 1:
        plain = plain.replace(marks[0], "")
    return Decimal(plain.replace(",", "."))


def _outside(text: str) -> str | Unclear:
    """The text without what stands in parentheses and adds nothing: « (TTC) », « (soit
    8 200 000 FCFA) », « (2021) »."""
    if re.fullmatch(r"\(\s*[\d .,'’]+\)\s*\D*", text):
        return Unclear("amount-not-positive")  # as accounts write it
    outside = _ASIDE.sub(" ", text)
    if not any(c.isdigit() for c in outside):
        return text
    for match in _ASIDE.finditer(text):
        inside = collapse(match[1] or match[2] or "")
        if units(inside)[0] and not any(c.isdigit() for c in inside):
            outside = f"{outside} {inside}"  # « 12 500 (euros) »
        elif not _ASIDE_IDLE.fullmatch(inside):
            return Unclear("amount-unreadable")
    return outside
