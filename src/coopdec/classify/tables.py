"""The lexicon's tables: TSV files that people edit, read and checked line by line.

A table of terms has the columns ``term  goals  weight  context  note``; a line that
starts with ``#`` is a remark. ``docs/themes.md`` says what each column takes. Nothing
here stops at the first mistake: every wrong line becomes a finding with its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from coopdec.classify.words import stem, stems_of
from coopdec.errors import StorageError
from coopdec.model import Finding, Position, Severity
from coopdec.text import slug

__all__ = ["COLUMNS", "Context", "Entry", "read_folder", "read_terms", "rows"]

COLUMNS = ("term", "goals", "weight", "context", "note")

#: Tables of the folder that are not tables of terms.
NOT_TERMS = frozenset(
    {"atlas_themes.tsv", "calibration.tsv", "dac.tsv", "goals.tsv", "targets.tsv"}
)

#: What a context may also say, in the order of the fields of :class:`Context`.
_FLAGS = ("caps", "not-name", "plural", "feminine")

Goal = tuple[int, str | None]
Tell = Callable[[str, str, str], None]


@dataclass(frozen=True, slots=True)
class Context:
    """When an entry counts. ``with_``/``without``: stems of which one must, none may,
    stand in the title; ``caps``: only as written (« TIC »); ``plural``: only in the plural
    (« terres », not « terre d'accueil »); ``feminine``: only where women are named, by
    themselves (« des agricultrices », not « agriculteurs et agricultrices »); ``not_name``:
    not when a proper name follows (« Université de Kara »)."""

    with_: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    caps: bool = False
    not_name: bool = False
    plural: bool = False
    feminine: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a table. ``goals`` pairs a goal with its target or None; empty for a
    phrase that means no goal (a name, a generic phrase). ``weight`` is the share of
    titles with this term that state the goal, ``open`` the rest. ``path`` are its
    stems, ``says`` the codes of its goals and targets (« 06 », « 06.1 »)."""

    term: str
    goals: tuple[Goal, ...]
    weight: float
    context: Context | None
    rule: str
    path: tuple[str, ...] = field(repr=False)
    says: tuple[str, ...] = field(repr=False)
    open: float = field(repr=False)


def read_folder(path: str | Path | None) -> dict[str, bytes]:
    """Name → content of every ``.tsv`` file of the folder (None: the built-in one), in
    order of name; the built-in targets and calibration stand in for missing ones.

    Raises :class:`StorageError` where the folder cannot be read."""
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


def rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Line number and trimmed cells of each line that is neither empty nor a remark."""
    text = content.decode("utf-8-sig", errors="replace")
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, [cell.strip() for cell in line.split("\t")]


def read_terms(
    tables: Mapping[str, bytes], targets: frozenset[str], wrong: list[Finding]
) -> list[Entry]:
    """The entries of every table of terms; what is wrong is added to ``wrong``."""
    found: list[tuple[Entry, Position]] = []
    for name, content in tables.items():
        if name not in NOT_TERMS:
            found.extend(_read_table(name, content, targets, wrong))
    wrong.extend(_clashes(found))
    return [entry for entry, _ in found]


def _read_table(
    name: str, content: bytes, targets: frozenset[str], wrong: list[Finding]
) -> Iterator[tuple[Entry, Position]]:
    lines = rows(content)
    first, header = next(lines, (1, []))
    if tuple(header[: len(COLUMNS)]) != COLUMNS:
        where = Position(document=name, line=first)
        wrong.append(Finding("lexicon-bad-header", Severity.FATAL, where, {}))
        return
    for line, cells in lines:

        def tell(code: str, column: str, value: str, line: int = line) -> None:
            where = Position(document=name, line=line, column=column)
            wrong.append(Finding(code, Severity.FATAL, where, {"value": value}))

        entry = _entry(name, cells, targets, tell)
        if entry:
            yield entry, Position(name, line=line)


def _entry(name: str, cells: list[str], targets: frozenset[str], tell: Tell) -> Entry | None:
    term, goals_text, weight_text, context_text, _ = (*cells, "", "", "", "", "")[:5]
    path, goals, weight = _path(term), _goals(goals_text, targets), _weight(weight_text)
    if not path:
        tell("lexicon-empty-term", "term", term)
    if goals is None:
        tell("lexicon-bad-goal", "goals", goals_text)
    if weight is None:
        tell("lexicon-bad-weight", "weight", weight_text)
    try:
        context = _context(context_text)
    except ValueError:
        tell("lexicon-bad-context", "context", context_text)
        return None
    if not path or goals is None or weight is None:
        return None
    rule = f"lexicon:{name.removesuffix('.tsv')}:{slug(term)}"
    return Entry(term, goals, weight, context, rule, path, _says(goals), 1 - weight)


def _path(term: str) -> tuple[str, ...]:
    """The stems of a term, without the words to skip; a prefix keeps its ``*``."""
    return tuple([f"{plain[:-3]}*" if plain.endswith("zzz") else plain
                  for plain in stems_of(term.replace("*", "zzz"))])


# What stands in these columns repeats from line to line.
@lru_cache(maxsize=1 << 10)
def _goals(text: str, targets: frozenset[str]) -> tuple[Goal, ...] | None:
    if text == "-":
        return ()
    goals: list[Goal] = []
    for word in text.replace(",", " ").split():
        head, dot, _ = word.partition(".")
        if not head.isdecimal() or not 1 <= int(head) <= 17 or (dot and word not in targets):
            return None
        goals.append((int(head), word if dot else None))
    return tuple(goals) or None


@lru_cache(maxsize=1 << 10)
def _says(goals: tuple[Goal, ...]) -> tuple[str, ...]:
    codes = (code for g, t in goals for code in (f"{g:02}", t and f"{g:02}.{t.split('.')[1]}"))
    return tuple(dict.fromkeys(code for code in codes if code))


def _weight(text: str) -> float | None:
    try:
        weight = float(text or "1")
    except ValueError:
        return None
    return weight if 0 < weight <= 1 else None


@lru_cache(maxsize=1 << 10)
def _context(text: str) -> Context | None:
    if not text:
        return None
    given: dict[str, frozenset[str]] = {"with": frozenset(), "without": frozenset()}
    flags = set()
    for part in text.split():
        name, colon, words = part.partition(":")
        if colon and name in given and words:
            given[name] = frozenset(stem(w) for w in words.split("|"))
        elif part in _FLAGS:
            flags.add(part)
        else:
            raise ValueError(part)
    return Context(given["with"], given["without"], *[flag in flags for flag in _FLAGS])


def _clashes(entries: Iterable[tuple[Entry, Position]]) -> Iterator[Finding]:
    """Terms given twice for one goal, with two weights, or with and without goals. Beside a
    line without a context, one with a context for the same goal says nothing more."""
    seen: dict[tuple[object, ...], tuple[float, Position]] = {}
    entries = list(entries)
    for entry, where in entries:
        for code in entry.says or ("",):
            key = (entry.path, code, entry.context)
            if key in seen:
                weight, first = seen[key]
                same = weight == entry.weight
                kind = "lexicon-duplicate" if same else "lexicon-two-weights"
                yield _clash(kind, entry, where, first)
                break
            seen[key] = (entry.weight, where)
    for entry, where in entries:
        none = seen.get((entry.path, "", entry.context))
        if entry.goals and none:
            yield _clash("lexicon-goal-and-none", entry, where, none[1])
        for code in entry.says if entry.context else ():
            if plain := seen.get((entry.path, code, None)):
                yield _clash("lexicon-duplicate", entry, where, plain[1])
                break


def _clash(code: str, entry: Entry, where: Position, first: Position) -> Finding:
    params = {"term": entry.term, "first": f"{first.document}:{first.line}"}
    return Finding(code, Severity.FATAL, where, params)
