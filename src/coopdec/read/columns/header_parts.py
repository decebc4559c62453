"""What a header says of a thing and is not the thing: « Type de collectivité française », « Date
de la subvention », « porteur_region »."""

from __future__ import annotations

from collections.abc import Collection

__all__ = ["OF_IT", "is_of_another", "says_of", "singular", "tokens"]


def tokens(text: str) -> frozenset[str]:
    """A list of words, as headers are asked about them."""
    return frozenset(text.split())


def singular(words: str) -> str:
    """Folded words so that « Autre(s) collectivité(s) » and « Autres collectivités » are one."""
    return " ".join(word.removesuffix("s") for word in words.split())


OF_IT = tokens("type nature categorie statut population strate nombre nb site web url lien adresse "
               "langue taux pourcentage part date jour mois annee numero num n no commentaire "
               "role continent zone duree mode domaine niveau forme rang public publics sigle "
               "latitude longitude description statuts types share rate kind category status "
               "number website address language percentage year comment fin debut")
#: …which single words may tell.
_TOLD = tokens("date jour mois annee year zone part share fin debut")
_UNTOLD = OF_IT - _TOLD
#: Where a body is, before one of these words, or last.
_WHERE, _OF = tokens("region departement canton pays arrondissement"), tokens("de du des d")
_WITHIN = _WHERE - {"pays"}


def says_of(padded: str, phrase: str, *, body: bool) -> bool:
    """Whether a folded header, padded, names something of what a phrase in it names, and not the
    thing: first, as French does, or last, as columns of databases do. ``body``: the phrase is
    that of one, and its region or department is none.

    >>> says_of(" type de collectivite francaise ", "collectivite francaise", body=True)
    True
    >>> says_of(" commune porteuse du projet ", "porteuse du projet", body=True)
    False
    """
    before, _, after = padded.partition(f" {phrase} ")
    words, last = before.split(), after.split()[-1:]
    if not OF_IT.isdisjoint([*words[:1], *last]) or (body and not _WHERE.isdisjoint(last)):
        return True
    return len(words) > 1 and words[0] in _WHERE and words[1] in _OF


def is_of_another(words: list[str], bodies: Collection[str]) -> bool:
    """The same of the words of a header, of which these name who leads or with whom."""
    first, last = words[0], words[-1]
    if first in _UNTOLD or (len(words) > 2 and first in _WITHIN and words[1] in _OF):
        return True
    return last in _WITHIN and not {*words[:-1]}.isdisjoint(bodies)
