"""Who publishes a release, as catalogues and IATI name them."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["NOBODY_TOLD", "PUBLISHER_KINDS", "Publisher"]

#: The kinds of publishers of ADMS (http://purl.org/adms/publishertype/), by what a person
#: writes in ``publisher.toml``.
PUBLISHER_KINDS = {
    "national-authority": "NationalAuthority",
    "regional-authority": "RegionalAuthority",
    "local-authority": "LocalAuthority",
    "non-governmental-organisation": "NonGovernmentalOrganisation",
    "non-profit-organisation": "NonProfitOrganisation",
    "academia": "Academia-ScientificOrganisation",
    "company": "Company",
    "private-individuals": "PrivateIndividual(s)",
}


@dataclass(frozen=True, slots=True)
class Publisher:
    """``kind`` is a key of :data:`PUBLISHER_KINDS`; ``homepage`` an IRI, the base of the
    release where empty; ``contact`` an IRI (``mailto:…`` or a page); ``iati`` the
    organisation's identifier there (``FR-…``, ``XM-DAC-…``); ``sparql`` the address of a
    SPARQL endpoint with this release, where there is one."""

    name_fr: str = "L'équipe coopdec"
    name_en: str = "The coopdec team"
    kind: str = "private-individuals"
    homepage: str = ""
    contact: str = ""
    iati: str = ""
    sparql: str = ""


#: Where nobody says who publishes.
NOBODY_TOLD = Publisher()
