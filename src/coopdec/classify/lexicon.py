"""The lexicon: tables of terms that people edit, compiled into a tree of words.

A table is a TSV file with the columns ``term  goals  weight  context  note``; a line
that starts with ``#`` is a remark. See ``docs/themes.md`` for what each column takes.
:func:`load` reads a folder of tables, reports everything that is wrong at once, and
builds the :class:`Lexicon` that the engine walks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from coopdec.classify.words import SKIPPED, WORD, mend, stem
from coopdec.errors import DataError, StorageError
from coopdec.model import Finding, Position, Severity
from coopdec.text import slug

__all__ = ["END", "Context", "Entry", "Lexicon", "builtin", "load"]

COLUMNS = ("term", "goals", "weight", "context", "note")

#: Key of a node of the tree under which the entries that end there are kept.
END = ""

#: Tables of the folder that are not tables of terms.
NOT_TERMS = frozenset(
    {"atlas_themes.tsv", "calibration.tsv", "dac.tsv", "goals.tsv", "targets.tsv"}
)

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Context:
    """When an entry counts. ``with_``/``without``: stems of which one must, none may,
    stand in the title; ``caps``: only in capitals (« TIC »); ``not_name``: not when a
    proper name follows (« Université de Kara »)."""

    with_: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    caps: bool = False
    not_name: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a table. ``goals`` pairs a goal with its target or None; empty for a
    phrase that means no goal (a name, a generic phrase). ``weight`` is the share of
    titles with this term that state the goal."""

    term: str
    goals: tuple[tuple[int, str | None], ...]
    weight: float
    context: Context | None
    rule: str
    path: tuple[str, ...] = field(repr=False, default=())
    #: What it says: each goal with ``""`` and with its targets.
    says: tuple[tuple[int, str], ...] = field(repr=False, default=())


class Keys(dict[str, "str | None"]):
    """Word as written → the name under which the tree knows it: a stem, the longest
    fitting prefix, ``""`` for a word to skip, None for an unknown word.

    Filled as words are met, and emptied when it outgrows what a language needs, so that
    junk cannot fill the memory.
    """

    LIMIT = 100_000

    def __init__(self, words: frozenset[str], prefixes: frozenset[str]) -> None:
        super().__init__()
        self._words = words
        self._prefixes = prefixes

    def __missing__(self, word: str) -> str | None:
        if len(self) >= self.LIMIT:
            self.clear()
        key = self[word] = self._find(word) if len(word) < 60 else None
        return key

    def _find(self, word: str) -> str | None:
        plain = stem(word)
        if plain in SKIPPED:
            return ""
        if plain in self._words:
            return plain
        bare = plain + "e"  # « REFUGIES » for « réfugiés »: the accent that tells is not written
        if bare in self._words and word.isascii() and word.lower().rstrip("s") == bare:
            return bare
        for size in range(len(plain), 2, -1):
            if plain[:size] in self._prefixes:
                return plain[:size] + "*"
        return None


class Confidence(dict[tuple[str, float], float]):
    """``(kind of rule, score)`` → the share of such themes that are right, as measured
    (``calibration.tsv``: kind, lowest score, confidence). Remembers what it was asked."""

    def __init__(self, rows: Sequence[tuple[str, float, float]]) -> None:
        super().__init__()
        self._rows = sorted(rows, key=lambda row: -row[1])

    def __missing__(self, asked: tuple[str, float]) -> float:
        kind, score = asked
        fit = (share for name, low, share in self._rows if name == kind and score >= low - 1e-9)
        found = self[asked] = next(fit, round(score, 2))
        return found


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A compiled lexicon. ``root`` is the tree of stems; ``keys`` names the words of a
    title in it; ``targets`` are the codes that exist; ``version`` depends on the content
    of the tables alone; ``confidence`` turns a score into a measured share."""

    entries: tuple[Entry, ...]
    root: Node = field(repr=False)
    keys: Keys = field(repr=False)
    targets: frozenset[str] = field(repr=False)
    version: str

    confidence: Confidence = field(repr=False)


@cache
def builtin() -> Lexicon:
    """The lexicon that coopdec ships."""
    return load()


def load(path: str | Path | None = None) -> Lexicon:
    """Read and check a folder of tables (the built-in one by default).

    Raises :class:`StorageError` where there is no such folder and :class:`DataError`
    with a finding for each wrong line: a goal that does not exist, a weight outside
    ]0, 1], a term given twice, a term with two weights or both with and without goals.
    """
    tables = _tables(path)
    targets = _codes(tables.get("targets.tsv", b""))
    wrong: list[Finding] = []
    entries: list[tuple[Entry, Position]] = []
    for name, content in tables.items():
        if name not in NOT_TERMS:
            entries.extend(_read_table(name, content, targets, wrong))
    wrong.extend(_clashes(entries))
    if wrong:
        raise DataError(sorted(wrong, key=_place))
    digest = hashlib.sha256()
    for name, content in tables.items():
        digest.update(name.encode() + b"\0" + content.replace(b"\r\n", b"\n") + b"\0")
    kept = tuple(entry for entry, _ in entries)
    words, prefixes = _vocabulary(kept)
    return Lexicon(
        entries=kept,
        root=_tree(kept, words, prefixes),
        keys=Keys(words, prefixes),
        targets=targets,
        confidence=Confidence(_calibration(tables.get("calibration.tsv", b""))),
        version=digest.hexdigest()[:12],
    )


def _place(finding: Finding) -> tuple[str, int]:
    where = finding.where
    return (where.document, where.line or 0) if where else ("", 0)


def _tables(path: str | Path | None) -> dict[str, bytes]:
    """Name → content of every ``.tsv`` file of the folder, in order of name; the
    built-in targets and calibration stand in where a folder of one's own has none."""
    own = files("coopdec").joinpath("lexicon")
    try:
        if path is None:
            found = {f.name: f.read_bytes() for f in own.iterdir() if f.name.endswith(".tsv")}
        else:
            folder = Path(path)
            found = {f.name: f.read_bytes() for f in folder.iterdir() if f.suffix == ".tsv"}
            for name in ("targets.tsv", "calibration.tsv"):
                found.setdefault(name, own.joinpath(name).read_bytes())
    except OSError as error:
        raise StorageError("lexicon-unreadable", path=str(path), why=str(error)) from error
    return dict(sorted(found.items()))


def _lines(content: bytes) -> Iterable[tuple[int, list[str]]]:
    text = content.decode("utf-8-sig", errors="replace")
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, [cell.strip() for cell in line.split("\t")]


def _codes(content: bytes) -> frozenset[str]:
    return frozenset(cells[0] for _, cells in _lines(content) if cells[0] != "target")


def _calibration(content: bytes) -> list[tuple[str, float, float]]:
    return [(c[0], float(c[1]), float(c[2])) for _, c in _lines(content) if c[0] != "kind"]


def _read_table(
    name: str, content: bytes, targets: frozenset[str], wrong: list[Finding]
) -> Iterable[tuple[Entry, Position]]:
    for line, cells in _lines(content):
        if tuple(cells[:2]) == COLUMNS[:2]:
            continue
        term, goals_text, weight_text, context_text, _ = (*cells, "", "", "", "", "")[:5]

        def tell(code: str, column: str, value: str, line: int = line) -> None:
            where = Position(document=name, line=line, column=column)
            wrong.append(Finding(code, Severity.FATAL, where, {"value": value}))

        path = _path(term)
        if not path:
            tell("lexicon-empty-term", "term", term)
            continue
        goals = _goals(goals_text, targets)
        if goals is None:
            tell("lexicon-bad-goal", "goals", goals_text)
            continue
        weight = _weight(weight_text)
        if weight is None:
            tell("lexicon-bad-weight", "weight", weight_text)
            continue
        try:
            context = _context(context_text)
        except ValueError:
            tell("lexicon-bad-context", "context", context_text)
            continue
        rule = f"lexicon:{name.removesuffix('.tsv')}:{slug(term)}"
        says = tuple(dict.fromkeys(p for g, t in goals for p in ((g, ""), (g, t or ""))))
        entry = Entry(term, goals, weight, context, rule, path, says)
        yield entry, Position(name, line=line)


def _path(term: str) -> tuple[str, ...]:
    """The stems of a term, without the words to skip; a prefix keeps its ``*``."""
    path = []
    text = mend(term.replace("*", "ZZZ"))[0]
    for word in WORD.findall(text):
        if word.endswith("ZZZ"):
            path.append(stem(word[:-3] + "zzz").removesuffix("zzz") + "*")
        elif (plain := stem(word)) not in SKIPPED:
            path.append(plain)
    return tuple(path)


def _goals(text: str, targets: frozenset[str]) -> tuple[tuple[int, str | None], ...] | None:
    if text == "-":
        return ()
    goals: list[tuple[int, str | None]] = []
    for word in text.replace(",", " ").split():
        head, dot, _ = word.partition(".")
        if not head.isdecimal() or not 1 <= int(head) <= 17 or (dot and word not in targets):
            return None
        goals.append((int(head), word if dot else None))
    return tuple(goals) or None


def _weight(text: str) -> float | None:
    try:
        weight = float(text or "1")
    except ValueError:
        return None
    return weight if 0 < weight <= 1 else None


def _context(text: str) -> Context | None:
    if not text:
        return None
    given: dict[str, frozenset[str]] = {"with": frozenset(), "without": frozenset()}
    flags = set()
    for part in text.split():
        name, colon, words = part.partition(":")
        if colon and name in given and words:
            given[name] = frozenset(stem(w) for w in words.split("|"))
        elif part in ("caps", "not-name"):
            flags.add(part)
        else:
            raise ValueError(part)
    return Context(given["with"], given["without"], "caps" in flags, "not-name" in flags)


def _clashes(entries: Iterable[tuple[Entry, Position]]) -> Iterable[Finding]:
    """Terms given twice for one goal, with two weights, or with and without goals."""
    seen: dict[tuple[object, ...], tuple[float, Position]] = {}
    for entry, where in entries:
        for goal in entry.goals or ((0, None),):
            key = (entry.path, goal[0] and goal, entry.context)
            if key in seen:
                weight, first = seen[key]
                code = "lexicon-duplicate" if weight == entry.weight else "lexicon-two-weights"
                yield _clash(code, entry, where, first)
            else:
                seen[key] = (entry.weight, where)
    for entry, where in entries:
        none = seen.get((entry.path, 0, entry.context))
        if entry.goals and none:
            yield _clash("lexicon-goal-and-none", entry, where, none[1])


def _clash(code: str, entry: Entry, where: Position, first: Position) -> Finding:
    params = {"term": entry.term, "first": f"{first.document}:{first.line}"}
    return Finding(code, Severity.FATAL, where, params)


def _vocabulary(entries: Iterable[Entry]) -> tuple[frozenset[str], frozenset[str]]:
    words: set[str] = set()
    prefixes: set[str] = set()
    for entry in entries:
        for step in entry.path:
            (prefixes if step.endswith("*") else words).add(step.removesuffix("*"))
        if entry.context:
            words |= entry.context.with_ | entry.context.without
    return frozenset(words), frozenset(prefixes)


def _tree(entries: Iterable[Entry], words: frozenset[str], prefixes: frozenset[str]) -> Node:
    """Nested dictionaries of stems. A title's word bears one key only, so a step that is
    a prefix is entered under every known word and longer prefix that starts with it."""
    widened: dict[str, list[str]] = {}
    for prefix in prefixes:
        widened[prefix + "*"] = [prefix + "*"]
        widened[prefix + "*"] += [w for w in words if w.startswith(prefix)]
        widened[prefix + "*"] += [p + "*" for p in prefixes if p != prefix and p.startswith(prefix)]
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


def _literal(entry: Entry) -> int:
    """How many letters an entry spells out: « gouvernorat » beats « gouvern* »."""
    return sum(len(step.removesuffix("*")) - step.endswith("*") for step in entry.path)


def labels(name: str) -> Mapping[str, tuple[str, ...]]:
    """First column → other columns of one of the built-in tables of labels."""
    content = files("coopdec").joinpath("lexicon").joinpath(name).read_bytes()
    return {cells[0]: tuple(cells[1:]) for _, cells in _lines(content)}
