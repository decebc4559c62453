"""The country that a header names by its people: « Collectivité marocaine », « Villes
sénégalaises ». A joint call with one country has no column for it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from coopdec.text import fold

__all__ = ["country_of_header", "names_people"]

#: ISO code, masculine, feminine where it is not the masculine with an « e »; plurals add an « s ».
_ADJECTIVES = """
AL albanais|DE allemand|US américain|AO angolais|AR argentin|AM arménien,arménienne
AZ azerbaïdjanais|BD bangladais|BE belge,belge|BJ béninois|BO bolivien,bolivienne
BA bosnien,bosnienne|BR brésilien,brésilienne|BG bulgare,bulgare|BF burkinabè,burkinabè
BI burundais|KH cambodgien,cambodgienne|CM camerounais|CA canadien,canadienne|CA québécois
CA du québec|CV capverdien,capverdienne|CL chilien,chilienne|CN chinois|CO colombien,colombienne
KM comorien,comorienne|CR costaricien,costaricienne|HR croate,croate|CU cubain
DJ djiboutien,djiboutienne|EG égyptien,égyptienne|EC équatorien,équatorienne|ES espagnol
EE estonien,estonienne|ET éthiopien,éthiopienne|GA gabonais|GE géorgien,géorgienne
GH ghanéen,ghanéenne|GR grec,grecque|GT guatémaltèque,guatémaltèque|HT haïtien,haïtienne
HU hongrois|IN indien,indienne|ID indonésien,indonésienne|IQ irakien,irakienne|IE irlandais
IL israélien,israélienne|IT italien,italienne|CI ivoirien,ivoirienne|JP japonais
JO jordanien,jordanienne|KE kényan|LA laotien,laotienne|LV letton,lettonne|LB libanais
LT lituanien,lituanienne|MK macédonien,macédonienne|MG malgache,malgache|ML malien,malienne
MA marocain|MR mauritanien,mauritanienne|MX mexicain|MD moldave,moldave|MN mongol|ME monténégrin
MZ mozambicain|NP népalais|NI nicaraguayen,nicaraguayenne|NE nigérien,nigérienne|NG nigérian
UG ougandais|PS palestinien,palestinienne|PY paraguayen,paraguayenne|PE péruvien,péruvienne
PH philippin|PL polonais|PT portugais|RO roumain|RU russe,russe|RW rwandais|SN sénégalais
RS serbe,serbe|SK slovaque,slovaque|SI slovène,slovène|ZA sud-africain|CH suisse,suisse
TZ tanzanien,tanzanienne|TD tchadien,tchadienne|CZ tchèque,tchèque|TH thaïlandais|TG togolais
TN tunisien,tunisienne|TR turc,turque|UA ukrainien,ukrainienne|UY uruguayen,uruguayenne
VN vietnamien,vietnamienne|DZ algérien,algérienne|MA moroccan|TN tunisian|SN senegalese
ML malian|MX mexican|BR brazilian|PS palestinian|UA ukrainian|VN vietnamese|JP japanese
CN chinese|IN indian|DE german|LB lebanese"""


@cache
def _countries() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for entry in _ADJECTIVES.replace("\n", "|").strip("|").split("|"):
        code, _, forms = entry.partition(" ")
        masculine, _, feminine = forms.partition(",")
        for form in (masculine, feminine or f"{masculine}e"):
            found |= {fold(form): code, fold(f"{form}s"): code}
    return found


def country_of_header(header: str) -> str | None:
    """The ISO code of the one country whose people a header names.

    >>> country_of_header("Collectivité(s) marocaine(s)"), country_of_header("Partenaire")
    ('MA', None)
    """
    text = f" {fold(header.replace('(s)', 's').replace('(e)', 'e').replace('·', ''))} "
    found = {code for form, code in _countries().items() if f" {form} " in text}
    return found.pop() if len(found) == 1 else None


_CONTINENTS = frozenset(
    f"{stem}{end}" for stem in ("africain", "europeen", "caribeen", "maghrebin", "americain")
    for end in ("", "s", "e", "es", "ne", "nes")) | {"asiatique", "asiatiques"}


def names_people(header: str) -> bool:
    """Whether a header names a country or a continent by its people: « Ville africaine »."""
    return country_of_header(header) is not None or not _CONTINENTS.isdisjoint(
        fold(header).split())
