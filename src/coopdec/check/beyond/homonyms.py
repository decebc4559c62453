"""The same name for two resources of one country: perhaps one thing described twice."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from hashlib import blake2b

from coopdec.check.facts import Facts, plain, term
from coopdec.model import Finding, Severity
from coopdec.text import fold

_KINDS = ("Commune", "Intercommunality", "Department", "MixedSyndicate", "PartnerTerritory",
          "PartnerInstitution")
_COUNTRY, _REGION, _PRINTED = term("country"), term("region"), term("printedType")


@lru_cache(maxsize=1000)
def _folded(term: bytes) -> str:
    """Of a few hundred words for kinds of territories."""
    return fold(plain(term))


class Check:
    """Homonyms exist, so this is information; of the same class and country (in France,
    of the same region) they are rare enough to be worth a look."""

    def __init__(self, base: str) -> None:
        #: Digest of class, place, printed type and name → who bears it, each with its label.
        self._bearers: dict[bytes, list[str]] = {}
        self._places: dict[bytes, str] = {}

    def see_shared(self, shared: Facts) -> None:
        for kind in _KINDS:
            for subject in shared.of_class(kind):
                place = shared.one(subject, _COUNTRY) or shared.one(subject, _REGION)
                printed = _folded(shared.one(subject, _PRINTED))
                label = shared.label(subject)
                key = "\x1f".join((kind, fold(label), place.decode(), printed))
                digest = blake2b(key.encode(), digest_size=12).digest()
                self._bearers.setdefault(digest, []).append(f"{plain(subject)}\x1f{label}")
                if place:
                    self._places[digest] = sys.intern(shared.label(place))

    def see(self, projects: Facts) -> None:
        """Names are those of shared entities."""

    def take(self, other: Check) -> None:
        for digest, bearers in other._bearers.items():
            self._bearers.setdefault(digest, []).extend(bearers)
        self._places |= {d: sys.intern(label) for d, label in other._places.items()}

    def findings(self, exists: Callable[[str], bool]) -> Iterator[Finding]:
        alike = ((d, sorted(b)) for d, b in self._bearers.items() if len(b) > 1)
        for digest, bearers in sorted(alike, key=lambda found: found[1]):
            iris, labels = zip(*(b.split("\x1f", 1) for b in bearers), strict=True)
            yield Finding(
                "check-same-label", Severity.INFO, None,
                {"label": labels[0], "place": self._places.get(digest, "?"),
                 "iris": list(iris)}, iris[0])
