"""The lexicon, compiled: the terms of the tables as a tree of words.

:func:`load` reads a folder of tables (:mod:`coopdec.classify.tables`), reports all that
is wrong at once, and builds what the engine walks.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from coopdec.classify.explicit import HINTS
from coopdec.classify.misspelt import Respelling
from coopdec.classify.tables import Entry, read_folder, read_terms, rows
from coopdec.classify.words import SKIPPED, spell, stem, stem_of, stems_of, with_accent
from coopdec.errors import DataError
from coopdec.model import Finding

__all__ = ["END", "Lexicon", "Node", "builtin", "labels", "load"]

#: Key of a node of the tree under which the entries that end there are kept.
END = ""

#: First halves after which a word means something else (« sous-préfecture »).
_OTHERWISE = frozenset({b"non", b"Non", b"sous", b"Sous", b"re", b"pro", b"e"})

#: After every letter.
_LAST = "\U0010ffff"

Node = dict[str | None, Any]


class Keys(dict[bytes, str | None]):
    """Word as written → the name under which the tree knows it: a stem, the longest
    fitting prefix, the stem of the word that it is a misspelling of, ``""`` for a word to skip,
    None for an unknown word.

    Filled as words are met, and emptied when it outgrows what a language needs, so that
    junk cannot fill the memory.
    """

    LIMIT = 100_000

    def __init__(self, words: frozenset[str], prefixes: frozenset[str]) -> None:
        super().__init__()
        self._words = words
        self._prefixes = prefixes
        self._whole = _whole_words(prefixes)

    def __missing__(self, word: bytes) -> str | None:
        if len(self) >= self.LIMIT:
            self.clear()
        key = self[word] = self._find(word) if len(word) < 60 else None
        return key

    def _find(self, word: bytes) -> str | None:
        plain = stem_of(word)
        if plain in SKIPPED:
            return ""
        if plain in self._words:
            return plain
        if word.isascii() and (accented := with_accent(spell(word))) in self._words:
            return accented
        found = self._prefix(plain)
        if found is None and b"_" in word:  # « éco-collèges » are « collèges »
            first, _, rest = word.rpartition(b"_")
            return self._find(rest) or None if first not in _OTHERWISE else None
        return found or self._respelling.of(plain)

    def _prefix(self, plain: str) -> str | None:
        for size in range(len(plain), 2, -1):
            if plain[:size] in self._prefixes:
                return plain[:size] + "*"
        whole = self._whole.get(plain)
        return f"{whole}*" if whole else None

    @cached_property
    def _respelling(self) -> Respelling:
        return Respelling(self._words)

    def may_know(self, plain: str) -> bool:
        """False if no word of this stem can have a key."""
        return (plain in self._words or plain + "e" in self._words
                or self._prefix(plain) is not None or self._respelling.of(plain) is not None)


class Masks(dict[str, tuple[str, ...]]):
    """Name of a body or place → its stems, without those to skip; none where the tree knows
    no word of it, so that nothing needs to be hidden. Filled and emptied as :class:`Keys`."""

    LIMIT = 1 << 15

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self._keys = keys

    def __missing__(self, name: str) -> tuple[str, ...]:
        if len(self) >= self.LIMIT:
            self.clear()
        stems = stems_of(name)
        found = self[name] = stems if any(map(self._keys.may_know, stems)) else ()
        return found


class Confidence(dict[float, float]):
    """Share that the witnesses leave open → share of such themes that are right, as
    measured (``calibration.tsv``: kind of rule, lowest score, confidence)."""

    def __init__(self, kind: str, table: Iterable[tuple[str, float, float]]) -> None:
        super().__init__()
        self._rows = sorted(((low, sure) for k, low, sure in table if k == kind), reverse=True)

    def __missing__(self, left: float) -> float:
        score = 1 - left + 1e-9
        found = next((sure for low, sure in self._rows if score >= low), round(score, 2))
        if len(self) < 10_000:
            self[left] = found
        return found


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``root`` is the tree of stems; ``keys`` names the words of a title in it; ``masks``
    has the stems of names that stand around it; ``codes`` tells goal and target of a code
    (« 06.1 » → 6, « 6.1 »); ``confidence`` turns a score into a measured share, by kind of
    rule; ``version`` is twelve hex digits that depend on the content of the tables alone."""

    entries: tuple[Entry, ...] = field(repr=False)
    root: Node = field(repr=False)
    keys: Keys = field(repr=False)
    masks: Masks = field(repr=False)
    codes: Mapping[str, tuple[int, str | None]] = field(repr=False)
    confidence: Mapping[str, Confidence] = field(repr=False)
    version: str


@cache
def builtin() -> Lexicon:
    """The lexicon that coopdec ships."""
    return load()


def load(path: str | Path | None = None) -> Lexicon:
    """Read and check a folder of tables (None: the built-in one).

    Raises :class:`StorageError` where there is no such folder and :class:`DataError`
    with a finding for each wrong line: a goal that does not exist, a weight outside
    ]0, 1], a term given twice, a term with two weights or both with and without goals.
    """
    tables = read_folder(path)
    targets = [cells[0] for _, cells in rows(tables["targets.tsv"])][1:]
    wrong: list[Finding] = []
    entries = tuple(read_terms(tables, frozenset(targets), wrong))
    if wrong:
        raise DataError(sorted(wrong, key=_place))
    digest = hashlib.sha256()
    for name, content in tables.items():
        digest.update(name.encode() + b"\0" + content.replace(b"\r\n", b"\n") + b"\0")
    measured = [(c[0], float(c[1]), float(c[2])) for _, c in [*rows(tables["calibration.tsv"])][1:]]
    words, prefixes = _vocabulary(entries)
    codes: dict[str, tuple[int, str | None]] = {f"{g:02}": (g, None) for g in range(1, 18)}
    for target in targets:
        goal, _, rest = target.partition(".")
        codes[f"{int(goal):02}.{rest}"] = (int(goal), target)
    keys = Keys(words, prefixes)
    return Lexicon(
        entries=entries,
        root=_tree(entries, words, prefixes),
        keys=keys,
        masks=Masks(keys),
        codes=codes,
        confidence={k: Confidence(k, measured) for k in ("lexicon", "explicit", "sector")},
        version=digest.hexdigest()[:12],
    )


def labels(name: str) -> dict[str, tuple[str, ...]]:
    """First column → the other columns of a built-in table of labels (``targets.tsv``:
    label_fr, label_en; ``dac.tsv`` and ``atlas_themes.tsv``: label_fr, label_en, goals)."""
    content = files("coopdec").joinpath("lexicon").joinpath(name).read_bytes()
    return {cells[0]: tuple(cells[1:]) for _, cells in [*rows(content)][1:]}


def _place(finding: Finding) -> tuple[str, int]:
    where = finding.where
    return (where.document, where.line or 0) if where else ("", 0)


def _vocabulary(entries: Iterable[Entry]) -> tuple[frozenset[str], frozenset[str]]:
    words = {hint for hint in HINTS if not hint.endswith("*")}
    prefixes = {hint[:-1] for hint in HINTS if hint.endswith("*")}
    for entry in entries:
        for step in entry.path:
            (prefixes if step.endswith("*") else words).add(step.removesuffix("*"))
        if entry.context:
            words |= entry.context.with_ | entry.context.without
    return frozenset(words), frozenset(prefixes)


def _whole_words(prefixes: Iterable[str]) -> dict[str, str]:
    """Stem → prefix, of prefixes that are words whose stem is shorter: « ambulance* » reads
    « ambulances » (« ambulanc »), « poubelle* » reads « poubelles » (« poubel »)."""
    return {plain: p for p in sorted(prefixes) if p.endswith("e") and (plain := stem(p)) != p}


def _tree(entries: Iterable[Entry], words: frozenset[str], prefixes: frozenset[str]) -> Node:
    """Nested dictionaries of stems. A title's word bears one key only, so a step that is
    a prefix is entered under every known word and longer prefix that starts with it."""
    names = sorted([*words, *(prefix + "*" for prefix in prefixes)])
    whole = {prefix: plain for plain, prefix in _whole_words(prefixes).items()}
    widened = {
        prefix + "*": names[bisect_left(names, prefix) : bisect_left(names, prefix + _LAST)]
        + [plain for plain in (whole.get(prefix),) if plain in words]
        for prefix in prefixes
    }
    root: Node = {}
    for entry in entries:
        nodes = [root]
        for step in entry.path:
            keys = widened.get(step, [step])
            nodes = [node.setdefault(key, {}) for node in nodes for key in keys]
        for node in nodes:
            here: tuple[Entry, ...] = node.get(END, ())
            if not here or _literal(entry) == _literal(here[0]):
                node[END] = (*here, entry)
            elif _literal(entry) > _literal(here[0]):
                node[END] = (entry,)
    return root


def _literal(entry: Entry) -> tuple[int, int]:
    """How many letters an entry spells out, less its stars: « gouvernorat » beats « gouvern* »,
    « fistules » (« fistul ») « fistule* »."""
    stars = sum(step.endswith("*") for step in entry.path)
    return sum(map(len, entry.path)) - 2 * stars, -stars
