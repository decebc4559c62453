"""Types of parameters: from what a person types to the terms that a query is bound with.

Terms never hang on the base IRI of a data set: a country is its ISO code, a region its
INSEE code, a collectivity a pattern over the end of its IRI and the printed cell. So a
query bound once asks the same of any endpoint.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from coopdec.dataset.binding import UNDEF, encode_iri, encode_written, literal
from coopdec.dataset.patterns import SLOTS, exactly, in_slots, starting_words
from coopdec.errors import UnknownName, UsageError
from coopdec.goals import goals, targets
from coopdec.iris import goal, target
from coopdec.spelling import close_matches
from coopdec.terms import typed
from coopdec.text import collapse, fold, slug
from coopdec.vocab import SDG, WIKIDATA_ENTITY, XSD

if TYPE_CHECKING:
    from coopdec.model import Entity

__all__ = ["TYPES", "Parameter", "collectivity_keys", "country_named", "unknown_region"]

#: Bytes that were no text, as a command line hands them over.
_SURROGATE = re.compile("[\ud800-\udfff]")
#: Longer values are cut off by a message: no name or title comes near.
_MAX = 2000
#: A pattern of this many letters is still far from what engines take.
_MAX_WORDS = 600
#: Types that fill several variables: one pattern each.
_SLOTTED = frozenset({"words", "project"})


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a named query.

    ``help`` by language; ``example`` always a value that the type accepts; ``default``
    None where the parameter must be given, unless it is ``optional``: then it stands in
    a ``VALUES`` block and is ``UNDEF`` when not given. ``choices`` only for type choice.
    """

    name: str
    type: str
    help: Mapping[str, str]
    example: str
    default: str | None = None
    optional: bool = False
    choices: tuple[str, ...] = field(default=())

    @property
    def variables(self) -> tuple[str, ...]:
        """The ``$variables`` of the query that it fills: itself, or a number of slots."""
        if self.type in _SLOTTED:
            return tuple(f"{self.name}{n}" for n in range(1, SLOTS + 1))
        return (self.name,)

    @property
    def required(self) -> bool:
        return self.default is None and not self.optional

    def terms(self, value: str | None) -> dict[str, str]:
        """Each variable with the encoded term of a value, or of the default.

        Raises:
            UnknownName: nobody knows this name; carries suggestions.
            UsageError: the value is not of the type, or missing.
        """
        given = self.default if value is None else value
        if given is None:
            if self.optional:
                return dict.fromkeys(self.variables, UNDEF)
            raise UsageError("query-parameter-missing", name=self.name, example=self.example)
        given = collapse(_SURROGATE.sub("\ufffd", given))
        if len(given) > _MAX:
            raise UsageError("query-value-too-long", name=self.name, limit=_MAX)
        if not given:
            raise UsageError("query-value-empty", name=self.name, example=self.example)
        return dict(zip(self.variables, TYPES[self.type](given, self), strict=True))


def country_named(value: str) -> Entity:
    """The country of an ISO 3166-1 code, a French or English name, a Wikidata identifier or IRI.

    Raises :class:`UnknownName` with near names, or with those that follow a former country."""
    from coopdec.reference import gazetteer

    places = gazetteer()
    found = places.country(value.removeprefix(WIKIDATA_ENTITY))
    if found is None and len(value) == 3:
        found = next((c for c in places.countries() if c.ids.get("iso3") == value.upper()), None)
    if found is None:
        former = places.former_country(value)
        if former is not None:
            names = [c.label_fr for code in former.successors if (c := places.country(code))]
            raise UnknownName("query-former-country", names, name=value, year=former.until.year)
        names = [n for c in places.countries() for n in (c.label_fr, c.label_en) if n]
        raise UnknownName("query-unknown-country", _near(value, names), name=value)
    return found


def _country(value: str, _: Parameter) -> Sequence[str]:
    return [literal(country_named(value).ids["iso2"])]


def _region(value: str, _: Parameter) -> Sequence[str]:
    """Name (also former or short: « PACA ») or INSEE code of a region of France; a
    department stands for its region."""
    from coopdec.reference import gazetteer

    found = gazetteer().french_region(value)
    if found is None:
        raise unknown_region(value)
    return [literal(found.ids["insee"])]


def unknown_region(value: str) -> UnknownName:
    """What to say of a name that no region of France has."""
    from coopdec.model import Kind
    from coopdec.reference import gazetteer

    places = gazetteer()
    keys = [f"region/{code:02}" for code in range(1, 100)]
    known = [r.label_fr for k in keys if (r := places.entity(k)) and r.kind is Kind.REGION]
    return UnknownName("query-unknown-region", _near(value, known), name=value)


def _collectivity(value: str, _: Parameter) -> Sequence[str]:
    """A French authority: name as usual or as printed, INSEE or SIREN code, or IRI.

    The pattern holds for the end of its IRI (which is its level and official code) and
    for the cell that names it, so that names which nobody identified are found too.
    """
    if re.match(r"https?://", value):
        return [literal(f"^{_escaped(value)}$")]
    keys = "|".join(_escaped(k) for k in sorted(collectivity_keys(value)))
    unidentified = f"unidentified/([^/]*/)?{_escaped(slug(value))}"
    ends = f"{keys}|{unidentified}" if keys else unidentified
    return [literal(f"/collectivity/({ends})$|{exactly(value)}")]


def collectivity_keys(value: str) -> set[str]:
    """Keys of the reference's entities that a name or code stands for; empty if none."""
    from coopdec.model import Kind
    from coopdec.reference import gazetteer
    from coopdec.reference.identifiers import of_code

    places = gazetteer()
    french = {Kind.COMMUNE, Kind.INTERCOMMUNALITY, Kind.DEPARTMENT, Kind.REGION,
              Kind.SINGLE_TERRITORIAL_COLLECTIVITY, Kind.SYNDICATE}
    if places.entity(value):
        return {value}
    if (coded := of_code(places, value)) is not None:
        return {e.key for e in coded}
    names = {value: french}
    kind_words, rest = places.split_type(value, "FR")
    if kind_words and rest:
        kinds = set(places.type_word(kind_words, "FR")) & french
        names[rest] = kinds or french
    return {e.key for name, kinds in names.items() for e in places.by_name(name, "FR", kinds)}


def _theme(value: str, _: Parameter) -> Sequence[str]:
    """A goal (6, « ODD 6 », SDG 6, its name) or one of its targets (6.1)."""
    bare = value.removeprefix(SDG)
    code = re.sub(r"^(odd|sdg|cible|target|objectif|goal)\s*(?:n°)?\s*", "", bare, flags=re.I)
    if code.isdecimal() and code.isascii() and int(code[:4]) in goals():
        return [encode_iri(goal(int(code)))]
    if code.lower() in targets():
        return [encode_iri(target(code.lower()))]
    names = {fold(n): g.number for g in goals().values()
             for n in (g.short_fr, g.short_en, g.title_fr, g.title_en, g.wikidata)}
    asked = fold(bare)
    if asked in names:
        return [encode_iri(goal(names[asked]))]
    holding = {n for name, n in names.items() if asked and f" {asked} " in f" {name} "}
    if len(holding) == 1:
        return [encode_iri(goal(holding.pop()))]
    numbers = sorted(holding)
    shown = [f"{n} ({goals()[n].short_fr})" for n in numbers] or [
        f"{names[fold(m)]} ({m})" for m in _near(bare, [g.short_fr for g in goals().values()]
                                                 + [g.short_en for g in goals().values()])]
    raise UnknownName("query-unknown-theme", shown, name=value)


def _words(value: str, parameter: Parameter) -> Sequence[str]:
    """Words: one pattern each, ignoring case and accents."""
    if len(value) > _MAX_WORDS:
        raise UsageError("query-value-too-long", name=parameter.name, limit=_MAX_WORDS)
    patterns = starting_words(value)
    if not patterns:
        raise UsageError("query-value-empty", name=parameter.name, example=parameter.example)
    return [literal(p) for p in in_slots(patterns)]


def _project(value: str, parameter: Parameter) -> Sequence[str]:
    """IRI, identifier (or its last part) or words of the title: patterns over the text
    « IRI title », all of which must match."""
    if re.match(r"https?://\S+$", value):
        return _one_slot(f"^{_escaped(value)} ")
    if re.fullmatch(r"[^\s/]+(/[^\s/]+)+", value):
        return _one_slot(f"/{_escaped(value.removeprefix('project/'))} ")
    if re.fullmatch(r"[0-9a-f]{16}", value):
        return _one_slot(f"/{value} ")
    return _words(value, parameter)


def _one_slot(pattern: str) -> list[str]:
    return [literal(p) for p in in_slots([pattern])]


def _integer(value: str, parameter: Parameter) -> Sequence[str]:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
        raise _wrong(value, parameter, "un nombre entier", "a whole number")
    return [typed(str(int(value)), XSD + "integer")]


def _decimal(value: str, parameter: Parameter) -> Sequence[str]:
    plain = value.replace(",", ".")
    if not re.fullmatch(r"[+-]?[0-9]{1,18}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?", plain
                        ) or abs(Decimal(plain)) >= 10**18:
        raise _wrong(value, parameter, "un nombre", "a number")
    # An xsd:decimal has no exponent, and engines hold some 18 places after the point.
    return [typed(f"{Decimal(plain):.18f}".rstrip("0").rstrip("."), XSD + "decimal")]


def _date(value: str, parameter: Parameter) -> Sequence[str]:
    try:
        return [typed(date.fromisoformat(value).isoformat(), XSD + "date")]
    except ValueError:
        raise _wrong(value, parameter, "une date AAAA-MM-JJ", "a date YYYY-MM-DD") from None


def _choice(value: str, parameter: Parameter) -> Sequence[str]:
    if value not in parameter.choices:
        raise UnknownName("query-unknown-choice", close_matches(value, parameter.choices),
                          name=value, known=parameter.choices)
    return [literal(value)]


def _code(value: str, parameter: Parameter) -> Sequence[str]:
    """An official code: letters, digits, hyphens."""
    if not re.fullmatch(r"[A-Za-z0-9-]{1,20}", value):
        raise _wrong(value, parameter, "un code (lettres, chiffres, traits d'union)",
                     "a code (letters, digits, hyphens)")
    return [literal(value.upper())]


def _escaped(plain: str) -> str:
    return re.sub(r"[.^$*+?()\[\]{}\\|-]", r"\\\g<0>", plain)


def _near(value: str, known: Sequence[str]) -> list[str]:
    """Near names; those that begin like the value first: « Guinée » stands for several."""
    asked = fold(value)
    heads = [n for n in known if asked and fold(n).startswith(asked)]
    return list(dict.fromkeys([*heads[:5], *close_matches(value, known)]))[:5]


def _wrong(value: str, parameter: Parameter, fr: str, en: str) -> UsageError:
    return UsageError("query-wrong-value", name=parameter.name, value=value[:200],
                      expected={"fr": fr, "en": en}, example=parameter.example)


#: Type → from the value, collapsed and not empty, to encoded terms.
TYPES: dict[str, Callable[[str, Parameter], Sequence[str]]] = {
    "choice": _choice,
    "code": _code,
    "collectivity": _collectivity,
    "country": _country,
    "date": _date,
    "decimal": _decimal,
    "integer": _integer,
    "iri": lambda value, _: [encode_iri(value)],
    "project": _project,
    "region": _region,
    "term": lambda value, _: [encode_written(value)],
    "text": lambda value, _: [literal(value)],
    "theme": _theme,
    "words": _words,
}
