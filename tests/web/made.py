"""A data set made up to be hard on pages: markup, scripts, right-to-left text, controls,
sixty partners, no partner, no theme, names too long for a file, dots for names."""

from __future__ import annotations

from pathlib import Path

from coopdec.terms import decimal, integer, iri, text
from coopdec.vocab import CD, DCTERMS, OWL, PROV, RDF, RDFS, SDG, SDGO, SKOS, SSSOM, WGS84

__all__ = ["BASE", "HARD_TITLES", "hard_release"]

BASE = "https://example.org/d/"
_A, _LABEL = iri(RDF + "type"), iri(RDFS + "label")

HARD_TITLES = (
    "</script><script>alert(1)</script>",
    "<b>gras</b> & \"guillemets\" 'simples' {{ 7 * 7 }} {% raw %}",
    "مشروع التعاون اللامركزي بين المدن",
    "contrôles \x00\x01\x0b\x1f\x7f\x85\ufffe et fin",
    "Un titre qui ne finit pas " * 60,
    "Motsansespace" * 40,
    "éàü œuvre 漢字 🙂",
    "   ",
)


def hard_release(folder: Path) -> Path:
    """Write ``coopdec.nt`` into ``folder``."""
    said: dict[str, list[tuple[str, str]]] = {}

    def put(path: str, *pairs: tuple[str, str]) -> str:
        subject = path if path.startswith("http") else BASE + path
        said.setdefault(subject, []).extend(pairs)
        return subject

    put("country/ML", (_A, iri(CD + "Country")), (_LABEL, text("Mali", "fr")),
        (_LABEL, text("Mali", "en")), (iri(CD + "iso2"), text("ML")),
        (iri(OWL + "sameAs"), iri("http://www.wikidata.org/entity/Q912")))
    put("country/TV", (_A, iri(CD + "Country")), (_LABEL, text("Tuvalu", "fr")))
    put("country/XX", (_A, iri(CD + "Country")), (_LABEL, text("Pays <inconnu>", "fr")))
    put("call/x", (_A, iri(CD + "Call")), (_LABEL, text("Appel « x » & <y>", "fr")))
    put("source/liste", (_A, iri(CD + "SourceDocument")), (_LABEL, text("Liste", "fr")),
        (iri(DCTERMS + "license"), iri("https://spdx.org/licenses/etalab-2.0")))
    put("collectivity/region/84", (_A, iri(CD + "Region")), (_LABEL, text("Aura", "fr")))
    put("collectivity/commune/69043", (_A, iri(CD + "Commune")), (_LABEL, text("Chaponost", "fr")),
        (iri(CD + "inseeCode"), text("69043")), (iri(WGS84 + "lat"), decimal(45.7102, 4)),
        (iri(WGS84 + "long"), decimal(4.74221, 5)),
        (iri(CD + "region"), iri(BASE + "collectivity/region/84")))
    put("collectivity/commune/69043#link-x", (_A, iri(SSSOM + "Mapping")),
        (iri(SSSOM + "subject_id"), iri(BASE + "collectivity/commune/69043")),
        (iri(SSSOM + "predicate_id"), iri(SKOS + "exactMatch")),
        (iri(SSSOM + "object_id"), iri("https://sws.geonames.org/1/")),
        (iri(SSSOM + "confidence"), decimal(0.5)),
        (iri(SSSOM + "comment"), text("</ul><script>alert(2)</script>", "fr")))
    put(SDG + "6", (_A, iri(SDGO + "Goal")), (_LABEL, text("Eau", "fr")),
        (_LABEL, text("Water", "en")), (iri(SKOS + "prefLabel"), text("Garantir l'eau", "fr")))
    put(SDG + "6.1", (_A, iri(SDGO + "Target")), (_LABEL, text("Eau potable", "fr")),
        (iri(SKOS + "broader"), iri(SDG + "6")))
    partners = []
    for n in range(60):
        partners.append(put(f"territory/ML/p-{n}", (_A, iri(CD + "PartnerTerritory")),
                            (_LABEL, text(f"Partenaire {n} <&>", "fr")),
                            (iri(WGS84 + "lat"), decimal(12 + n / 20)),
                            (iri(WGS84 + "long"), decimal(-8 + n / 20)),
                            (iri(CD + "country"), iri(BASE + "country/ML"))))
    put("territory/ML/" + "long-" * 80 + "nom", (_A, iri(CD + "PartnerTerritory")),
        (_LABEL, text("long", "fr")), (iri(CD + "country"), iri(BASE + "country/ML")))
    for n, title in enumerate(HARD_TITLES):
        path = f"project/x/{n}"
        project = put(path, (_A, iri(CD + "Project")), (_LABEL, text(title, "fr")),
                      (iri(DCTERMS + "title"), text(title, "fr")),
                      (iri(CD + "call"), iri(BASE + "call/x")),
                      (iri(PROV + "wasDerivedFrom"), iri(f"{BASE}{path}#row-liste")))
        if n % 2:
            put(path, (iri(CD + "noThemeStated"), '"true"^^<x:boolean>'))
        else:
            put(path, (iri(CD + "theme"), iri(SDG + "6")),
                (iri(CD + "themeAssignment"), iri(f"{project}#theme-6")))
            put(f"{path}#theme-6", (_A, iri(CD + "ThemeAssignment")),
                (iri(CD + "goal"), iri(SDG + "6")), (iri(CD + "target"), iri(SDG + "6.1")),
                (iri(CD + "confidence"), decimal(0.9)), (iri(CD + "rule"), text("a<b>")),
                (iri(CD + "evidence"), text(title[:9], "fr")),
                (iri(CD + "evidenceStart"), integer(0)))
        if n != 3:
            put(path, (iri(CD + "lead"), iri(BASE + "collectivity/commune/69043")),
                (iri(CD + "region"), iri(BASE + "collectivity/region/84")))
        for partner in partners if n == 1 else partners[:n % 3]:
            put(path, (iri(CD + "partner"), iri(partner)))
        for code in ("ML", "TV", "XX")[:n % 4]:
            put(path, (iri(CD + "partnerCountry"), iri(f"{BASE}country/{code}")))
        put(f"{path}#row-liste", (_A, iri(CD + "SourceRow")),
            (iri(DCTERMS + "isPartOf"), iri(BASE + "source/liste")),
            (iri(CD + "titleCell"), text(title)), (iri(CD + "line"), integer(n + 2)))
    for own in ("..", "a%2Fb", "a%20b", "%3Cx%3E", "été", "."):
        put(f"project/own/{own}", (_A, iri(CD + "Project")), (_LABEL, text(f"id {own}", "fr")),
            (iri(DCTERMS + "title"), text(f"id {own}", "fr")))
    put("project/x/old", (_A, iri(CD + "Tombstone")), (_LABEL, text("Identifiant retiré", "fr")),
        (iri(DCTERMS + "isReplacedBy"), iri(BASE + "project/x/0")))
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"<{s}> {p} {o} .\n" for s in said for p, o in dict.fromkeys(said[s])]
    (folder / "coopdec.nt").write_text("".join(lines), "utf-8")
    return folder
