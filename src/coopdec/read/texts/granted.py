"""What a decision grants, in a sentence: « d'attribuer à la Ville de Metz une subvention de 9 000 €
pour le projet « Eau potable » avec la commune de Kayes (Mali) »."""

from __future__ import annotations

import re

__all__ = ["as_item"]

_VERB = re.compile(r"\b(?:attribu|accord|allou|octroy|vers|(?:re)?condui|vot)\w*\s", re.IGNORECASE)
_ARTICLE = r"(?:l['’]\s?|l[ae]s?\s+)?"
_TO = re.compile(rf"\b(?:à\s+{_ARTICLE}|aux?\s+)(?=[\w«])", re.IGNORECASE)
_GRANT = re.compile(
    r"\b(?:une?|la|le)\s+(?:subvention|aide|participation|dotation|soutien|concours|contribution)"
    r"(?:\s+financière?|\s+exceptionnelle?)?\s+(?:de|d['’]|d['’]un montant de|à hauteur de)\s*"
    r"(\d[\d\s.,\u00a0\u202f]*(?:[kM]?€|[kM]?\s?euros?|EUR))", re.IGNORECASE)
_TITLE = re.compile(r"[«“\"]\s*([^«»“”\"]+?)\s*[»”\"]")
_WITH = re.compile(rf"\b(?:avec|en partenariat avec|auprès de|en lien avec)\s+{_ARTICLE}"
                   r"([^()«»]+\([^()]+\))", re.IGNORECASE)

#: Where the name of who is granted it ends.
_END = re.compile(r"\s+(?:pour|afin de|au titre|dans le cadre|avec|en)\b|[«“\"]")


def as_item(line: str) -> str:
    """Such a sentence as an item, its parts where the marks of one part them; "" for another.
    The title must stand in quotes: what else is one no word tells. White space is collapsed.

    >>> as_item("d'attribuer à la Ville de Metz une subvention de 9 000 € pour le projet « Eau »"
    ...         " avec la commune de Kayes (Mali) ;")
    'Ville de Metz – commune de Kayes (Mali) : « Eau » (9 000 €)'
    """
    verb = _VERB.search(line)
    grant = _GRANT.search(line) if verb else None
    if verb is None or grant is None:
        return ""
    titles, places = _TITLE.findall(line), _WITH.findall(line)
    if len(titles) != 1 or len(places) != 1:
        return ""
    # « attribue une subvention de … à la Ville de Metz pour … » as well
    ends = sorted({grant.start(), line.index(titles[0]) - 1, line.index(places[0])})
    for to in _TO.finditer(line, verb.end() - 1):
        end = next((e for e in ends if e > to.end()), len(line))
        lead = _END.split(line[to.end() : end], maxsplit=1)[0].strip(" ,")
        if lead and grant[1] not in lead:
            return f"{lead} – {places[0].strip()} : « {titles[0]} » ({grant[1].strip()})"
    return ""
