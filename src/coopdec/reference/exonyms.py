"""What territories abroad are called in French: the curated table, and which of the
researched French names may serve as a label."""

from __future__ import annotations

from collections import defaultdict
from difflib import SequenceMatcher
from pathlib import Path

from coopdec.reference.levels import core_names
from coopdec.reference.names import folded
from coopdec.reference.tables import read_table, split

__all__ = ["Exonyms", "alike", "french_label"]

_ALIKE, _SURE = 0.6, 0.75


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
        wanted = self._towns.get(country, {})
        largest: dict[str, tuple[int, str]] = {}
        found: dict[str, list[str]] = defaultdict(list)
        for r in rows:
            if french := self.of_key(f"gn/{r['geonames']}"):
                found[r["geonames"]] += french
            if not wanted:
                continue
            people = int(r["population"] or 0)
            for plain in {folded(n) for n in [r["name"], *split(r["aliases"])]} & wanted.keys():
                if people >= largest.get(plain, (-1, ""))[0]:
                    largest[plain] = (people, r["geonames"])
        for plain, (_, geonames) in largest.items():
            self._unused.discard(f"{country}: {plain}")
            found[geonames] += wanted[plain]
        return found

    def all_used(self) -> None:
        if self._unused:
            raise ValueError(f"exonyms.tsv speaks of unknown places: {sorted(self._unused)}")


def french_label(french: str, cldr: str, name: str, aliases: list[str]) -> str:
    """The researched French name if it looks like CLDR's or the unit's own, without the former
    like any other (some are slips of their source: a newspaper, a neighbour), else CLDR's if it
    is another word than the name itself: « Dakota du Nord », but not « Province de Huesca »;
    else the name itself."""
    if french and alike(french, [name, cldr] if cldr else [name, *aliases], _ALIKE):
        return french
    return cldr if cldr and _core(cldr) != _core(name) else name


def alike(name: str, others: list[str], least: float = _SURE) -> bool:
    """Whether a name looks like one of the others."""
    plain = _core(name)
    return any(SequenceMatcher(None, plain, _core(other)).ratio() >= least for other in others)


def _core(name: str) -> str:
    plain = folded(name)
    return next(core_names(plain), plain)
