"""Words for a level that official names carry: « Sikasso Cercle », « Huyện Nguyên Bình ».

The name without them is a name too. Folded words, in the languages of the packages.
"""

from __future__ import annotations

from collections.abc import Iterator

from coopdec.reference.names import folded

__all__ = ["ISO_WORDS", "core_names", "unit_forms"]

_HEADS = frozenset({
    "commune of", "subdivision", "gouvernement", "cite", "ville", "aimag", "akarere", "al wilayah",
    "amphoe", "arrondissement", "autonomous region", "bezirk", "canton", "caza", "cercle",
    "changwat", "comarca", "comitat", "commune", "comte", "concelho", "county", "daira",
    "delegation", "departamento", "departement", "department", "district", "distrikt", "distrito",
    "estado", "etat", "gmina", "gouvernorat", "grad", "huyen", "ilha", "intara", "judetul",
    "kabupaten", "khett", "kota", "kreis", "krong", "landkreis", "moughataa", "muang", "muhafazat",
    "municipalite", "municipality", "municipio", "oblast", "obstina", "opstina", "parroquia",
    "partido", "powiat", "prefecture", "province", "provincia", "quan", "raion", "raionul",
    "region", "republic", "sous prefecture", "srok", "state", "territoire", "thanh pho", "thi xa",
    "tinh", "voblast", "voivodie", "wilaya", "wilayah", "wojewodztwo", "woreda", "xa", "zone",
})
_TAILS = frozenset({
    "aimag", "aimak", "apskritis", "autonomous region", "aymag", "borough", "canton", "cercle",
    "city", "commune", "community", "county", "delegation", "department", "district", "division",
    "governorate", "kommun", "kraj", "lan", "maakond", "megye", "metropolitan district",
    "municipality", "novads", "oblast", "oblasts", "parish", "prefecture", "province", "qda",
    "raion", "rayon", "region", "sheng", "shi", "state", "subdivision", "subprefecture", "sum",
    "territory", "urban district", "vald", "voblasts", "voivodeship", "wilaya", "xian", "zone",
    "zupanija",
})
#: Printed type word (folded) → the words of ISO 3166-2 for the same level.
ISO_WORDS = {
    "province": {"Province", "Autonomous province"},
    "region": {"Region", "Administrative region", "Autonomous region", "Regional state"},
    "etat": {"State"}, "gouvernorat": {"Governorate"}, "departement": {"Department"},
    "district": {"District", "Metropolitan district", "Capital district"},
    "governorate": {"Governorate"}, "department": {"Department"}, "county": {"County"},
    "state": {"State"}, "prefecture": {"Prefecture"}, "comte": {"County"}, "canton": {"Canton"},
    "land": {"Land"}, "oblast": {"Oblast", "Region"}, "republique": {"Republic"},
    "wilaya": {"Region", "Province"}, "communaute autonome": {"Autonomous community"},
    "voivodie": {"Voivodship"},
}
_LINKS = frozenset({"de", "du", "des", "d", "l", "of", "do", "da", "del", "dos", "ka"})
_LONGEST = 2


def core_names(plain: str) -> Iterator[str]:
    """A folded name without the word for its level, if it carries one.

    >>> list(core_names("province de yen bai")), list(core_names("sikasso cercle"))
    (['yen bai'], ['sikasso'])
    """
    words = plain.split(" ")
    for size in range(min(_LONGEST, len(words) - 1), 0, -1):
        if " ".join(words[:size]) in _HEADS:
            rest = words[size:]
            while len(rest) > 1 and rest[0] in _LINKS:
                rest = rest[1:]
            yield " ".join(rest)
            break
    for size in range(min(_LONGEST, len(words) - 1), 0, -1):
        if " ".join(words[-size:]) in _TAILS:
            yield " ".join(words[:-size])
            break


def unit_forms(name: str) -> set[str]:
    """A name of a unit, folded, whole and without its level's words."""
    plain = folded(name)
    return {plain, *core_names(plain)} - {""}
