"""From a title to its themes: one walk over its words.

Words are looked up one by one; the longest term that starts at a word wins and what it
covers is not read again. Entries that agree on a goal add up as independent witnesses
(1 minus the product of what each leaves open); a goal is stated from one half on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from coopdec.classify.explicit import HINT, named_goals
from coopdec.classify.lexicon import END, Context, Entry, Lexicon, builtin
from coopdec.classify.names import TITLES_OF_PEOPLE, hide_names, hide_shapes
from coopdec.classify.words import WORD, mend
from coopdec.model import Theme

__all__ = ["THRESHOLD", "classify"]

#: A goal is stated when at least this much speaks for it.
THRESHOLD = 0.5

#: What the description says counts less than the title.
_DESCRIPTION = 0.8

Match = tuple[Entry, int, int]
Evidence = tuple[str, int, int]


class _Keys(dict[str, "str | None"]):
    """Word as written → key in the tree. Filled as words are met and emptied when it
    grows past what French needs, so that junk cannot fill the memory."""

    LIMIT = 100_000

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def __missing__(self, word: str) -> str | None:
        if len(self) >= self.LIMIT:
            self.clear()
        key = self[word] = self._lexicon.key(word) if len(word) < 60 else None
        return key


@lru_cache(maxsize=4)
def _keys_of(version: str, lexicon_id: int) -> _Keys:
    return _Keys(_LEXICONS[lexicon_id])


_LEXICONS: dict[int, Lexicon] = {}


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
    themes = _read(title, masks, known)
    if description:
        stated = {(t.goal, t.target) for t in themes}
        for theme in _read(description, masks, known):
            if (theme.goal, theme.target) not in stated:
                themes.append(
                    Theme(theme.goal, round(theme.confidence * _DESCRIPTION, 2), theme.evidence,
                          "description:" + theme.rule, theme.target)
                )
        themes.sort(key=_order)
    return themes


def _order(theme: Theme) -> tuple[int, bool, str]:
    return theme.goal, theme.target is not None, theme.target or ""


def _read(title: str, masks: Sequence[str], lexicon: Lexicon) -> list[Theme]:
    text, places = mend(title)
    words = WORD.findall(text)
    _LEXICONS.setdefault(id(lexicon), lexicon)
    memo = _keys_of(lexicon.version, id(lexicon))
    keys = [memo[word] for word in words]
    if masks:
        hide_names(words, keys, masks)
    if "-" in text or "." in text:
        hide_shapes(text, words, keys)
    matches = _matches(keys, words, lexicon.root)
    explicit = [n for n in named_goals(text)] if HINT.search(text) else []
    if not matches and not explicit:
        return []
    themes = _weigh(matches, _Spans(text, words, title, places), lexicon)
    for goal, target, start, end in explicit:
        _add_explicit(themes, goal, target, _slice(title, places, start, end), lexicon)
    return [themes[k] for k in sorted(themes)] if len(themes) > 1 else list(themes.values())


def _matches(keys: list[str | None], words: list[str], root: dict[str, object]) -> list[Match]:
    found: list[Match] = []
    i, n = 0, len(keys)
    get = root.get
    while i < n:
        node: dict[str, object] | None = get(keys[i])  # type: ignore[arg-type, assignment]
        if node is None or not keys[i]:
            i += 1
            continue
        j = end = i + 1
        best = node.get(END)
        while j < n:
            key = keys[j]
            if key != "":
                node = node.get(key)  # type: ignore[arg-type, assignment]
                if node is None:
                    break
                if END in node:
                    best, end = node[END], j + 1
            j += 1
        if best is None:
            i += 1
            continue
        for entry in best:  # type: ignore[attr-defined]
            if entry.goals and (
                entry.context is None or _holds(entry, entry.context, keys, words, i, end)
            ) and not (i and words[i - 1] in TITLES_OF_PEOPLE and words[i][0].isupper()):
                found.append((entry, i, end))
        i = end
    return found


def _holds(
    entry: Entry, context: Context, keys: list[str | None], words: list[str], start: int, end: int
) -> bool:
    if context.with_ and context.with_.isdisjoint(keys):
        return False
    if context.without and not context.without.isdisjoint(keys):
        return False
    if context.caps and " ".join(words[start:end]) != entry.term:
        return False  # as written: « PLUS » is not « PLU »
    if context.not_name:
        at = end
        while at < len(words) and keys[at] == "":
            at += 1
        if at < len(words) and words[at][:1].isupper():
            # « Université de Kara »; in « VILLE DURABLE » a capital says nothing
            return keys[at] is not None and (at == end or words[start].isupper())
    return True


class _Spans:
    """Where the words of a title stand, found on demand (most titles need one or two)."""

    def __init__(
        self, text: str, words: list[str], title: str, places: list[int] | None
    ) -> None:
        self._text = text
        self._words = words
        self._title = title
        self._places = places
        self._starts: list[int] = []
        self._at = 0

    def evidence(self, start: int, end: int) -> Evidence:
        starts = self._starts
        while len(starts) < end:
            word = self._words[len(starts)]
            at = self._text.index(word, self._at)
            starts.append(at)
            self._at = at + len(word)
        stop = starts[end - 1] + len(self._words[end - 1])
        return _slice(self._title, self._places, starts[start], stop)


def _slice(title: str, places: list[int] | None, start: int, end: int) -> Evidence:
    if places is not None:
        start, end = places[start], places[end]
    return title[start:end], start, end


Found = dict[tuple[int, str], Theme]


def _weigh(matches: Iterable[Match], spans: _Spans, lexicon: Lexicon) -> Found:
    open_: dict[tuple[int, str], float] = {}
    best: dict[tuple[int, str], Entry] = {}
    proofs: dict[tuple[int, str], list[Evidence]] = {}
    counted: set[tuple[int, str, str]] = set()
    for entry, start, end in matches:
        evidence = spans.evidence(start, end)
        for goal, target in entry.goals:
            for key in ((goal, ""), (goal, target)) if target else ((goal, ""),):
                proofs.setdefault(key, []).append(evidence)  # type: ignore[arg-type]
                once = (*key, entry.term)
                if once in counted:  # the same word twice is one witness
                    continue
                counted.add(once)  # type: ignore[arg-type]
                open_[key] = open_.get(key, 1.0) * (1 - entry.weight)  # type: ignore[arg-type, index]
                if key not in best or entry.weight > best[key].weight:  # type: ignore[index]
                    best[key] = entry  # type: ignore[index]
    return {
        key: Theme(key[0], _confidence(1 - left, lexicon), tuple(proofs[key]), best[key].rule,
                   key[1] or None)
        for key, left in open_.items()
        if 1 - left >= THRESHOLD and 1 - open_[key[0], ""] >= THRESHOLD
    }


def _confidence(score: float, lexicon: Lexicon, kind: str = "lexicon") -> float:
    for name, lowest, confidence in lexicon.calibration:
        if name == kind and score >= lowest:
            return confidence
    return round(score, 2)


def _add_explicit(
    themes: Found, goal: int, target: str | None, evidence: Evidence, lexicon: Lexicon
) -> None:
    confidence = _confidence(1.0, lexicon, "explicit")
    for code in ("", target) if target in lexicon.targets else ("",):
        key = (goal, code or "")
        proofs = (evidence, *(themes[key].evidence if key in themes else ()))
        themes[key] = Theme(goal, confidence, proofs, "explicit:number", code or None)
