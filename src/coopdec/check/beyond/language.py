"""A French title that reads as English."""

from __future__ import annotations

from coopdec.check.beyond.collected import Collected
from coopdec.check.facts import Facts, plain, prop
from coopdec.model import Finding, Severity
from coopdec.text import fold
from coopdec.vocab import DCTERMS

_TITLE = prop(DCTERMS + "title")
_ENGLISH = frozenset((
    "the", "and", "of", "for", "with", "in", "to", "from", "by", "on", "through", "between",
    "their", "towards"))
_FRENCH = frozenset((
    "le", "la", "les", "l", "de", "des", "du", "d", "un", "une", "et", "en", "au", "aux", "pour",
    "par", "sur", "dans", "avec", "a", "entre", "vers"))


class Check(Collected):
    """Function words tell: two English ones and more of them than French ones. « Global
    Startup YOU » has neither and stays as it is printed."""

    def see(self, projects: Facts) -> None:
        for project in projects.of_class("Project"):
            title = projects.title(project)
            words = fold(title).split()
            english = sum(w in _ENGLISH for w in words)
            if english >= 2 and english > sum(w in _FRENCH for w in words):
                self.found.append(Finding(
                    "check-title-language", Severity.INFO, projects.where(project, _TITLE),
                    {"title": title}, plain(project)))
