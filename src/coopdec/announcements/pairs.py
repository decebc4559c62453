"""Which announcements to hold against each other, and what comes of it: near-linear.

Two that share a lead are compared where it leads few projects, or where they share one of
the rarest words of their titles; where a partner is shared, also across languages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from coopdec.announcements.alike import Weights
from coopdec.announcements.gather import UNKNOWN, Announced
from coopdec.announcements.titles import Title, read_title
from coopdec.announcements.weigh import LEAST, Reason, weigh
from coopdec.decisions import Action, Decisions

__all__ = ["Proposal", "proposals"]

#: A block of so many is compared each with each.
_SMALL = 24
#: In a larger one each is compared with so many neighbours in the order of their titles.
_WINDOW = 10
#: How many of a title's rarest words are looked under.
_RARE = 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """``source`` would be published as ``to``: two paths under the base. ``to`` is the one
    that was announced first."""

    source: Announced
    to: Announced
    score: float
    reasons: Sequence[Reason]


def proposals(found: Sequence[Announced], decisions: Decisions) -> list[Proposal]:
    """What may be one project, the surest first. Nothing that was decided is proposed
    again; of several announcements of one project each is proposed once, with the one that
    it is likest."""
    titles = [read_title(a.title, french=True) for a in found]
    count = Counter(w for t in titles for w in t.all_words)
    weights = Weights(len(found), count)
    refused = {
        frozenset((decisions.settle(i.source), decisions.settle(i.to)))
        for i in decisions.identities if i.action is Action.DISTINCT
    }
    scored = []
    for one, two in _pairs(found, titles):
        if not _worth(titles[one], titles[two]):
            continue
        score, reasons = weigh(found[one], found[two], weights)
        if score >= LEAST and frozenset((found[one].path, found[two].path)) not in refused:
            first, later = sorted((found[one], found[two]), key=_age)
            scored.append(Proposal(later, first, score, reasons))
    scored.sort(key=lambda p: (-p.score, p.to.path, p.source.path))
    return list(_forest(scored))


def _worth(one: Title, two: Title) -> bool:
    """Spares the closer look where hardly a word is shared, and no acronym may hide one."""
    least = min(len(one.all_words), len(two.all_words))
    return (3 * len(one.all_words & two.all_words) >= least
            or bool(one.acronyms or two.acronyms or one.short or two.short)
            or one.english != two.english)


def _age(one: Announced) -> tuple[int, int, str, str]:
    return one.issued or 9999, one.session or 0, one.source, one.path


def _forest(scored: Iterable[Proposal]) -> Iterator[Proposal]:
    """Only what joins two that were not joined by a surer one."""
    above: dict[str, str] = {}

    def top(path: str) -> str:
        while path in above:
            path = above[path]
        return path

    for proposal in scored:
        source, to = top(proposal.source.path), top(proposal.to.path)
        if source != to:
            above[source] = to
            yield proposal


def _pairs(found: Sequence[Announced], titles: Sequence[Title]) -> Iterator[tuple[int, int]]:
    """Pairs worth a closer look; twice where both of two leads are shared."""
    by_lead: dict[str, list[int]] = defaultdict(list)
    called: dict[str, list[int]] = defaultdict(list)
    unknown = {name for one in found for name in one.leads if name.startswith(UNKNOWN)}
    for n, one in enumerate(found):
        for lead in one.leads:
            by_lead[lead].append(n)
        for name in one.called & unknown:
            called[name].append(n)
    for led in (*by_lead.values(), *called.values()):
        if len(led) <= _SMALL:
            yield from combinations(led, 2)
            continue
        seen: set[tuple[int, int]] = set()
        for block in _blocks(led, found, titles):
            for pair in _within(block, titles):
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def _blocks(led: Sequence[int], found: Sequence[Announced],
            titles: Sequence[Title]) -> Iterator[list[int]]:
    """The projects of one lead that share a rare word, or a partner."""
    by_word: dict[str, list[int]] = defaultdict(list)
    by_partner: dict[str, list[int]] = defaultdict(list)
    count = Counter(w for n in led for w in titles[n].all_words)
    for n in led:
        for word in _rarest(titles[n], count):
            by_word[word].append(n)
        for partner in found[n].partners:
            by_partner[partner].append(n)
    yield from by_word.values()
    for same in by_partner.values():
        if len(same) <= _SMALL or len({titles[n].english for n in same}) > 1:
            yield same


def _rarest(title: Title, count: Counter[str]) -> list[str]:
    """A word that stands in no other title finds nothing: it does not count."""
    shared = [w for w in title.all_words if count[w] > 1]
    return sorted(shared, key=lambda w: (count[w], w))[:_RARE]


def _within(block: Sequence[int], titles: Sequence[Title]) -> Iterator[tuple[int, int]]:
    if len(block) <= _SMALL:
        yield from combinations(sorted(block), 2)
        return
    in_order = sorted(block, key=lambda n: (sorted(titles[n].words), n))
    for at, one in enumerate(in_order):
        for two in in_order[at + 1: at + 1 + _WINDOW]:
            yield (one, two) if one < two else (two, one)
