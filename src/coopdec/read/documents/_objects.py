"""Where the list is in a JSON document that is no plain list: inside an API's answer, keyed by
country, year or number, in columns or in rows without keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["NAMES", "Found", "grouped", "lists_in"]

#: So deep is a list looked for.
_DEPTH = 6
#: Lists beside the longest that have so many of its keys are parts of the same list.
_ALIKE = 0.5
#: A list inside of an object that is a list of projects, not of its partners.
_LEAST_KEYS = 3
#: So many objects tell whether they hold the projects.
_SAMPLE = 50
_YEAR = re.compile(r"(?:19|20)\d\d")
#: What says no more than that it names something: a column, a country.
NAMES = ("name", "label", "title", "id", "nom", "field")


@dataclass(frozen=True, slots=True)
class Found:
    """``objects``, or rows of cells of which the first is the header; ``path``: the keys
    above."""

    path: tuple[str, ...]
    objects: Sequence[Any]

    @property
    def size(self) -> int:
        """Cells, wide objects first: a service's words on each column are a list as well."""
        return sum(len(one) for one in self.objects) * max(map(len, self.objects[:_SAMPLE]))

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(k for one in self.objects[:_SAMPLE] if isinstance(one, dict) for k in one)


def lists_in(value: Any) -> list[Found]:
    """The largest list, and those beside it that are alike: parts by country, year…
    The document itself as its only object where it holds none."""
    found = list(_candidates(value, ()))
    best = max(found, key=lambda f: f.size, default=None)
    if best is None:
        return [Found((), [value])] if isinstance(value, dict) else []
    alike = [f for f in found if len(f.path) == len(best.path) and (
        f is best or (best.keys and len(f.keys & best.keys) >= _ALIKE * len(f.keys | best.keys)))]
    return [best] if len(alike) == 1 else [_with_year(f) for f in alike]


def _candidates(value: Any, path: tuple[str, ...]) -> Iterator[Found]:
    if not isinstance(value, dict) or len(path) > _DEPTH:
        return
    if (rows := _in_columns(value)) is not None:
        yield Found(path, rows)
    elif (objects := _keyed(value)) is not None:
        yield from (Found((*path, *name), some) for name, some in objects)
        return
    for key, inner in value.items():
        if isinstance(inner, list) and inner and all(isinstance(v, dict) for v in inner):
            yield Found((*path, key), inner)
        elif isinstance(inner, list) and inner and all(isinstance(v, list) for v in inner):
            if (header := _header(value, len(inner[0]))) is not None:
                yield Found((*path, key), [header, *inner])
        else:
            yield from _candidates(inner, (*path, key))


def _keyed(value: Mapping[str, Any]) -> list[tuple[tuple[str, ...], list[Any]]] | None:
    """Objects under keys of their own: numbers are identifiers, words say what the object
    does not (its country)."""
    objects = list(value.values())
    if len(objects) < 2 or not all(isinstance(v, dict) for v in objects):
        return None
    keys = [frozenset(v) for v in objects]
    common, every = frozenset.intersection(*keys), frozenset.union(*keys)
    if len(common) < max(_LEAST_KEYS, _ALIKE * len(every)) or all(
            isinstance(v, dict | list) for v in objects[0].values()):
        return None
    if all(any(c.isdigit() for c in key) for key in value):
        return [((), [{"id": key, **inner} for key, inner in value.items()])]
    return [((key,), [inner]) for key, inner in value.items()]


def _in_columns(value: Mapping[str, Any]) -> list[list[Any]] | None:
    """« {"titre": ["a", "b"], "pays": ["ML", "SN"]} », or with numbered cells, as rows."""
    columns = list(value.values())
    if len(columns) < _LEAST_KEYS:
        return None
    if all(isinstance(c, dict) for c in columns):
        ranks = list(columns[0])
        if not all(rank.isdecimal() for rank in ranks) or any(list(c) != ranks for c in columns):
            return None
        columns = [list(c.values()) for c in columns]
    elif not all(isinstance(c, list) for c in columns):
        return None
    sizes = {len(c) for c in columns}
    if len(sizes) != 1 or not sizes.pop() or any(
            isinstance(cell, dict | list) for column in columns for cell in column):
        return None
    return [list(value), *map(list, zip(*columns, strict=True))]


def _header(value: Any, width: int, depth: int = 3) -> list[str] | None:
    """The names of so many columns, from beside rows without keys."""
    for inner in value.values():
        if isinstance(inner, list) and len(inner) == width:
            if all(isinstance(one, str) for one in inner):
                return inner
            if all(isinstance(one, dict) for one in inner):
                key = next((k for k in NAMES if all(isinstance(o.get(k), str) for o in inner)), "")
                if key:
                    return [one[key] for one in inner]
        elif isinstance(inner, dict) and depth and (
                found := _header(inner, width, depth - 1)) is not None:
            return found
    return None


def _with_year(found: Found) -> Found:
    """A year that is the key of a list is a column of its objects."""
    year = next((key for key in found.path if _YEAR.fullmatch(key)), None)
    if year is None or not all(isinstance(one, dict) for one in found.objects):
        return found
    return Found(found.path, [{"année": year, **one} if "année" not in one else one
                              for one in found.objects])


def grouped(sample: Sequence[Any]) -> str | None:
    """The key under which most objects hold a list of projects: « {"pays": "Mali", "projets":
    [{"titre": …, "porteur": …, "montant": …}]} »; None where they are projects."""
    objects = [one for one in sample[:_SAMPLE] if isinstance(one, dict)]
    counts: dict[str, int] = {}
    for one in objects:
        own = sum(not isinstance(v, dict | list) for v in one.values())
        for key, inner in one.items():
            if isinstance(inner, list) and inner and all(isinstance(v, dict) for v in inner):
                keys = len(frozenset().union(*inner))
                counts[key] = counts.get(key, 0) + (keys >= _LEAST_KEYS and keys > own)
    best = max(counts, key=lambda key: counts[key], default=None)
    return best if best is not None and counts[best] * 2 > len(objects) else None
