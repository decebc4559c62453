"""Official codes of who leads, in cells of their own: what these say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from coopdec.model import Code, Mention
from coopdec.text import collapse

__all__ = ["CODE_ROLES", "official_code", "with_codes"]

#: The roles, in the order in which their codes are given.
CODE_ROLES = ("lead_insee", "lead_siren", "lead_epci", "lead_postcode")

_MARKS = re.compile(r"\s*[;|,/\n]\s*|\s+(?:et|-)\s+")
_BLANK = re.compile(r"[\s.\u00a0\u202f]+")
#: What a spreadsheet makes of a number.
_DECIMALS = re.compile(r"[.,]0+$")
_INSEE_CODE = re.compile(r"\d{5}|2[AB]\d{3}|\d{2,3}|2[AB]")


def with_codes(leads: tuple[Mention, ...], cells: Mapping[str, str]
               ) -> tuple[tuple[Mention, ...], list[str]]:
    """The leads with the codes that stand beside them: those of a cell in order, where it has as
    many as there are leads; and the roles of the cells that have not."""
    each: list[list[Code]] = [[] for _ in leads]
    unpaired = []
    for role in CODE_ROLES:
        if not (cell := cells.get(role)):
            continue
        printed = [p for part in _MARKS.split(_DECIMALS.sub("", cell.strip()))
                   if (p := collapse(part))]
        if len(printed) != len(leads):
            printed = list(dict.fromkeys(printed))
        if len(printed) == len(leads):
            for codes, one in zip(each, printed, strict=True):
                if code := official_code(role, one):
                    codes.append(code)
        elif leads and any(official_code(role, one) for one in printed):
            unpaired.append(role)
    return tuple([m._replace(codes=tuple(codes)) if codes else m
                  for m, codes in zip(leads, each, strict=True)]), unpaired


@lru_cache(maxsize=1 << 12)
def official_code(role: str, printed: str) -> Code | None:
    """What is printed in a cell of one of :data:`CODE_ROLES`; None where it is no code at all.
    A spreadsheet takes the zero from « 01004 »; what its column calls INSEE may be a SIREN, and
    the other way round."""
    text = _BLANK.sub("", _DECIMALS.sub("", printed)).upper()
    if role == "lead_postcode":
        return Code("postcode", text.zfill(5), printed, role) if (
            text.isdecimal() and text.isascii() and len(text) in (4, 5)) else None
    if re.fullmatch(r"\d{9}|\d{14}", text, re.ASCII):
        authority = "epci" if role == "lead_epci" else "siren"
        return Code(authority, text[:9], printed, role)
    if role == "lead_insee" and text.isascii():
        if text.isdecimal() and len(text) in (1, 4):
            text = f"0{text}"
        if _INSEE_CODE.fullmatch(text):
            return Code("insee", text, printed, role)
    return None
