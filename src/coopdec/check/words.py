"""What a constraint found, in words: the part of a result that the shape does not say."""

from __future__ import annotations

from collections.abc import Mapping

from coopdec.check.result import SH, local_name
from coopdec.check.shapes import Shape
from coopdec.messages import LANGS, Lang, render
from coopdec.terms import bare

__all__ = ["found", "level_name", "readable"]

#: Constraint component → message code and the shape's parameter that it quotes.
_CODES: Mapping[str, tuple[str, str]] = {
    "MinCountConstraintComponent": ("check-found-min-count", "minCount"),
    "QualifiedMinCountConstraintComponent": ("check-found-min-count", "qualifiedMinCount"),
    "MaxCountConstraintComponent": ("check-found-max-count", "maxCount"),
    "QualifiedMaxCountConstraintComponent": ("check-found-max-count", "qualifiedMaxCount"),
    "PatternConstraintComponent": ("check-found-pattern", "pattern"),
    "DatatypeConstraintComponent": ("check-found-datatype", "datatype"),
    "ClassConstraintComponent": ("check-found-class", "class"),
    "OrConstraintComponent": ("check-found-class", "class"),
    "LanguageInConstraintComponent": ("check-found-language", "languageIn"),
    "UniqueLangConstraintComponent": ("check-found-unique-lang", "uniqueLang"),
    "MinInclusiveConstraintComponent": ("check-found-min", "minInclusive"),
    "MaxInclusiveConstraintComponent": ("check-found-max", "maxInclusive"),
    "NodeKindConstraintComponent": ("check-found-node-kind", "nodeKind"),
    "LessThanOrEqualsConstraintComponent": ("check-found-value", ""),
}
_ANY = ("check-found-value", "")


def found(component: str, value: str, shape: Shape | None) -> tuple[str, str]:
    """(fr, en); both empty where there is no value to speak of."""
    code, parameter = _CODES.get(local_name(component), _ANY)
    if code == "check-found-class" and not value.startswith("<"):
        code = "check-found-value"
    if not value and code not in (
            "check-found-min-count", "check-found-max-count", "check-found-unique-lang"):
        return "", ""
    limits = shape.parameters.get(SH + parameter, ()) if shape else ()
    limit = _limit(limits[0]) if limits else "?"
    fr, en = ({"value": readable(value, lang), "limit": limit} for lang in LANGS)
    return render(code, fr, "fr"), render(code, en, "en")


def readable(term: str, lang: Lang = "fr") -> str:
    """A term for people: an IRI, or a literal's text with its language or datatype.

    >>> readable('"Ségou"@fr'), readable('"x"^^<http://www.w3.org/2001/XMLSchema#date>')
    ('« Ségou » (fr)', '« x » (date)')
    """
    if not term.startswith('"'):
        return term
    text = f"« {bare(term)} »" if lang == "fr" else f"“{bare(term)}”"
    tail = term[term.rindex('"') + 1:]
    if tail.startswith("@"):
        return f"{text} ({tail[1:]})"
    return f"{text} ({local_name(tail[2:])})" if tail else text


def level_name(level: str, lang: str) -> str:
    """« erreur », « avertissement », « information »."""
    names = {"violation": ("erreur", "error"), "warning": ("avertissement", "warning"),
             "info": ("information", "information")}
    return names[level][lang == "en"]


def _limit(term: str) -> str:
    return local_name(term) if term.startswith("<") else bare(term)
