"""Two projects of the same lead under nearly the same title: perhaps one announced twice.

Exact repeats (titles alike but for case, accents and punctuation) are found at any size,
from digests; near ones by comparing a lead's titles, up to a bound of projects, since a
million titles cannot be held.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from coopdec.check.beyond.facts import Facts, term
from coopdec.check.result import bare
from coopdec.model import Finding, Severity
from coopdec.text import fold

__all__ = ["NEAR", "Check"]

_LEAD, _PARTNER = term("lead"), term("partner")
#: How alike two folded titles must be, of 100, and up to how many projects we compare.
NEAR = 92
_COMPARED = 20_000
#: Shorter titles (« Fantastic », « Coopération ») are alike without meaning anything.
_SHORTEST = 15


class Check:
    def __init__(self, shared: Facts) -> None:
        self._shared = shared
        self._seen: dict[bytes, str] = {}
        self._titles: dict[str, list[tuple[str, str, str]]] = {}
        self._count = 0
        self._found: list[Finding] = []

    def see(self, projects: Facts) -> None:
        for project in projects.of_class("Project"):
            lead = projects.one(project, _LEAD)
            title = projects.title(project)
            folded = fold(title)
            self._count += 1
            if len(folded) < _SHORTEST:
                continue
            partners = "\x1f".join(sorted(projects.all(project, _PARTNER)))
            digest = blake2b(f"{lead}\x1f{partners}\x1f{folded}".encode(), digest_size=8).digest()
            first = self._seen.setdefault(digest, project)
            if first != project:
                self._tell(projects, project, title, first)
            elif self._count <= _COMPARED:
                self._near(projects, project, lead, folded)

    def _near(self, projects: Facts, project: str, lead: str, folded: str) -> None:
        from rapidfuzz.fuzz import ratio

        known = self._titles.setdefault(lead, [])
        numbers = _numbers(folded)
        for other, words, their_numbers in known:
            # « phase 2 » and « phase 3 » are two projects, however alike the rest is.
            if numbers == their_numbers and ratio(folded, words, score_cutoff=NEAR):
                self._tell(projects, project, projects.title(project), other)
                break
        known.append((project, folded, numbers))

    def _tell(self, projects: Facts, project: str, title: str, other: str) -> None:
        self._found.append(Finding(
            "check-near-duplicate", Severity.INFO, projects.where(project, _LEAD),
            {"title": title, "other": bare(other)}, bare(project)))

    def findings(self) -> Iterator[Finding]:
        yield from self._found


def _numbers(words: str) -> str:
    return " ".join(w for w in words.split() if w.isdigit() or w in _ROMAN)


_ROMAN = {"i", "ii", "iii", "iv", "v", "vi"}
