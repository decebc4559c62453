"""A lead cell taken apart: usually one collectivity, sometimes several."""

from __future__ import annotations

import re
from functools import lru_cache

from coopdec.model import Mention
from coopdec.text import collapse, fold

__all__ = ["opens_lead", "parse_lead_cell"]

_HARD = re.compile(r"\s*[;|]\s*|\s+/\s+|\s*\n\s*(?=[-•–*]\s|[A-ZÀ-Ý])")
_SOFT = re.compile(r"\s*,\s*|\s+[-–—]\s+|\s+(?:et|and|avec|en partenariat avec|associée? à)\s+")
_ARTICLE = re.compile(r"(?:la |le |les |l['’])(?=\w)", re.IGNORECASE)
#: One of the marks above, for « et » any: a cell without is one name.
_SEVERAL = re.compile(r"[;|/,]| (?:[-–—]|et|and|avec|en|associée?) ")
#: « et Lorient Agglomération », after a name that is whole without it.
_TOWN = re.compile(r"^(?:(?:la|le|l) )?(?:ville|commune|mairie|departement|region|conseil) ")
_ENDS = re.compile(r"^(?:[^\W\d]+ ){1,3}(?:agglomeration|metropole|agglo)\b")
_BULLET = re.compile(r"^[-•–*]\s+")
# A comma or « et » parts two collectivities only before a word that opens a new one:
# « Saône et Loire », « Moret Seine et Loing », « CC de la Vanne et du Pays d'Othe » are one name.
_OPENS = re.compile(
    r"^(?!(?:de|du|des) pays\b)(?:l |la |le |les |d |de |du )*(?:ville|city|town|commune|mairie|"
    r"conseil|departement|region|communaute|metropole|eurometropole|agglomeration|syndicat|pays|"
    r"collectivite|ca|cc|cu|pnr|parc naturel)\b"
)
# After a dash even these may go on with a name: « CC Chabris - Pays de Bazelle ».
_OPENS_APART = re.compile(
    r"^(?:l |la |le |les |d |de |du )*(?:ville|city|town|commune|mairie|conseil|departement|"
    r"region|syndicat|(?:communaute|metropole|eurometropole|collectivite) (?:de|d|du|des|urbaine|"
    r"europeenne|territoriale))\b"
)


def opens_lead(text: str) -> bool:
    """Whether words open as the name of a collectivity does: « Ville de », « Conseil »."""
    return _OPENS.match(fold(text)) is not None


@lru_cache(maxsize=1 << 14)
def parse_lead_cell(cell: str) -> tuple[Mention, ...]:
    """Each collectivity that the cell names, in printed order; not identified here.

    >>> [m.name for m in parse_lead_cell("Ville de Metz et Département de la Moselle")]
    ['Ville de Metz', 'Département de la Moselle']
    """
    whole = collapse(cell)
    if "\n" not in cell and not _SEVERAL.search(whole):
        name = _BULLET.sub("", whole)
        return (Mention(name, name),) if name else ()
    found: list[str] = []
    for hard in _HARD.split(cell):
        text = _BULLET.sub("", collapse(hard))
        at = 0
        for match in _SOFT.finditer(text):
            apart = match[0].strip() in "-–—"
            opens = _OPENS_APART if apart else _OPENS
            before, after = text[at : match.start()], fold(text[match.end() :])
            if before.strip() and (opens.match(after) or (
                    not apart and _ENDS.match(after) and _TOWN.match(fold(before)))):
                found.append(before)
                at = match.end()
                if article := _ARTICLE.match(text, at):
                    at = article.end()
        found.append(text[at:])
    names = dict.fromkeys(collapse(f) for f in found if collapse(f))
    return tuple(Mention(name, name) for name in names)
