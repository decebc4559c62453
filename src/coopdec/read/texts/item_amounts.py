"""The amount at the end of a line of prose, and the words that say what it is."""

from __future__ import annotations

import re

from coopdec.read.columns.roles import role_of

__all__ = ["amount_alone", "without_amount"]

_MONEY = re.compile(
    r"(?:[\s,]+(?:doté|financé|soutenu|subventionné|aidé)e?s?\s+(?:de|à hauteur de)"
    r"|[\s,]+(?:pour|d['’])\s?un montant de|[\s,]+à hauteur de)?"
    r"[\s,;:–—-]*\(?\s*((?:\d[\d\s.,\u00a0\u202f]*)\s?(?:[kM]?€|[kM]?\s?euros?|EUR|F\s?CFA))\s*\)?"
    r"[\s.;]*$", re.IGNORECASE)
#: Where the words that say what an amount is may begin, and how long they are.
_CAPITAL, _LABEL = re.compile(r"(?<![^\s(])[A-ZÀ-Ý]"), 45
_ONE_MORE = re.compile(r"(\w+) (?:d[eu]s? |la |[dl]['’])*")


def without_amount(text: str) -> tuple[str, str, str]:
    """The text without the amount at its end; what was granted; what all costs.

    >>> without_amount("Eau potable (12 000 €)"), without_amount("Eau. Coût total : 9 000 €")
    (('Eau potable', '12 000 €', ''), ('Eau', '', '9 000 €'))
    """
    if (money := _MONEY.search(text)) is None:
        return text, "", ""
    text = text[: money.start()]
    if ":" not in money[0]:
        return text, money[1], ""
    text, label = _unlabelled(text)
    return (text, "", money[1]) if label == "cost" else (text, money[1], "")


def amount_alone(text: str) -> str:
    """« 150 000 € », where a line says no more; "" for another."""
    found = _MONEY.fullmatch(text)
    return found[1] if found else ""


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
