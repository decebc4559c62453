"""What a list says of itself outside its table: date, session, call, number of projects."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from coopdec.model import Finding, Position, Severity, Source
from coopdec.read.documents import Paragraph
from coopdec.text import collapse, find_french_dates, fold

__all__ = ["Letterhead", "complete", "declared_counts", "read_letterhead"]

_UNITS = ["un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
          "douze", "treize", "quatorze", "quinze", "seize", "dix sept", "dix huit", "dix neuf",
          "vingt", "vingt et un", "vingt deux", "vingt trois", "vingt quatre", "vingt cinq",
          "vingt six", "vingt sept", "vingt huit", "vingt neuf", "trente"]
_WORDS = {word: number for number, word in enumerate(_UNITS, 1)}
_NUMBER = r"(\d{1,5}|" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")"
# « 20 projets lauréats », « vingt nouveaux projets retenus », « 12 lauréats »
# « quatre projets ont été retenus », « nombre de projets retenus : 12 »
_DECLARED = re.compile(
    rf"\b{_NUMBER} (?:nouveaux |autres )?(?:(?:projets?|dossiers) )?"
    r"(?:laureate?s?|(?:(?:ont|sont|suivants sont) (?:ete )?)?(?:retenue?s?|selectionnee?s?)"
    r"|soutenue?s?)\b"
    r"|\bnombre (?:total )?de (?:projets|dossiers|laureats)(?: retenus| laureats| selectionnes)? "
    r"(\d{1,5})$"
    rf"|\b(?:retenu|retient|selectionne) {_NUMBER} (?:nouveaux )?(?:projets|dossiers)\b"
)
_PARTED = re.compile(r"(\d)\s*[:;–—.)/,-]+\s")
#: « Appel à projets 2021 : projets retenus » declares a year, not a number.
_YEARS = range(1990, 2100)
_ORDINALS = {"premiere": 1, "1ere": 1, "1re": 1, "deuxieme": 2, "seconde": 2, "2eme": 2, "2e": 2,
             "2nde": 2, "troisieme": 3, "3eme": 3, "3e": 3, "quatrieme": 4, "4eme": 4, "4e": 4}
_SESSION = re.compile(
    rf"\b(?:({'|'.join(_ORDINALS)}) session|session (?:n ?o? ?)?(\d{{1,2}}))\b"
)
# The call's name stands in quotation marks beside « AAP » or « appel à projets ».
_CALL = re.compile(
    r"(?:AAP|appels? à projets?)[^«»“”\"]{0,120}[«“\"]\s*([^«»“”\"]{3,80}?)\s*[»”\"]",
    re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Each fact with the place where it is printed; None where it is not."""

    issued: tuple[date, Position] | None = None
    session: tuple[int, Position] | None = None
    call_title: tuple[str, Position] | None = None
    projects: tuple[int, Position] | None = None


def read_letterhead(paragraphs: Iterable[Paragraph], document: str) -> Letterhead:
    """The first statement of each fact; later ones repeat it or speak of other lists."""
    head = Letterhead()
    for paragraph in paragraphs:
        where = paragraph.where(document)
        words = _words(paragraph.text)
        if head.issued is None and (dates := find_french_dates(paragraph.text)):
            head = replace(head, issued=(dates[0], where))
        if head.session is None and (m := _SESSION.search(words)):
            head = replace(head, session=(_ORDINALS.get(m[1] or "", 0) or int(m[2]), where))
        if head.call_title is None and (m := _CALL.search(paragraph.text)):
            head = replace(head, call_title=(collapse(m[1]), where))
        if head.projects is None and (numbers := _declared(words)):
            head = replace(head, projects=(numbers[0], where))
    return head


def _words(text: str) -> str:
    """Folded, a number kept from the words after a colon: « Annexe 1 : projets retenus »."""
    return fold(_PARTED.sub(r"\1 puis ", text))


def _declared(words: str) -> list[int]:
    found = (m[1] or m[2] or m[3] for m in _DECLARED.finditer(words))
    numbers = (_WORDS.get(number) or int(number) for number in found)
    return [number for number in numbers if number not in _YEARS]


def declared_counts(paragraphs: Iterable[Paragraph]) -> list[int]:
    """Every number of projects that is declared, in printed order."""
    return [n for p in paragraphs for n in _declared(_words(p.text))[:1]]


def complete(source: Source, head: Letterhead) -> tuple[Source, list[Finding]]:
    """The source with the facts that only its letterhead gives, and a finding for each
    fact that the ``.toml`` and the letterhead state differently."""
    findings = []
    for name in ("issued", "session", "call_title"):  # the number of projects: once counted
        printed = getattr(head, name)
        if printed is None:
            continue
        value, where = printed
        stated = getattr(source, name)
        if stated in (None, ""):
            source = replace(source, **{name: value})
        elif not _same(stated, value):
            findings.append(Finding("letterhead-differs", Severity.FATAL, where, {
                "key": name, "printed": str(value), "stated": str(stated)}))
    return source, findings


def _same(stated: object, printed: object) -> bool:
    if isinstance(stated, str) and isinstance(printed, str):
        return fold(stated) == fold(printed)
    return stated == printed
