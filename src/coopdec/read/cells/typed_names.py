"""Names that begin with their type: « Ville de Metz », « Conseil départemental du Lot »."""

from __future__ import annotations

import re

from coopdec.read.cells.plurals import OF

__all__ = ["NEXT", "TYPE"]

#: What French collectivities are, as a name begins with it.
TYPE = (r"(?:[Vv]ille|[Cc]ommune|[Dd]épartement|[Rr]égion|[Mm]étropole|"
        r"[Cc]ommunauté (?:de communes|urbaine|d['’]agglomération)|"
        r"[Cc]onseil (?:départemental|régional))")
#: Where another name begins, nothing between: « Ville de Dunkerque Ville de Calais ».
NEXT = re.compile(
    rf"(?<=[\w)]) +(?=[A-Z])(?=(?:{TYPE}|Municipalité|Province) {OF}[A-ZÀ-Ýl])")
