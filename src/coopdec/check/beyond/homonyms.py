"""The same name for two resources of one country: perhaps one thing described twice."""

from __future__ import annotations

from collections.abc import Iterator

from coopdec.check.beyond.facts import Facts, term
from coopdec.check.result import bare
from coopdec.model import Finding, Severity
from coopdec.text import fold
from coopdec.vocab import RDF

_TYPE = f"<{RDF}type>"
_KINDS = ("Commune", "Intercommunality", "Department", "MixedSyndicate", "PartnerTerritory",
          "PartnerInstitution")


class Check:
    """Homonyms exist, so this is information; of the same class and country (in France,
    of the same region) they are rare enough to be worth a look."""

    def __init__(self, shared: Facts) -> None:
        self._shared = shared

    def see(self, projects: Facts) -> None:
        """Names are those of shared entities."""

    def findings(self) -> Iterator[Finding]:
        for kind in _KINDS:
            groups: dict[tuple[str, str, str], list[str]] = {}
            for subject in self._shared.of_class(kind):
                place = self._shared.one(subject, term("country")) or self._shared.one(
                    subject, term("region"))
                printed = self._shared.one(subject, term("printedType"))
                key = fold(self._shared.label(subject)), place, fold(bare(printed))
                groups.setdefault(key, []).append(subject)
            for (_, place, _), subjects in sorted(groups.items()):
                if len(subjects) > 1:
                    yield Finding(
                        "check-same-label", Severity.INFO, None,
                        {"label": self._shared.label(subjects[0]),
                         "place": self._shared.label(place) if place else "?",
                         "iris": [bare(s) for s in subjects]}, bare(subjects[0]))
