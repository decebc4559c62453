"""From a title to its themes: one walk over its words.

Words are looked up one by one; the longest term that starts at a word wins and what it
covers is not read again. Entries that agree on a goal add up as independent witnesses
(1 minus the product of what each leaves open); a goal is stated from :data:`THRESHOLD` on.
"""

from __future__ import annotations

from collections.abc import Sequence

from coopdec.classify.explicit import HINTS, named_goals
from coopdec.classify.lexicon import END, Lexicon, Node, builtin
from coopdec.classify.names import (
    BODIES,
    LEFT_OUT,
    are_women,
    hide_bodies,
    hide_names,
    hide_shapes,
    is_left_out,
    is_name,
    may_hold_names,
)
from coopdec.classify.tables import Context, Entry
from coopdec.classify.words import Words, cut, mend
from coopdec.model import Theme

__all__ = ["THRESHOLD", "classify"]

#: A goal is stated when at least this much speaks for it.
THRESHOLD = 0.55

_MOST = 1 - THRESHOLD + 1e-9

#: More places than these prove nothing more.
_MOST_PROOFS = 20

#: What the description says counts less than the title.
_DESCRIPTION = 0.8

#: Bytes of capital letters, as :func:`coopdec.classify.words.cut` writes them.
_CAPITALS = frozenset(byte for byte in range(256) if chr(byte).isupper()) | {0x8C}

#: An entry, and the words that it covers: first, and one past the last.
Match = tuple[Entry, int, int]
Evidence = tuple[str, int, int]
#: Themes by code: « 06 » a goal, « 06.1 » one of its targets.
Found = dict[str, Theme]
#: What speaks for a code: the best entry, the share that all leave open, the words.
Case = tuple[Entry, float, tuple[Evidence, ...]]


def classify(
    title: str,
    masks: Sequence[str] = (),
    description: str = "",
    *,
    lexicon: Lexicon | None = None,
) -> list[Theme]:
    """The goals that a title states, with the words that state them.

    ``masks`` are names known to stand around the title (lead, partner, country): their
    words in the title are not read as themes. A ``description`` adds goals that the
    title does not state, at a lower confidence and with ``description:`` before the
    rule; its evidence counts characters of the description. The result is sorted by
    goal, then target; a target comes besides its goal. Never raises on any text.

    >>> [(t.goal, t.target) for t in classify("Accès à l'eau potable à Kara")]
    [(6, None), (6, '6.1')]
    """
    known = lexicon or builtin()
    found = _read(title, masks, known)
    if description:
        for key, theme in _read(description, masks, known).items():
            if key not in found:
                confidence = round(theme.confidence * _DESCRIPTION, 2)
                rule = "description:" + theme.rule
                found[key] = Theme(theme.goal, confidence, theme.evidence, rule, theme.target)
    if len(found) < 2:
        return list(found.values())
    return [found[key] for key in sorted(found)]


def _read(title: str, masks: Sequence[str], lexicon: Lexicon) -> Found:
    text, places = mend(title)
    data, tokens = cut(text)
    keys = list(map(lexicon.keys.__getitem__, tokens))
    words = Words(data, tokens)
    if masks and (hidden := list(filter(None, map(lexicon.masks.__getitem__, masks)))):
        hide_names(words, keys, hidden)
    if "-" in text and may_hold_names(text):
        hide_shapes(text, words.all, keys)
    if not BODIES.isdisjoint(tokens):
        hide_bodies(text, words.all, keys)
    matches = _matches(keys, words, lexicon.root)
    found: Found = {}
    if matches:
        starts = _starts(data, tokens, matches[-1][2])
        found = _weigh(matches, _Place(title, places, tokens, starts), lexicon)
    if not HINTS.isdisjoint(keys) or "D.D" in text or "d.d" in text:
        for goal, target, start, end in named_goals(text):
            _add_named(found, goal, target, _slice(title, places, start, end), lexicon)
    return found


class _Place:
    """Where words stand in the title as given, with the words."""

    __slots__ = ("_places", "_starts", "_title", "_tokens")

    def __init__(
        self, title: str, places: list[int] | None, tokens: list[bytes], starts: list[int]
    ) -> None:
        self._title = title
        self._places = places
        self._tokens = tokens
        self._starts = starts

    def of(self, start: int, stop: int) -> Evidence:
        """The evidence of words ``start`` to ``stop``, the latter exclusive."""
        first, last = self._starts[start], self._starts[stop - 1] + len(self._tokens[stop - 1])
        if self._places is not None:
            first, last = self._places[first], self._places[last]
        return self._title[first:last], first, last


def _matches(keys: list[str | None], words: Words, root: Node) -> list[Match]:
    """The terms in the title, the longest at each word. Inside a term only one that goes
    beyond it and says something else is read (« victimes de violences conjugales »: the words
    that both share are one witness), inside a name or a phrase without goals none at all."""
    found: list[Match] = []
    tokens = words.tokens
    n = len(keys)
    end = closed = 0
    last: tuple[Entry, ...] = ()
    heard: set[int]
    there: set[str | None] = set()
    excepts = not LEFT_OUT.isdisjoint(tokens)
    for i in [at for at, key in enumerate(keys) if key in root]:
        if i < closed:
            continue
        node = root[keys[i]]
        best = node.get(END)
        stop = j = i + 1
        while j < n:
            key = keys[j]
            if key != "":
                node = node.get(key)
                if node is None:
                    break
                if END in node:
                    best, stop = node[END], j + 1
            j += 1
        if best is None or stop <= end:
            continue
        heard = {goal for entry in last for goal, _ in entry.goals} if i < end else set()
        last, end = best, stop
        named = i and tokens[i][0] in _CAPITALS and is_name(words.all, i, stop)
        if named or not best[0].says or (excepts and is_left_out(tokens, keys, i)):
            closed = stop
            continue
        for entry in best:
            if heard and heard.issuperset(goal for goal, _ in entry.goals):
                continue
            if entry.context is not None:
                there = there or set(keys)
                if not _holds(entry.term, entry.context, keys, there, words, i, stop):
                    continue
            found.append((entry, i, stop))
    return found


def _holds(
    term: str, context: Context, keys: list[str | None], there: set[str | None], spelt: Words,
    start: int, end: int
) -> bool:
    """Whether the title is one in which the term counts. ``there``: all of the keys."""
    if context.with_ and context.with_.isdisjoint(there):
        return False
    if context.without and not context.without.isdisjoint(there):
        return False
    if not (context.caps or context.not_name or context.plural or context.feminine):
        return True
    words = spelt.all
    if context.feminine and not are_women(term, words, keys, start, end):
        return False
    if context.plural and not _several(words[end - 1], keys[end - 1]):
        return False
    if context.caps and " ".join(words[start:end]).rpartition("_")[2] != term:
        return False  # as written: « PLUS » is not « PLU », but « mini-AEP » is « AEP »
    if context.not_name and not _several(words[end - 1], keys[end - 1]):
        at = end
        while at < len(words) and keys[at] == "" and words[at] != "à":
            at += 1
        if at < len(words) and words[at][0].isupper():
            # « Université de Kara »; in « VILLE DURABLE » a capital says nothing
            return keys[at] is not None and (at == end or words[start].isupper())
    return True


def _several(word: str, stem: str | None) -> bool:
    """Whether a word is written in the plural: « les collèges de Nosy Be » name no body."""
    return word[-1] in "sSxX" and not (stem or "").endswith(word[-1].lower())


def _starts(data: bytes, tokens: list[bytes], count: int) -> list[int]:
    """Where each of the first ``count`` words starts in the text."""
    starts = []
    find = data.index
    at = 0
    for token in tokens[:count]:
        at = find(token, at)
        starts.append(at)
        at += len(token)
    return starts


def _weigh(matches: list[Match], place: _Place, lexicon: Lexicon) -> Found:
    confidence = lexicon.confidence["lexicon"]
    codes = lexicon.codes
    if len(matches) == 1:  # nearly half of the titles
        entry, start, stop = matches[0]
        if entry.open > _MOST:
            return {}
        proof = (place.of(start, stop),)
        sure = confidence[entry.open]
        return {
            code: Theme(codes[code][0], sure, proof, entry.rule, codes[code][1])
            for code in entry.says
        }
    cases: dict[str, Case] = {}
    for entry, start, stop in matches:
        evidence = place.of(start, stop)
        for code in entry.says:
            case = cases.get(code)
            cases[code] = (
                (entry, entry.open, (evidence,)) if case is None else _hear(case, entry, evidence)
            )
    found: Found = {}
    for code, (entry, left, proofs) in cases.items():
        if left <= _MOST:
            goal, target = codes[code]
            if target is None or cases[code[:2]][1] <= _MOST:
                found[code] = Theme(goal, confidence[left], proofs, entry.rule, target)
    return found


def _hear(case: Case, entry: Entry, evidence: Evidence) -> Case:
    """One more witness for a goal; the same words again are no new one."""
    best, left, proofs = case
    if entry is not best and all(evidence[0] != words for words, _, _ in proofs):
        left *= entry.open
        if entry.weight > best.weight:
            best = entry
    return best, left, (*proofs, evidence) if len(proofs) < _MOST_PROOFS else proofs


def _slice(title: str, places: list[int] | None, start: int, end: int) -> Evidence:
    if places is not None:
        start, end = places[start], places[end]
    return title[start:end], start, end


def _add_named(
    found: Found, goal: int, target: str | None, evidence: Evidence, lexicon: Lexicon
) -> None:
    confidence = lexicon.confidence["explicit"][0.0]
    for code in (f"{goal:02}", f"{goal:02}.{(target or '.').partition('.')[2]}"):
        if code in lexicon.codes:
            proofs = (evidence, *(found[code].evidence if code in found else ()))
            found[code] = Theme(goal, confidence, proofs, "explicit:number", lexicon.codes[code][1])
