"""Links to an authority that we do not know. Patterns only: nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from coopdec.check.beyond.collected import Collected
from coopdec.check.beyond.facts import Facts
from coopdec.check.result import bare
from coopdec.model import Finding, Severity
from coopdec.vocab import OWL, SKOS

_LINKS = tuple(f"<{p}>" for p in (
    OWL + "sameAs", SKOS + "exactMatch", SKOS + "closeMatch", SKOS + "broadMatch",
    SKOS + "narrowMatch", SKOS + "relatedMatch"))
_KNOWN = frozenset({
    "www.wikidata.org", "sws.geonames.org", "publications.europa.eu", "metadata.un.org",
    "id.insee.fr", "data.bnf.fr", "www.idref.fr", "viaf.org", "dbpedia.org", "fr.dbpedia.org",
    "id.loc.gov", "d-nb.info", "ror.org",
})


class Check(Collected):
    """The known ones' forms are the shapes' matter; here, hosts that are none of them."""

    def see_shared(self, shared: Facts) -> None:
        self.found += self._faults(shared)


    def _faults(self, shared: Facts) -> Iterator[Finding]:
        for subject, said in sorted(shared.by_subject.items()):
            for link in _LINKS:
                for target in sorted(said.get(link, ())):
                    host = urlsplit(bare(target)).hostname if target.startswith("<") else None
                    if host is not None and host not in _KNOWN:
                        yield Finding(
                            "check-unknown-authority", Severity.INFO, None,
                            {"label": shared.label(subject), "link": bare(target),
                             "host": host}, bare(subject))
