"""What every parser of cells shares: what is not understood, what says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from coopdec.model import Severity
from coopdec.text import fold

__all__ = ["Unclear", "nothing"]


@dataclass(frozen=True, slots=True)
class Unclear:
    """What is the matter with a cell: a finding without its place, which only the row knows. Where
    it is a value's, the cell itself fills the message as well."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    severity: Severity = Severity.WARNING


_NOTHING = frozenset(map(fold, (
    "n/a", "na", "n.a.", "nc", "n.c.", "nd", "n.d.", "ns", "non communiqué", "non communiquée",
    "non renseigné", "non renseignée", "non précisé", "non précisée", "non disponible",
    "non connu", "non connue", "non applicable", "sans objet", "so", "s.o.", "néant", "aucun",
    "aucune", "à définir", "à préciser", "à déterminer", "à confirmer", "en attente", "inconnu",
    "inconnue", "none", "null", "nan", "unknown", "not applicable", "not available", "tbd", "tbc",
    "to be defined", "to be confirmed", "vide")))


def nothing(text: str) -> bool:
    """Whether a cell says that it has nothing to say: « – », « n.c. », « à définir ».

    >>> nothing("—"), nothing("N/A"), nothing("0 €")
    (True, True, False)
    """
    if not text or text[0].isdecimal():
        return not text
    folded = fold(text)
    return folded in _NOTHING or (not folded and not any(c in text for c in "€$£%"))
