"""Links to an authority that we do not know. Patterns only: nothing is fetched."""

from __future__ import annotations

from urllib.parse import urlsplit

from coopdec.check.beyond.collected import Collected
from coopdec.check.facts import Facts, plain, prop
from coopdec.model import Finding, Severity
from coopdec.vocab import OWL, SKOS

_LINKS = tuple(prop(p) for p in (
    OWL + "sameAs", SKOS + "exactMatch", SKOS + "closeMatch", SKOS + "broadMatch",
    SKOS + "narrowMatch", SKOS + "relatedMatch"))
_KNOWN = frozenset({
    "www.wikidata.org", "sws.geonames.org", "publications.europa.eu", "metadata.un.org",
    "id.insee.fr", "data.bnf.fr", "www.idref.fr", "viaf.org", "dbpedia.org", "fr.dbpedia.org",
    "id.loc.gov", "d-nb.info", "ror.org",
})
_KNOWN_BYTES = frozenset(host.encode() for host in _KNOWN)


class Check(Collected):
    """The known ones' forms are the shapes' matter; here, hosts that are none of them."""

    def see_shared(self, shared: Facts) -> None:
        links = [(subject, n, target, host) for n, link in enumerate(_LINKS)
                 for subject, targets in shared.columns.get(link, {}).items()
                 for target in targets if (host := _unknown_host(target)) is not None]
        self.found += [
            Finding("check-unknown-authority", Severity.INFO, None,
                    {"label": shared.label(subject), "link": plain(target), "host": host},
                    plain(subject))
            for subject, _, target, host in sorted(links)]


def _unknown_host(target: bytes) -> str | None:
    """None for an authority that we know, and for what is no address."""
    # Most are known, which is seen without taking the address apart.
    parts = target.split(b"/", 3)
    if not target.startswith(b"<") or (len(parts) > 3 and parts[2] in _KNOWN_BYTES):
        return None
    host = urlsplit(plain(target)).hostname
    return None if host in _KNOWN else host
