"""What stands in a document beside its list and is another: « Projets non retenus », a waiting
list. A sheet says so by its name, lines by the heading above them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from coopdec.model import Finding, Position, Severity
from coopdec.read.documents import Line, Paragraph
from coopdec.text import collapse, fold

__all__ = ["is_other_list", "of_the_list", "prose_of_the_list"]

_OTHER = re.compile(
    r"\b(?:non|pas) (?:retenu|laureat|eligible|selectionne|finance)e?s?\b"
    r"|\b(?:refuse|rejete|ajourne|ineligible|ecarte|abandonne|desistement)e?s?\b"
    r"|\bliste (?:d attente|complementaire|de reserve)\b|\b(?:rejets?|refus|abandons)\b"
    r"|^(?:brouillon|modele|lisez moi|notice|mode d emploi)\b"
    r"|\b(?:rejected|not (?:selected|funded|awarded)|waiting list|draft|readme)\b")
_THE_LIST = re.compile(r"\b(?:retenu|laureat|selectionne|soutenu|finance|accepte|programme)e?s?\b"
                       r"|\b(?:selected|funded|awarded)\b")
#: A heading of lines says what they are: « Dossiers rejetés »; « Forêts abandonnées » does not,
#: nor does a sentence.
_SUBJECT = re.compile(r"\b(?:projets|dossiers|candidatures|demandes|listes?|actions|subventions|"
                      r"aides|projects|applications)\b")
_SENTENCE = re.compile(r"\b(?:est|sont|a|ont|ete|sera|seront|avec|is|are|was|were|has|have)\b")
_LONGEST = 60


def is_other_list(name: str) -> bool:
    """Whether the name of a sheet says that it holds what was not awarded, or no list."""
    return _OTHER.search(fold(name)) is not None


def _opens(text: str) -> bool | None:
    """Whether a heading opens the list (True) or another one (False); None: it is no such."""
    if not 0 < len(text) <= _LONGEST or text.endswith("."):
        return None
    words = fold(text)
    rest = _OTHER.sub(" ", words)
    heads = _SUBJECT.search(words) is not None and not _SENTENCE.search(words)
    if _THE_LIST.search(rest):
        return True if heads or len(words.split()) == 1 else None
    return False if rest != words and (heads or not rest.split()) else None


def of_the_list(lines: Iterable[Line], above: Sequence[str], paragraphs: Iterable[Paragraph],
                document: str, findings: list[Finding]) -> Iterator[Line]:
    """The lines of a table, but those of another list, which are said. Headings stand alone on
    their line, ``above`` the table, or (in a text) between its lines: ``paragraphs``."""
    between = {p.line: p.text for p in paragraphs
               if p.line and p.kind != "item" and _opens(p.text) is not None}
    heading = next((text for text in reversed(above) if _opens(text) is not None), "")
    state = _State(document, findings)
    state.meets(heading)
    last = 0
    for line in lines:
        if between:
            for number in range(last + 1, line.number):
                if number in between:
                    state.meets(between[number], Position(document, number))
            last = line.number
        texts = line.texts
        if len(texts) == 1 and state.meets(collapse(texts[0]), line.where(document)):
            continue
        if state.heading:
            state.n += 1
        else:
            yield line
    state.meets("")


def prose_of_the_list(lines: Iterable[Paragraph], document: str, findings: list[Finding]
                      ) -> Iterator[Paragraph]:
    """The same for the lines of a text without any table."""
    state = _State(document, findings)
    for line in lines:
        if line.kind != "item" and state.meets(collapse(line.text), line.where(document)):
            continue
        if state.heading:
            state.n += 1
        else:
            yield line
    state.meets("")


class _State:
    """Which list the lines are of: another one under a ``heading``, of which ``n`` were left out
    so far. They are said when the next list begins."""

    def __init__(self, document: str, findings: list[Finding]) -> None:
        self.findings = findings
        self.heading, self.n, self.at = "", 0, Position(document)

    def meets(self, text: str, where: Position | None = None) -> bool:
        """Whether words open another list; « » ends what was before."""
        opens = _opens(text) if text else True
        if opens is None:
            return False
        if self.n:
            self.findings.append(Finding("lines-other-list", Severity.WARNING, self.at, {
                "heading": self.heading, "n": self.n}))
        self.heading, self.n, self.at = "" if opens else text, 0, where or self.at
        return not opens
