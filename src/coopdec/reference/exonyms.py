"""What territories abroad are called in French: the curated table, and which of the
researched French names may serve as a label."""

from __future__ import annotations

from collections import defaultdict
from difflib import SequenceMatcher
from pathlib import Path

from coopdec.reference.levels import core_names
from coopdec.reference.names import folded
from coopdec.reference.tables import read_table, split

__all__ = ["Exonyms", "french_label"]

_ALIKE = 0.6


class Exonyms:
    """``curated/exonyms.tsv``: names by the entity's key, or by the GeoNames name of the
    largest town of a country that bears it."""

    def __init__(self, root: Path) -> None:
        self._keys: dict[str, list[str]] = defaultdict(list)
        self._towns: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for r in read_table(root / "curated/exonyms.tsv"):
            if "/" in r["target"]:
                self._keys[r["target"]].append(r["name"])
            else:
                self._towns[r["country"]][folded(r["target"])].append(r["name"])
        self._unused = set(self._keys) | {
            f"{country}: {town}" for country, towns in self._towns.items() for town in towns}

    def of_key(self, key: str) -> list[str]:
        self._unused.discard(key)
        return self._keys.get(key, [])

    def of_towns(self, country: str, rows: list[dict[str, str]]) -> dict[str, list[str]]:
        """GeoNames identifier → French names, for the towns of one country."""
        wanted = self._towns.get(country)
        if not wanted:
            return {}
        largest: dict[str, tuple[int, str]] = {}
        for r in rows:
            people = int(r["population"] or 0)
            for plain in {folded(n) for n in [r["name"], *split(r["aliases"])]} & wanted.keys():
                if people >= largest.get(plain, (-1, ""))[0]:
                    largest[plain] = (people, r["geonames"])
        found: dict[str, list[str]] = defaultdict(list)
        for plain, (_, geonames) in largest.items():
            self._unused.discard(f"{country}: {plain}")
            found[geonames] += wanted[plain]
        return found

    def all_used(self) -> None:
        if self._unused:
            raise ValueError(f"exonyms.tsv speaks of unknown places: {sorted(self._unused)}")


def french_label(french: str, cldr: str, name: str, aliases: list[str]) -> str:
    """The researched French name if it looks like the unit's other names (some are slips of
    their source: a newspaper, a neighbour), else CLDR's if it is another word than the name
    itself: « Dakota du Nord », but not « Province de Huesca »; else the name itself."""
    if french:
        plain = _core(french)
        if any(SequenceMatcher(None, plain, _core(n)).ratio() >= _ALIKE
               for n in [name, *aliases]):
            return french
    return cldr if cldr and _core(cldr) != _core(name) else name


def _core(name: str) -> str:
    plain = folded(name)
    return next(core_names(plain), plain)
