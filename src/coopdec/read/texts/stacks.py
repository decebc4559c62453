"""A project on several lines without labels, as a copied table leaves them: who leads, with whom,
the title, one below the other.

Each line is told by what it names. A line that leads, with a place below, or one that names both
sides, begins a project; the title is what comes below them, up to an empty line, or right above.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from coopdec.read.columns.sides import pair
from coopdec.read.documents import Line, Paragraph, Table
from coopdec.read.documents._wrap import join
from coopdec.read.raw import AND
from coopdec.read.sections import Sections
from coopdec.read.texts.broken import OPEN, Broken
from coopdec.read.texts.fiches import LABEL, heading_of, label_of
from coopdec.read.texts.item_amounts import amount_alone, without_amount
from coopdec.read.texts.item_parts import (
    LED_BY,
    is_abroad,
    is_known,
    is_there,
    leads,
    spans_of,
)
from coopdec.read.texts.items import COLUMNS
from coopdec.read.texts.printed_lines import LIST_WORDS, Prose, clean, headed_by_years
from coopdec.reference import Gazetteer
from coopdec.text import collapse, fold

__all__ = ["table_of_stacks"]

_LEAD, _PARTNER, _TITLE, _AMOUNT, _COST = COLUMNS
#: The cell of a table that a label's value belongs to.
_OF_ROLE = {"lead": _LEAD, "partner": _PARTNER, "country": _PARTNER, "title": _TITLE}
_SAID = "Description"
#: A name is no longer, nor a label; a title has no more lines.
_NAME, _FIELD, _LINES = 160, 30, 8
#: « Porté par la Ville de Metz »
_OPENING = re.compile(rf"(?:projet\s+)?(?:{LED_BY})\s+(?:l['’]\s?|l[ae]s?\s+)?", re.IGNORECASE)
#: What heads a list is no title of a project; nor is a note below it.
_OF_THE_LIST = re.compile(
    rf"\b(?:{LIST_WORDS}|projets|coop[ée]rations?|jumelages?|bilan|sessions?|[ée]dition|projects|"
    r"(?:19|20)\d\d)\b", re.IGNORECASE)
_NOTE = re.compile(r"\*|sources?\b|notes?\s?:|n\.?b\.?\s|contacts?\b|mise? à jour\b", re.IGNORECASE)


@dataclass(slots=True)
class _Told:
    """A line, or several that are one, and what it says: column → words; without any, it may be
    of a title, a heading of a section, or neither. ``gap``: an empty line stands above; ``sign``:
    that it may go on the line above."""

    at: Paragraph
    text: str
    cells: dict[str, str] = field(default_factory=dict)
    heading: bool = False
    gap: bool = False
    sign: int = 0

    @property
    def loose(self) -> bool:
        return not self.cells and not self.heading


@dataclass(slots=True)
class _Stack:
    at: Paragraph
    cells: dict[str, str]
    titled: list[str] = field(default_factory=list)
    #: Lines below that have parts, as a project has.
    left: list[_Told] = field(default_factory=list)


def table_of_stacks(lines: Sequence[Paragraph], places: Gazetteer, about: str = ""
                    ) -> Prose | None:
    """The projects that stand so, where most of them are whole. ``about``: the country of all."""
    cleaned = [clean(p) for p in lines]
    sections = Sections(places)
    broken = Broken(lines, cleaned, sections)
    words = broken.words
    told = _told(lines, cleaned, sections, about, broken)
    starts = _starts(told)
    if len(starts) < 2:
        return None
    labels: dict[str, None] = dict.fromkeys(COLUMNS[:3])
    stacks: list[_Stack | _Told] = []
    heads = _heads(told, starts)
    apart = _are_apart(told, heads, starts)
    for head, i, end in zip(heads, starts, [*(heads if apart else starts)[1:], len(told)],
                            strict=True):
        if apart and stacks:  # below the title: « Guinée »
            stacks += [line for line in told[head:i] if line.heading]
        stacks.append(stack := _stack(told, i, end))
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
    names = [*labels, ""]
    table = [Line(found[0].at.line or 1, names)]
    first = [line for line in told[: starts[0]] if line.heading][-2:]
    for n, entry in enumerate([*first, *stacks], 2):
        cells = [entry.cells.get(name, "") for name in names] if isinstance(entry, _Stack) else (
            [entry.text] if entry.heading else [*[""] * len(labels), entry.text])
        table.append(Line(entry.at.line or n, [*cells, *[""] * (len(names) - len(cells))],
                          page=entry.at.page))
    if about:
        table.insert(1, Line(table[0].number, [about, *[""] * (len(names) - 1)]))
    return Prose(Table(table), whole, about or None, untold=untold)


def _priced(title: str, said: Container[str]) -> dict[str, str]:
    """A title, the amount at its end apart where none is ``said``."""
    text, grant, cost = without_amount(title)
    if not text or _AMOUNT in said or not (grant or cost):
        return {_TITLE: title}
    return {_TITLE: text.rstrip(" .;"), **({_AMOUNT: grant} if grant else {_COST: cost})}


def _shift(told: Sequence[_Told], start: int, stacks: Sequence[_Stack]) -> bool:
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


def _told(lines: Sequence[Paragraph], cleaned: Sequence[Paragraph], sections: Sections, about: str,
          broken: Broken) -> list[_Told]:
    places = sections.places
    fields = Counter(fold(found[1]) for p in cleaned if (found := LABEL.match(p.text)) and found[2])
    again = {label for label, n in fields.items() if n > 1}
    years = headed_by_years(cleaned, sections)
    out: list[_Told] = []
    last = reach = 0
    for raw, line in zip(lines, cleaned, strict=True):
        number = line.line or 0
        near = last <= number <= last + 1  # in a page, all may be on one
        sign = broken.sign(out[-1].text, reach, line.text) if out and near else 0
        if sign == OPEN and line.kind is None:
            out[-1].text = join([out[-1].text, line.text], broken.words)
        else:
            out.append(_Told(line, line.text, gap=bool(last) and not near, sign=sign))
        last, reach = number, len(raw.text.rstrip())
    for i, entry in enumerate(out):
        above, after = out[i - 1] if i else None, out[i + 1] if i + 1 < len(out) else None
        country = sections.country(about)
        cells = _cells(entry.text, again, country, places)
        if [*cells] == [_LEAD] and above and [*above.cells] == [_LEAD] and is_there(
                entry.text, country, places):
            cells = {_PARTNER: entry.text}  # below one that leads
        # « Région Bretagne » heads what is below, or leads with the place below.
        below = after.text if after else ""
        leading = sections.role(entry.text) == "region" and leads(entry.text, places) and (
            (is_there(below, country, places) and not is_known(below, places))
            or [*_cells(below, again, country, places)] == [_PARTNER])
        goes_on = above and above.loose and entry.sign and (
            not broken.is_heading(entry.text, entry.sign))
        entry.heading = not leading and not goes_on and sections.take(entry.text, years=years)
        entry.cells = {} if entry.heading else cells
    return out


def _cells(text: str, fields: Container[str], country: str, places: Gazetteer) -> dict[str, str]:
    """What one line says, if it is the name of a side, or both, or one of these fields."""
    if opening := _OPENING.match(text):
        sides = _cells(text[opening.end() :], (), country, places)
        return sides if _LEAD in sides else {}
    if labelled := label_of(text):
        label, value, role = labelled
        return {_OF_ROLE.get(role, label): value}
    if (found := LABEL.match(text)) and found[2] and fold(found[1]) in fields and not leads(
            found[1], places):
        return {collapse(found[1]): collapse(found[2])}
    if len(text) > _NAME or text[-1:] in ".!?":
        return {}
    if amount := amount_alone(text):
        return {_AMOUNT: amount}
    if both := pair(text, country, places):
        return {_LEAD: both[0], _PARTNER: both[1]}
    if without_amount(text)[0] != text:
        return {}  # « Puits (7 000 €) »: a title, though there is a commune of that name
    if is_abroad(text, places):
        return {_PARTNER: text}
    if leads(text, places):
        return {_LEAD: text}
    return {_PARTNER: text} if is_there(text, country, places) else {}


def _starts(told: Sequence[_Told]) -> list[int]:
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


def _heads(told: Sequence[_Told], starts: Sequence[int]) -> list[int]:
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


def _are_apart(told: Sequence[_Told], heads: Sequence[int], starts: Sequence[int]) -> bool:
    """Whether above each project there are words, each time others, below an empty line: its
    title."""
    texts = {heading_of([line.text for line in told[at:start] if line.loose])
             for at, start in zip(heads, starts, strict=True)}
    return "" not in texts and len(texts) == len(starts) and all(told[at].gap for at in heads if at)


def _stack(told: Sequence[_Told], at: int, end: int) -> _Stack:
    stack = _Stack(told[at].at, dict(told[at].cells))
    ended = False
    for line in told[at + 1 : end]:
        if line.loose:
            field = LABEL.match(line.text)
            ended = ended or line.at.kind == "heading" or len(stack.titled) >= _LINES or (
                bool(stack.titled) and (line.gap or (
                    field is not None and len(field[1]) <= _FIELD and bool(field[2])) or (
                    not line.text[:1].islower() and without_amount(stack.titled[-1])[1] != "")))
            if ended:
                stack.left.append(line)
            else:
                stack.titled.append(line.text)
            continue
        for column, words in line.cells.items():
            known = stack.cells.get(column)
            stack.cells[column] = f"{known}{AND}{words}" if known and column == _PARTNER else (
                known or words)
    return stack
