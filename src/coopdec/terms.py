"""RDF terms as encoded text: canonical N-Triples, one string a term."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import count

from coopdec.model import OWN, SLOT, Description, slot
from coopdec.vocab import EU_COUNTRY, GEO, GEONAMES, RDFS, WIKIDATA_ENTITY, XSD

__all__ = ["LABEL", "bare", "boolean", "day", "decimal", "describe", "formed", "integer", "iri",
           "labels", "text", "typed"]

# https://www.w3.org/TR/rdf12-n-triples/#canonical-ntriples
_ESCAPES = {
    **{code: f"\\u{code:04X}" for code in [*range(0x20), 0x7F]},
    0x08: "\\b", 0x09: "\\t", 0x0A: "\\n", 0x0C: "\\f", 0x0D: "\\r", 0x22: '\\"', 0x5C: "\\\\",
    # Not characters of a text: lone surrogates cannot be written in UTF-8.
    **dict.fromkeys(range(0xD800, 0xE000), "\\uFFFD"),
}


def text(value: str, language: str = "") -> str:
    """A literal: ``"…"`` or ``"…"@fr``.

    >>> text('dit « "oui" »', "fr")
    '"dit « \\\\"oui\\\\" »"@fr'
    """
    # Most texts have nothing to escape, which is seen ten times as fast.
    plain = value.isprintable() and '"' not in value and "\\" not in value
    quoted = f'"{value}"' if plain else f'"{value.translate(_ESCAPES)}"'
    return f"{quoted}@{language}" if language else quoted


def iri(value: str) -> str:
    """An IRI reference. IRIs are minted or come from checked tables: nothing is escaped."""
    return f"<{value}>"


def typed(value: str, datatype: str) -> str:
    return f"{text(value)}^^<{datatype}>"


def integer(value: int | str) -> str:
    return f'"{value}"^^<{XSD}integer>'


def decimal(value: float, places: int = 2) -> str:
    """Fixed places without trailing zeros, at least one: the same bytes everywhere."""
    whole, _, fraction = f"{value:.{places}f}".partition(".")
    return f'"{whole}.{fraction.rstrip("0") or "0"}"^^<{XSD}decimal>'


def boolean(value: bool) -> str:
    return f'"{str(value).lower()}"^^<{XSD}boolean>'


def day(value: date) -> str:
    return f'"{value.isoformat()}"^^<{XSD}date>'


def bare(term: str) -> str:
    """What an N-Triples term holds: an IRI without brackets, a literal's text.

    >>> bare('"Crème \\\\"x\\\\""@fr'), bare("<http://ex/a>")
    ('Crème "x"', 'http://ex/a')
    """
    if term.startswith("<"):
        return term[1:-1]
    if not term.startswith('"'):
        return term
    text = term[1:term.rindex('"')]
    return text if "\\" not in text else _unescape(text)


_UNESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def _unescape(text: str) -> str:
    out: list[str] = []
    at = 0
    while at < len(text):
        char = text[at]
        if char != "\\":
            out.append(char)
            at += 1
            continue
        kind = text[at + 1]
        width = {"u": 4, "U": 8}.get(kind, 0)
        if width:
            out.append(chr(int(text[at + 2:at + 2 + width], 16)))
        else:
            out.append(_UNESCAPED.get(kind, kind))
        at += 2 + width
    return "".join(out)


LABEL = f"<{RDFS}label>"


def labels(fr: str, en: str | None = None) -> list[tuple[str, str]]:
    pairs = [(LABEL, text(fr, "fr"))]
    if en:
        pairs.append((LABEL, text(en, "en")))
    return pairs


def describe(
    subject: str, statements: Iterable[tuple[str, str]], *, shared: bool = False
) -> Description:
    """A description of the resource ``subject`` (a bare IRI); repeats are left out.
    ``shared``: many entries will have it, and what formats write of it is kept."""
    return Description(iri(subject), tuple(dict.fromkeys(statements)), {} if shared else None)


#: Where those are that others refer to.
_FOLDERS = "collectivity|territory|institution|country|call"
#: Datatypes of which one value is written like another, by what such a value is.
_ALIKE = {f"^^<{XSD}decimal>": re.compile(r"[+-]?\d*\.\d+"),
          f"^^<{GEO}wktLiteral>": re.compile(".*", re.DOTALL)}


def formed(base: str, subject: str, statements: Iterable[tuple[str, str]], own: str = ""
           ) -> Description:
    """A description as a form that is filled in: whoever says as much has the same form.

    Slots are texts, numbers, and of IRIs what comes after our folders (``<base/country/ML>``)
    and at the authorities that we link to, where it is plain: letters, digits and hyphens.
    ``own`` is an IRI that the entry has: :data:`OWN` stands for it. All terms are encoded.
    """
    values: list[str] = []
    plain, mine = _plain(base).fullmatch, own[:-1]
    if own and subject.startswith(mine):
        subject = f"<{OWN}{subject[len(mine):]}"
    form = [subject]
    for predicate, value in statements:
        alike = value
        if value[0] == '"':
            end = value.rindex('"')
            datatype, inside = value[end + 1:], value[1:end]
            if value[-1] != ">":
                alike = SLOT
                values.append(value)
            elif datatype in _ALIKE and _ALIKE[datatype].fullmatch(inside):
                alike = f'"{SLOT}"{datatype}'
                values.append(inside)
        elif own and value.startswith(mine) and value[len(mine)] in "#>":
            alike = f"<{OWN}{value[len(mine):]}"
        elif found := plain(value):
            start, stop = found.span(found.lastindex or 0)
            alike = f"{value[:start]}{SLOT}{value[stop:]}"
            values.append(value[start:stop])
        form += predicate, alike
    return _form(tuple(form)).filled(values)


@lru_cache(maxsize=1 << 4)
def _plain(base: str) -> re.Pattern[str]:
    """IRIs with a slot, the group that matched."""
    word = "[A-Za-z0-9_][A-Za-z0-9_-]*"  # also a local name in Turtle
    others = "|".join(map(re.escape, (WIKIDATA_ENTITY, GEONAMES, EU_COUNTRY)))
    return re.compile(rf"<(?:{re.escape(base)}(?:{_FOLDERS})/({word}(?:/{word})*)"
                      rf"|(?:{others})({word}))/?>")


@lru_cache(maxsize=1 << 12)
def _form(said: Sequence[str]) -> Description:
    """``said``: the subject, then each predicate and its value. Slots are numbered as they
    come."""
    numbers = count()
    subject, *terms = said
    values = [v.replace(SLOT, slot(next(numbers))) if SLOT in v else v for v in terms[1::2]]
    return Description(subject, list(zip(terms[::2], values, strict=True)), {})
