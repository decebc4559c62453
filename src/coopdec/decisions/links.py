"""``links.sssom.tsv``: links that people accepted or refused, in the SSSOM form. That a name is
not a certain entry of the reference is a refused link to it, ``cdr:collectivity/commune/02142``;
that it is one, a move in ``identities.tsv``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Self

from coopdec.decisions.tables import bad_value, change, path_of, read_date, read_table
from coopdec.errors import UsageError
from coopdec.model import Finding
from coopdec.vocab import SEMAPV

__all__ = ["CURIES", "LinkDecision", "add_link", "check_link", "contract", "expand", "read_links"]

#: Prefixes that the table may use, besides ``cdr:`` for our own resources.
CURIES = {
    "wd": "http://www.wikidata.org/entity/",
    "gn": "https://sws.geonames.org/",
    "eucountry": "http://publications.europa.eu/resource/authority/country/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "semapv": "https://w3id.org/semapv/vocab/",
}


@dataclass(frozen=True, slots=True)
class LinkDecision:
    """One line of ``links.sssom.tsv``; ``subject`` is a path, ``target`` an IRI, or ``cdr:``
    and a path where an entry of the reference was refused."""

    subject: str
    predicate: str
    target: str
    accepted: bool
    justification: str
    confidence: float
    on: date
    author: str
    comment: str
    line: int

    @property
    def identifies(self) -> bool:
        """Whether it says that a name is an entry of the reference: a move, not a link."""
        return self.accepted and self.target.startswith("cdr:")

    @classmethod
    def by_hand(cls, subject: str, predicate: str, target: str, accepted: bool, author: str, *,
                confidence: float = 1.0, comment: str = "") -> Self:
        """What a person decides today."""
        return cls(subject, predicate, target, accepted, SEMAPV + "ManualMappingCuration",
                   confidence, datetime.now(UTC).date(), author, comment, 0)


def read_links(path: Path, findings: list[Finding]) -> list[LinkDecision]:
    needed = ("subject_id", "predicate_id", "object_id", "mapping_justification")
    found = []
    for line, cells in read_table(path, needed, findings):
        try:
            confidence = float(cells.get("confidence") or "1")
        except ValueError:
            confidence = -1.0
        if not 0 <= confidence <= 1:
            bad_value(findings, path, line, "confidence", cells.get("confidence", ""),
                 {"fr": "un nombre de 0 à 1", "en": "a number from 0 to 1"})
        predicate, target = expand(cells["predicate_id"]), _entity(expand(cells["object_id"]))
        own = cells.get("predicate_modifier", "") == "Not" and target.startswith("cdr:")
        for column, value, fits in (("predicate_id", predicate, False),
                                    ("object_id", target, own)):
            if not (fits or value.startswith(("http://", "https://"))):
                bad_value(findings, path, line, column, cells[column],
                     {"fr": "une IRI ou un CURIE connu", "en": "an IRI or a known CURIE"})
        day = read_date(cells, "mapping_date", path, line, findings)
        found.append(LinkDecision(
            cells["subject_id"].removeprefix("cdr:"), predicate, target,
            cells.get("predicate_modifier", "") != "Not",
            expand(cells["mapping_justification"]), confidence, day,
            cells.get("author_label", ""), cells.get("comment", ""), line,
        ))
    return found


def check_link(subject: str, target: str, predicate: str) -> tuple[str, str, str]:
    """What a person typed, as a path under the base, an IRI (of a resource of ours, ``cdr:``
    and its path) and a predicate's IRI.

    Raises:
        UsageError: one of them is none; says what was expected.
    """
    path = path_of(subject, ("collectivity", "territory", "institution", "country"))
    if path is None:
        raise UsageError("link-subject", subject=subject)
    full, relation = _entity(expand(target)), expand(predicate)
    if ours := path_of(target, (path.partition("/")[0],)):
        full = f"cdr:{ours}"
    elif not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", full):
        raise UsageError("link-object", object=target)
    if relation not in (CURIES["skos"] + "exactMatch", CURIES["skos"] + "closeMatch",
                        CURIES["owl"] + "sameAs"):
        raise UsageError("link-predicate", predicate=predicate)
    return path, full, relation


_LINK_HEAD = """\
#mapping_set_id: https://w3id.org/coopdec/decisions/links.sssom.tsv
#license: https://spdx.org/licenses/etalab-2.0
#curie_map:
#  cdr: https://w3id.org/coopdec/
{curies}subject_id\tsubject_label\tpredicate_id\tpredicate_modifier\tobject_id\tobject_label\t\
mapping_justification\tconfidence\tmapping_date\tauthor_label\tcomment
"""


def add_link(folder: Path, decision: LinkDecision, subject_label: str = "",
             object_label: str = "") -> None:
    """Write a decision at the end of ``links.sssom.tsv``, in place of an earlier one on
    the same subject and object; of one that stands elsewhere, only the earlier one goes.
    The file changes all at once.

    Raises:
        StorageError: the file cannot be written.
    """
    path = folder / "links.sssom.tsv"
    curies = "".join(f"#  {p}: {iri}\n" for p, iri in sorted(CURIES.items()))

    def edit(text: str) -> str:
        if decision.identifies and not text:
            return text
        lines = (text or _LINK_HEAD.format(curies=curies)).splitlines()
        header = next(line for line in lines if not line.startswith("#")).split("\t")
        subject, target = f"cdr:{decision.subject}", contract(decision.target)
        cells = {
            "subject_id": subject, "subject_label": subject_label,
            "predicate_id": contract(decision.predicate),
            "predicate_modifier": "" if decision.accepted else "Not",
            "object_id": target, "object_label": object_label,
            "mapping_justification": contract(decision.justification),
            "confidence": f"{decision.confidence:g}", "mapping_date": decision.on.isoformat(),
            "author_label": decision.author, "comment": decision.comment,
        }
        at = header.index("subject_id"), header.index("object_id")
        kept = [x for x in lines
                if x.startswith("#") or [x.split("\t")[i] for i in at] != [subject, target]]
        row = "\t".join(" ".join(cells.get(column, "").split()) for column in header)
        return "\n".join(kept if decision.identifies else [*kept, row]) + "\n"

    change(path, edit)


#: Addresses of the pages that people read of an entity, with its identifier.
_PAGES = {
    "http://www.wikidata.org/entity/{}":
        re.compile(r"https?://(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/(Q\d+)(?:#.*)?"),
    "https://sws.geonames.org/{}/":
        re.compile(r"https?://(?:www\.|sws\.)?geonames\.org/(\d+)(?:/[^/]*)?"),
}


def _entity(iri: str) -> str:
    """The entity's IRI where this is the address of its page, or its IRI as it is not written.

    >>> _entity("https://www.wikidata.org/wiki/Q912"), _entity("https://sws.geonames.org/617137")
    ('http://www.wikidata.org/entity/Q912', 'https://sws.geonames.org/617137/')
    """
    for form, page in _PAGES.items():
        if found := page.fullmatch(iri):
            return form.format(found[1])
    return iri


def expand(curie: str) -> str:
    """A CURIE over :data:`CURIES` as a full IRI; anything else as it is."""
    prefix, colon, local = curie.partition(":")
    return CURIES[prefix] + local if colon and prefix in CURIES else curie


def contract(iri: str) -> str:
    """An IRI as a CURIE over :data:`CURIES` where one fits."""
    for prefix, namespace in CURIES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri[len(namespace):]}"
    return iri
