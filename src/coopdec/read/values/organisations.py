"""Co-funders and operators: the names that a cell gives, one after the other.

People are not organisations: e-mails, telephones and « Mme NOM » were taken out of the cell
before (:mod:`coopdec.read.personal`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from coopdec.read.values.unclear import Unclear, nothing
from coopdec.text import collapse, fold

__all__ = ["parse_organisations"]

_HARD = re.compile(r"\s*[;|\n]\s*|\s+[/+]\s+|\s*[•▪]\s*|(?:^|\s)[-–—]\s+")
# « et » parts two names only before a word that opens one: « Eau et Vie » is a name.
_AND = re.compile(r"\s+(?:et|and|&)\s+")
_SUM = (r"\d[\d .,'’]*\s?(?:k|K|M)?\s?(?:€|\$|£|%|(?:euros?|EUR|USD|F ?CFA|FCFA|k€|K€|M€"
        r"|millions? d['’]euros)\b)")
_SHARE = re.compile(
    rf"\s*\([^()]*?{_SUM}[^()]*\)"
    rf"|(?:\s*[:=–-]\s*|\s+(?:à hauteur de |pour )?){_SUM}[^,;()]*$"
    rf"|^{_SUM}\s*(?:de la |de l['’]|du |des |de |par |:|–|-)?\s*")
_ACRONYM = re.compile(r"(?:l['’]|la |le |les |the )?[A-ZÀ-Ý]{2,}\b")
_OPENS = re.compile(r"(?:l |la |le |les |the )?(?:agences?|associations?|communaute|communes?"
                    r"|conseils?|departements?|fondations?|metropole|ministere|regions?|syndicats?|union|"
                    r"villes?|banque|mairie|ong|universite)\b")
#: Who pays here is no one else.
_OWN = frozenset({"autofinancement", "fonds propres", "ressources propres", "collectivite",
                  "own funds", "contribution propre", "valorisation"})
#: A longer name is a sentence.
_LONGEST = 200


@lru_cache(maxsize=1 << 14)
def parse_organisations(cell: str) -> tuple[str, ...] | Unclear | None:
    """Each name once, in printed order, without the share that it gives.

    >>> parse_organisations("Région Bretagne (5 000 €), AFD et Agence de l'eau")
    ('Région Bretagne', 'AFD', "Agence de l'eau")
    >>> parse_organisations("Eau et Vie ; Gret")
    ('Eau et Vie', 'Gret')
    """
    if nothing(cell):
        return None
    names: dict[str, None] = {}
    for part in _HARD.split(cell):
        for piece in _outside_parentheses(collapse(part)):
            for name in _ands(_SHARE.sub("", piece)):
                clean = name.strip(" ,;:.–—-")
                if not clean or nothing(clean) or fold(clean) in _OWN:
                    continue
                if not any(c.isalpha() for c in clean) or len(clean) > _LONGEST:
                    return Unclear("organisation-unreadable")
                names.setdefault(clean)
    own = any(fold(collapse(part).strip(" ,;:.–—-")) in _OWN for part in _HARD.split(cell))
    return tuple(names) or (None if own else Unclear("organisation-unreadable"))


def _outside_parentheses(text: str) -> list[str]:
    """Parted at commas, but not within parentheses nor within a number."""
    pieces, at, depth = [], 0, 0
    for match in re.finditer(r"[()]|\s*,\s*(?!\d{3}\b|\d+\s?(?:€|%))", text):
        if match[0] == "(":
            depth += 1
        elif match[0] == ")":
            depth = max(0, depth - 1)
        elif not depth:
            pieces.append(text[at:match.start()])
            at = match.end()
    return [*pieces, text[at:]]


def _ands(text: str) -> list[str]:
    names, at = [], 0
    for match in _AND.finditer(text):
        after = text[match.end():]
        if text[at:match.start()].strip() and (
                _ACRONYM.match(after) or _OPENS.match(fold(after[:60]))):
            names.append(text[at:match.start()])
            at = match.end()
    return [*names, text[at:]]
