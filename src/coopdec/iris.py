"""The only place where an IRI is minted (DESIGN §3). Everything else asks.

Paths are relative to a base; :class:`Iris` puts the base before them. A project's path
is made from the fewest raw fields, so that neither a better gazetteer nor another row
changes it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from urllib.parse import quote

from coopdec.errors import UsageError
from coopdec.text import fold, slug
from coopdec.vocab import BASE, EU_COUNTRY, GEONAMES, SDG, WIKIDATA_ENTITY

__all__ = ["Iris", "eu_country", "geonames", "goal", "target", "wikidata"]


def wikidata(qid: str) -> str:
    """Entity IRI, http and ``/entity/``: the concept and not its page."""
    return WIKIDATA_ENTITY + qid


def geonames(number: str) -> str:
    return f"{GEONAMES}{number}/"


def eu_country(code: str) -> str:
    return EU_COUNTRY + code


def goal(number: int) -> str:
    """The UN's own IRI of a goal."""
    return f"{SDG}{number}"


def target(code: str) -> str:
    """The UN's own IRI of a target, ``"6.1"``."""
    return SDG + code


# By identity: it is part of the key of what is remembered for each row.
@dataclass(frozen=True, slots=True, eq=False)
class Iris:
    """Mints resources under ``base``, which ends in ``/``.

    >>> Iris().country("ML")
    'https://w3id.org/coopdec/country/ML'
    """

    base: str = BASE

    def __post_init__(self) -> None:
        forbidden = set(' <>"{}|\\^`')
        ok = self.base.startswith(("http://", "https://")) and self.base.endswith("/")
        if not ok or forbidden & set(self.base) or any(ord(c) < 33 for c in self.base):
            raise UsageError("bad-base-iri", iri=self.base)

    @staticmethod
    def project_path(
        *,
        call: str,
        session: int | None,
        lead: str,
        partner: str,
        title: str,
        scheme: str | None = None,
        own_id: str | None = None,
    ) -> str:
        """``project/{scheme}/{own id}`` where the source has identifiers of its own,
        otherwise ``project/{call}/{16 hex}`` of the SHA-256 of session and folded
        printed lead, partner cell and title, parted by U+001F. A path: decisions move it
        before the base is put before it."""
        if own_id:
            return f"project/{scheme or call}/{quote(own_id, safe='')}"
        number = "" if session is None else session
        printed = f"{number}\x1f{fold(lead)}\x1f{fold(partner)}\x1f{fold(title)}"
        return f"project/{call}/{hashlib.sha256(printed.encode()).hexdigest()[:16]}"

    @staticmethod
    def theme(project: str, code: int | str) -> str:
        """A theme assignment; ``code`` is a goal (6) or a target ("6.1")."""
        return f"{project}#theme-{code}"

    @staticmethod
    def row(project: str, source: str) -> str:
        return f"{project}#row-{slug(source)}"

    @staticmethod
    def link(subject: str, authority: str, identifier: str) -> str:
        return f"{subject}#link-{authority}-{quote(identifier, safe='')}"

    @staticmethod
    def geometry(subject: str) -> str:
        return f"{subject}#geometry"

    @staticmethod
    def amount(project: str, name: str) -> str:
        """``name`` says what the amount is: ``grant``, ``total-cost``."""
        return f"{project}#{name}"

    def organisation(self, name: str) -> str:
        """A co-funder or operator as printed, not identified."""
        return f"{self.base}organisation/{slug(name)}"

    @staticmethod
    def withdrawal(subject: str) -> str:
        """The decision that withdrew an IRI."""
        return f"{subject}#withdrawal"

    def call(self, call: str) -> str:
        return f"{self.base}call/{call}"

    def session(self, call: str, number: int) -> str:
        return f"{self.base}call/{call}/session-{number}"

    def source(self, name: str) -> str:
        return f"{self.base}source/{slug(name)}"

    def country(self, iso2: str) -> str:
        return f"{self.base}country/{iso2}"

    def collectivity(self, key: str) -> str:
        """``key`` is the gazetteer's: ``commune/69043``, ``department/03``…"""
        return f"{self.base}collectivity/{key}"

    def unidentified_collectivity(self, name: str, region: str | None) -> str:
        """A lead as printed, not identified; its region keeps homonyms apart."""
        words = slug(name) if region is None else f"{slug(region)}/{slug(name)}"
        return f"{self.base}collectivity/unidentified/{words}"

    def territory(self, country: str, key: str) -> str:
        """``key`` is the gazetteer's: ``iso/ML-3``, ``gn/2451478``."""
        return f"{self.base}territory/{country}/{key.replace('/', '-', 1)}"

    def unidentified_territory(self, country: str, printed: str) -> str:
        """As printed, not identified: type word, name and parents of the cell."""
        return f"{self.base}territory/{country}/{slug(printed)}"

    @staticmethod
    def reference_key(path: str) -> str | None:
        """The gazetteer's key of an identified place or body; None for what is as printed.

        >>> Iris.reference_key("territory/MD/gn-617137"), Iris.reference_key("territory/MD/crasna")
        ('gn/617137', None)
        >>> Iris.reference_key("collectivity/unidentified/ville-de-castres") is None
        True
        """
        folder, _, rest = path.partition("/")
        if folder == "territory":
            kind, dash, code = rest.partition("/")[2].partition("-")
            known = dash and (kind == "iso" or (kind == "gn" and code.isdecimal()))
            return f"{kind}/{code}" if known else None
        if folder != "collectivity" or rest.startswith("unidentified/"):
            return None
        return rest if "/" in rest else None

    def institution(self, country: str, name: str) -> str:
        return f"{self.base}institution/{country}/{slug(name)}"
