"""Which currency words mean. The words stand in ``currencies.toml`` beside this file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

__all__ = ["Unit", "currency_of", "is_code", "unit_of_header", "units"]


@dataclass(frozen=True, slots=True)
class Unit:
    """What words beside a number say: ``currency`` as printed (None: nothing), ``scale`` 1,
    1,000, a million or a thousand millions."""

    currency: str | None = None
    scale: int = 1


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(
        files("coopdec.read.values").joinpath("currencies.toml").read_text("utf-8"))


@cache
def _codes() -> frozenset[str]:
    return frozenset(_table()["codes"].split())


def is_code(text: object) -> bool:
    """Whether this is an ISO 4217 code."""
    return text in _codes()


@cache
def _by_word() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Word (:func:`_plain`) → code → the countries in which it means this one; no
    countries: everywhere."""
    found: dict[str, Mapping[str, frozenset[str]]] = {}
    for code, words in _table()["words"].items():
        found |= {_plain(word): {code: frozenset()} for word in words}
    for shared in _table()["shared"]:
        codes = {code: frozenset(where) for code, where in shared["codes"].items()}
        found |= {_plain(word): codes for word in shared["words"]}
    return found


def _plain(word: str) -> str:
    """« F CFA » and « fcfa » are one word."""
    return word.lower().replace(" ", "")


def currency_of(printed: str, countries: Iterable[str]) -> str | None:
    """The ISO 4217 code that a printed currency means for a project in these countries;
    None where they do not tell, or nobody knows it.

    >>> currency_of("FCFA", ["ML"]), currency_of("F CFA", ["CM"]), currency_of("FCFA", ["FR"])
    ('XOF', 'XAF', None)
    """
    if printed in _codes():
        return printed
    meant = _by_word().get(_plain(printed), {})
    if len(meant) == 1 and not any(meant.values()):
        return next(iter(meant))
    here = set(countries)
    fits = [code for code, where in meant.items() if where & here]
    # Two countries of one union share its currency; of two unions, none is chosen.
    return fits[0] if len(fits) == 1 and here <= meant[fits[0]] else None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = _table()
    known = (*table["words"].values(), *(shared["words"] for shared in table["shared"]))
    words = sorted({w for some in known for w in some}, key=lambda w: (-len(w), w))
    symbols = [re.escape(w).replace(r"\ ", r"\s?") for w in words if not w[0].isalpha()]
    plain = [re.escape(w).replace(r"\ ", r"\s?") for w in words if w[0].isalpha()]
    near = f"(?i:{'|'.join(symbols)})|(?i:{'|'.join(plain)})(?![^\\W\\d_])"
    # A letter may stand before a currency only as its scale: « k€ », « MFCFA ».
    start = r"(?<![^\W\d_])"
    scale = re.compile(
        rf"{start}(?:(?P<g>(?:M[dD]s?|bn)(?=\s?(?:{near})|(?![^\W\d_]))|(?i:milliards?|billions?)(?!\w))"
        rf"|(?P<k>[kK](?=\s?(?:{near})|(?![^\W\d_]))|(?i:milliers?|mille|thousands?)(?!\w))"
        rf"|(?P<m>M(?=\s?(?:{near})|(?![^\W\d_]))|(?i:millions?|mio)(?!\w)))", re.UNICODE)
    codes = "|".join(sorted(_codes()))
    currency = re.compile(rf"(?:{'|'.join(symbols)})|{start}(?:(?i:{'|'.join(plain)})|{codes})"
                          r"(?![^\W\d_])")
    header = "|".join(table["in_headers"])
    plain_header = [p for w, p in zip((w for w in words if w[0].isalpha()), plain, strict=True)
                    if len(w) > 3 or w.upper() in table["in_headers"]]
    in_header = re.compile(rf"(?:{'|'.join(symbols)})|{start}(?:(?i:{'|'.join(plain_header)})"
                           rf"|{header})(?![^\W\d_])")
    return scale, currency, in_header


def units(text: str, *, header: bool = False) -> tuple[list[Unit], str]:
    """The units in words beside a number, and the words that are left.

    >>> units("k€")
    ([Unit(currency='€', scale=1000)], '')
    """
    scale_of, currency, in_header = _patterns()
    scale = 1
    scales = list(scale_of.finditer(text))
    for match in reversed(scales):
        factor = {"k": 10**3, "m": 10**6, "g": 10**9}[match.lastgroup or ""]
        scale *= factor
        text = f"{text[:match.start()]} {text[match.end():]}"
    pattern = in_header if header else currency
    found = list(dict.fromkeys(m[0] for m in pattern.finditer(text)))
    left = " ".join(pattern.sub(" ", text).split())
    if not found:
        return ([Unit(None, scale)] if scales else []), left
    return [Unit(printed, scale) for printed in found], left


#: « grantAmountEUR », « montant_eur »
_RUN_ON = re.compile(r"(?<=[a-zà-ÿ]{2})(?=[A-Z])|_")


#: « Montant (x 1 000 €) », « Budget (€ 000) », « Amount (€'000) »
_THOUSANDS = re.compile(r"(?:\bx\s?)?(?<!\d)1?[ .']?000\s?(€|euros?\b|EUR\b)"
                        r"|(?<=[(\[ ])(€|EUR)\s?['’]?000(?!\d)")


@lru_cache(maxsize=1 << 10)
def unit_of_header(header: str) -> Unit:
    """What a column's header says of its amounts: « Montant (k€) », « Engagements bruts
    (euro) ».

    >>> unit_of_header("Montant en milliers d'euros"), unit_of_header("Cofinancement MEAE")
    (Unit(currency='euros', scale=1000), Unit(currency=None, scale=1))
    """
    found, _ = units(_THOUSANDS.sub(r"k\1\2", _RUN_ON.sub(" ", header)), header=True)
    return found[0] if len(found) == 1 else Unit()
