"""How far a project is, from the words of a cell to the closed list of the ontology."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from coopdec.model import Status
from coopdec.read.values.unclear import Unclear, nothing
from coopdec.text import fold

__all__ = ["parse_status", "wordings"]

_WORDS = {
    Status.PLANNED: (
        "prévu", "à venir", "en projet", "en préparation", "en instruction", "instruction",
        "identification", "en identification", "planifié", "programmé", "non démarré", "à démarrer",
        "pas commencé", "planned", "pipeline", "pipeline identification", "upcoming",
        "in preparation", "not started", "proposed"),
    Status.SIGNED: (
        "signé", "convention signée", "conventionné", "engagé", "convention", "signed",
        "committed", "agreement signed"),
    Status.ONGOING: (
        "en cours", "en cours d'exécution", "en cours de réalisation", "en cours de mise en œuvre",
        "projet en cours", "en exécution", "exécution", "en réalisation", "mise en œuvre", "actif",
        "démarré", "commencé", "lancé", "en cours de clôture", "en cours d'achèvement",
        "en phase de clôture", "ongoing", "on going", "in progress", "under way",
        "active", "implementation", "in implementation", "running", "started", "current"),
    Status.SUSPENDED: (
        "en sommeil", "suspendu", "en pause", "interrompu", "en suspens", "gelé", "à l'arrêt",
        "suspended", "dormant", "on hold", "paused"),
    Status.COMPLETED: (
        "terminé", "achevé", "fini", "clos", "clôturé", "soldé", "réalisé", "projet terminé",
        "exécuté", "finalisé", "completed", "closed", "finished", "ended", "complete", "done",
        "finalisation", "post-completion"),
    Status.CANCELLED: (
        "annulé", "abandonné", "retiré", "résilié", "sans suite", "cancelled", "canceled",
        "abandoned", "withdrawn", "terminated"),
}


_ASIDE = re.compile(r"\([^()]*\)")


#: « Projet clôturé », « Terminé en 2021 », « Lancée depuis mars 2022 »
_AROUND = re.compile(r"^(?:projet|action|programme|project|cooperation) "
                     r"| (?:en|depuis|since|in|le|fin|debut) (?:[a-z0-9]+ )?(?:19|20)\d\d$")


@cache
def wordings() -> dict[str, Status]:
    """Folded words → status, in the masculine and the feminine, singular and plural."""
    return {form: status for status, all_words in _WORDS.items() for words in all_words
            for plain in [fold(words)]
            for form in (plain, f"{plain}e", f"{plain}s", f"{plain}es")}


@lru_cache(maxsize=1 << 10)
def parse_status(cell: str) -> Status | Unclear | None:
    """
    >>> parse_status("Terminée (2020)"), parse_status("En sommeil"), parse_status("?")
    (<Status.COMPLETED: 'completed'>, <Status.SUSPENDED: 'suspended'>, None)
    """
    if nothing(cell):
        return None
    words = fold(_ASIDE.sub(" ", cell))
    known = wordings().get(words) or wordings().get(_AROUND.sub("", words))
    if known is None:
        return Unclear("status-unknown", {"known": {
            "fr": "prévu, signé, en cours, en sommeil, terminé, annulé",
            "en": "planned, signed, ongoing, suspended, completed, cancelled"}})
    return known
