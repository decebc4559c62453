"""A project on several lines without labels, as a copied table leaves them: who leads, with whom,
the title, one below the other.

Each line is told by what it names. A line that leads, with a place below, or one that names both
sides, begins a project; the title is what comes below them, up to an empty line, or right above.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from coopdec.read.cells.leads import opens_lead
from coopdec.read.documents import Line, Paragraph, Table
from coopdec.read.documents._wrap import join
from coopdec.read.raw import AND
from coopdec.read.sections import Sections
from coopdec.read.texts.broken import Broken
from coopdec.read.texts.fiches import LABEL, heading_of
from coopdec.read.texts.item_amounts import without_amount
from coopdec.read.texts.item_parts import is_abroad, is_known, spans_of
from coopdec.read.texts.items import COLUMNS
from coopdec.read.texts.printed_lines import LIST_WORDS, Prose, clean
from coopdec.read.texts.stack_lines import Told, told_of
from coopdec.read.texts.title_ends import ended
from coopdec.reference import Gazetteer

__all__ = ["table_of_stacks"]

_LEAD, _PARTNER, _TITLE, _AMOUNT, _COST = COLUMNS
_SAID = "Description"
#: A label is no longer; a title has no more lines.
_FIELD, _LINES = 30, 8
#: What heads a list is no title of a project; nor is a note below it.
_OF_THE_LIST = re.compile(
    rf"\b(?:{LIST_WORDS}|projets|coop[ée]rations?|jumelages?|bilan|sessions?|[ée]dition|projects|"
    r"(?:19|20)\d\d)\b", re.IGNORECASE)
_NOTE = re.compile(r"\*|sources?\b|notes?\s?:|n\.?b\.?\s|contacts?\b|mise? à jour\b", re.IGNORECASE)


@dataclass(slots=True)
class _Stack:
    at: Paragraph
    cells: dict[str, str]
    titled: list[str] = field(default_factory=list)
    #: Lines below that have parts, as a project has.
    left: list[Told] = field(default_factory=list)
    #: The number of its last line.
    last: int = 0


def table_of_stacks(lines: Sequence[Paragraph], places: Gazetteer, about: str = ""
                    ) -> Prose | None:
    """The projects that stand so, where most of them are whole. ``about``: the country of all."""
    cleaned = [clean(p) for p in lines]
    sections = Sections(places)
    broken = Broken(lines, cleaned, sections)
    words = broken.words
    told = told_of(lines, cleaned, sections, about, broken)
    starts = _starts(told)
    if len(starts) < 2:
        return None
    labels: dict[str, None] = dict.fromkeys(COLUMNS[:3])
    stacks: list[_Stack | Told] = []
    heads = _heads(told, starts)
    apart = _are_apart(told, heads, starts)
    for head, i, end in zip(heads, starts, [*(heads if apart else starts)[1:], len(told)],
                            strict=True):
        if apart and stacks:  # below the title: « Guinée »
            stacks += [line for line in told[head:i] if line.heading]
        stacks.append(stack := _stack(told, i, end, places))
        labels.update(dict.fromkeys(stack.cells))
        stacks += [line for line in told[i + 1 : end] if line.heading or (
            line in stack.left and len(spans_of(line.text, places)) > 1)]
    found = [s for s in stacks if isinstance(s, _Stack)]
    said = [" ".join(s.titled) for s in found if s.titled]
    untold = False
    if not said or (apart and all(text.endswith(".") for text in said)):
        for stack, at, start in zip(found, heads, starts, strict=True):  # the title stands above
            if stack.titled:
                stack.cells[_SAID] = join(stack.titled, words)
                labels[_SAID] = None
            above = [line.text for line in told[at:start] if line.loose]
            stack.titled = above[0 if apart else -1 :]
    elif not apart and not any(_TITLE in s.cells for s in found):
        below = found[-1].titled
        untold = _shift(told, starts[0], found)
        if found[-1].titled is not below:  # a note: it is said
            stacks += [line for line in told[starts[-1] + 1 :] if line.text in below]
    most = max(len(s.titled) for s in found[:-1])
    whole = 0
    for stack in found:
        if stack.titled and _TITLE not in stack.cells:
            # What stands below the last title may be a note.
            stack.cells |= _priced(join(stack.titled[: max(most, 1)], words), stack.cells)
            labels.update(dict.fromkeys(stack.cells))
        whole += all(stack.cells.get(column) for column in COLUMNS[:3])
    if whole < 2 or whole * 2 <= len(found):
        return None
    _end_titles([stack for stack in found if _TITLE in stack.cells], places)
    labels.update(dict.fromkeys(column for stack in found for column in stack.cells))
    names = [*labels, ""]
    table = [Line(found[0].at.line or 1, names)]
    first = [line for line in told[: starts[0]] if line.heading][-2:]
    for n, entry in enumerate([*first, *stacks], 2):
        cells = [entry.cells.get(name, "") for name in names] if isinstance(entry, _Stack) else (
            [entry.text] if entry.heading else [*[""] * len(labels), entry.text])
        table.append(Line(start := entry.at.line or n, [*cells, *[""] * (len(names) - len(cells))],
                          entry.last if entry.last > start else None, entry.at.page))
    if about:
        table.insert(1, Line(table[0].number, [about, *[""] * (len(names) - 1)]))
    return Prose(Table(table), whole, about or None, untold=untold)


def _end_titles(stacks: Sequence[_Stack], places: Gazetteer) -> None:
    """The year and the region at the end of all titles, in columns of their own."""
    for stack, (title, year, region) in zip(
            stacks, ended([s.cells[_TITLE] for s in stacks], places), strict=True):
        if year or region:
            more = {"Année": year, "Région": region}
            stack.cells |= {column: words for column, words in more.items()
                            if words and column not in stack.cells} | _priced(title, stack.cells)


def _priced(title: str, said: Container[str]) -> dict[str, str]:
    """A title, the amount at its end apart where none is ``said``."""
    text, grant, cost = without_amount(title)
    if not text or _AMOUNT in said or not (grant or cost):
        return {_TITLE: title}
    return {_TITLE: text.rstrip(" .;"), **({_AMOUNT: grant} if grant else {_COST: cost})}


def _shift(told: Sequence[Told], start: int, stacks: Sequence[_Stack]) -> bool:
    """Give each project the title above it, where what stands below the last is none: then what
    stands below another is the next one's. Whether nothing tells on which side titles stand."""
    above: list[str] = []
    at = start
    while at and not told[at].gap and (not above or told[at].sign):
        before = told[at - 1]
        if not before.loose or not before.text or before.at.kind == "heading":
            break
        at -= 1
        above.insert(0, before.text)
    *others, last = stacks
    if not above or _OF_THE_LIST.search(" ".join(above)) or above[-1].endswith((".", ":")) or (
            not all(s.titled for s in others)):
        return False
    below = " ".join(last.titled)
    if below and not _NOTE.match(below) and not (
            below.endswith(".") and not any(s.titled[-1].endswith(".") for s in others)):
        return True
    for stack, title in zip(stacks, [above, *(s.titled for s in others)], strict=True):
        stack.titled = title
    return False


def _starts(told: Sequence[Told]) -> list[int]:
    """The lines with which a project begins: they name both sides, or lead, with a place below. So
    does a side alone below a title: the other was not understood."""
    starts: list[int] = []
    titled = False
    for i, line in enumerate(told):
        below = told[i + 1].cells if i + 1 < len(told) else {}
        both = _PARTNER in line.cells or (_PARTNER in below and _LEAD not in below)
        alone = titled and line.at.kind != "heading" and [*line.cells] in ([_LEAD], [_PARTNER])
        if (_LEAD in line.cells and both) or (starts and alone):
            starts.append(i)
            titled = False
        titled = titled or line.loose or _TITLE in line.cells
    return starts


def _heads(told: Sequence[Told], starts: Sequence[int]) -> list[int]:
    """Where the words begin that stand right above each project."""
    heads: list[int] = []
    for start in starts:
        at = start
        while at and told[at - 1].heading and not told[at].gap:
            at -= 1
        if not at or not told[at - 1].loose or told[at].gap:
            at = start
        while at and told[at - 1].loose and (
                not told[at].gap or (told[at - 1].at.kind == "heading" and at == start)):
            at -= 1
        heads.append(at)
    return heads


def _are_apart(told: Sequence[Told], heads: Sequence[int], starts: Sequence[int]) -> bool:
    """Whether above each project there are words, each time others, below an empty line: its
    title."""
    texts = {heading_of([line.text for line in told[at:start] if line.loose])
             for at, start in zip(heads, starts, strict=True)}
    return "" not in texts and len(texts) == len(starts) and all(told[at].gap for at in heads if at)


def _stack(told: Sequence[Told], at: int, end: int, places: Gazetteer) -> _Stack:
    stack = _Stack(told[at].at, dict(told[at].cells), last=told[at].last)
    ended = False
    for line in told[at + 1 : end]:
        if line.loose:
            field = LABEL.match(line.text)
            ended = ended or line.at.kind == "heading" or len(stack.titled) >= _LINES or (
                bool(stack.titled) and (line.gap or (
                    field is not None and len(field[1]) <= _FIELD and bool(field[2])) or (
                    not line.text[:1].islower() and without_amount(stack.titled[-1])[1] != "")))
            if ended or (stack.titled and _begins_with_lead(line.text, places)):
                stack.left.append(line)
                ended = True
            else:
                stack.titled.append(line.text)
                stack.last = line.last
            continue
        if _LEAD in line.cells and stack.cells.get(_LEAD, line.cells[_LEAD]) != line.cells[_LEAD]:
            stack.left.append(line)  # another leads: what it says is not used
        else:
            stack.last = line.last
        for column, words in line.cells.items():
            known = stack.cells.get(column)
            stack.cells[column] = f"{known}{AND}{words}" if known and column == _PARTNER else (
                known or words)
    return stack


def _begins_with_lead(text: str, places: Gazetteer) -> bool:
    """« Ville de Quimper / Commune de Bougouni » below a title is no more of it."""
    spans = spans_of(text, places)
    parts = [text[slice(*span)] for span in spans]
    return len(parts) > 1 and is_known(parts[0], places) and (opens_lead(parts[0]) or any(
        "(" in part and is_abroad(part, places) for part in parts[1:]))
