"""The amounts at the end of a line of prose, and the words that say what each is."""

from __future__ import annotations

import re

from coopdec.read.columns.roles import match, role_of

__all__ = ["amount_alone", "without_amount"]

_FIGURES = r"\d[\d\s.,\u00a0\u202f]*"
_MONEY = re.compile(
    r"(?:[\s,]+(?:doté|financé|soutenu|subventionné|aidé)e?s?\s+(?:de|à hauteur de)"
    r"|[\s,]+(?:pour|d['’])\s?un montant de|[\s,]+à hauteur de)?"
    r"(?:[\s,;:–—-]|(?<=\s)[|/](?=\s))*(?:\(\s*)?"
    rf"({_FIGURES}\s?(?:[kM]?€|[kM]?\s?euros?|EUR|F\s?CFA)|(?:EUR|€)\s?{_FIGURES})\s*\)?"
    r"[\s.;]*$", re.IGNORECASE)
#: Where the words that say what an amount is may begin, and how long they are.
_CAPITAL, _LABEL = re.compile(r"(?<![^\s(])[A-ZÀ-Ý]"), 45
_ONE_MORE = re.compile(r"(\w+) (?:d[eu]s? |la |[dl]['’])*")
#: « …, subvention 9 000 € », « … (subvention de 9 000 €) »: what a mark parts from the title.
_MARKED = re.compile(r"[,;.(–—-]\s*([^\W\d_][^\W\d_'’ ]*(?: [^\W\d_'’]+| [dl]['’][^\W\d_]+)*?)"
                     r"(?: (?:de|d['’]|of))?$")
_ENDS = " .,;(–—-"
_SAYS = ("grant", "cost")


def without_amount(text: str) -> tuple[str, str, str]:
    """The text without the amounts at its end; what was granted; what all costs.

    >>> without_amount("Eau potable (12 000 €)"), without_amount("Eau. Coût total : 9 000 €")
    (('Eau potable', '12 000 €', ''), ('Eau', '', '9 000 €'))
    >>> without_amount("Eau – coût total 9 000 €, subvention 4 000 €")
    ('Eau', '4 000 €', '9 000 €')
    """
    rest, words, role = _last(text)
    if role:
        before, other, second = _last(rest)
        if second and second != role:  # each says what it is
            return before, *((words, other) if role == "grant" else (other, words))
    return (rest, "", words) if role == "cost" else (rest, words, "")


def amount_alone(text: str) -> str:
    """« 150 000 € », where a line says no more; "" for another."""
    found = _MONEY.fullmatch(text)
    return found[1] if found else ""


def _last(text: str) -> tuple[str, str, str | None]:
    """The text without its last amount, that amount, and the role that words before it say."""
    if (money := _MONEY.search(text)) is None:
        return text, "", None
    text = text[: money.start()]
    if (marked := _MARKED.search(text, max(0, len(text) - _LABEL))) is not None:
        _, role, exact = match(marked[1])
        if exact and role in _SAYS:
            return text[: marked.start()].rstrip(_ENDS), money[1], role
    rest, role = _unlabelled(text) if ":" in money[0] else (text, None)
    return rest, money[1], role


def _unlabelled(text: str) -> tuple[str, str | None]:
    """The text without the words at its end that say what an amount is, and the role that they
    name: « … Montant accordé », « … Coût total du projet »."""
    starts = [m.start() for m in _CAPITAL.finditer(text, max(0, len(text) - _LABEL))]
    while starts and role_of(text[starts[-1]:]) not in _SAYS:
        starts.pop()
    if not starts:
        return text, None
    at = starts.pop()
    # « Subvention du MEAE »
    if starts and (more := _ONE_MORE.fullmatch(text, starts[-1], at)) and role_of(more[1]):
        at = starts[-1]
    return text[:at].rstrip(_ENDS), role_of(text[at:])
