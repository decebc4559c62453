"""The checks that SHACL cannot say: each finds its fault, and nothing in correct data."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coopdec.check import EngineName, check, fast_available
from coopdec.check.beyond import CHECKS
from coopdec.check.beyond.boxes import boxes
from coopdec.messages import LANGS, sentence
from coopdec.model import Finding
from coopdec.vocab import CD, OWL, RDF, RDFS, SKOS, WGS84

BASE = "https://example.org/jeu/"
XSD = "http://www.w3.org/2001/XMLSchema#"
Make = Callable[[int], str]
ENGINE: EngineName = "fast" if fast_available() else "pyshacl"


def findings(text: str) -> list[Finding]:
    return list(check(text.encode(), engine=ENGINE).findings)


def project(i: int) -> str:
    return f"<{BASE}project/appel/{i:016x}>"


REGION = (
    f"<{BASE}collectivity/region/76> <{RDF}type> <{CD}Region> .\n"
    f'<{BASE}collectivity/region/76> <{RDFS}label> "Occitanie"@fr .\n'
    f'<{BASE}collectivity/region/76> <{CD}inseeCode> "76" .\n')
NAMESAKE = (
    f"<{BASE}territory/ML/sikasso> <{RDF}type> <{CD}PartnerTerritory> .\n"
    f'<{BASE}territory/ML/sikasso> <{RDFS}label> "SIKASSO"@fr .\n'
    f'<{BASE}territory/ML/sikasso> <{CD}printedType> "Région"@fr .\n'
    f"<{BASE}territory/ML/sikasso> <{CD}country> <{BASE}country/ML> .\n")
POINT = "".join(
    f'<{BASE}territory/ML/iso-ML-3> <{WGS84}{axis}> "{value}"^^<{XSD}decimal> .\n'
    for axis, value in (("lat", "48.8"), ("long", "2.3")))

#: name → (change, code, the project's line or None)
CASES: dict[str, tuple[Callable[[str], str], str, int | None]] = {
    "a lead outside its region": (
        lambda t: REGION + t.replace(
            f"{project(1)} <{CD}region> <{BASE}collectivity/region/84>",
            f"{project(1)} <{CD}region> <{BASE}collectivity/region/76>"),
        "check-lead-outside-region", 11),
    "a partner outside its country": (lambda t: t + POINT, "check-outside-country", None),
    "one name for two territories": (lambda t: t + NAMESAKE, "check-same-label", None),
    "nearly the same title": (
        lambda t: t.replace("Projet 2 : eau potable", "Projets n° 1 : eau potable").replace(
            "Projet 1 : eau potable", "Projet n° 1 : eau potable"),
        "check-near-duplicate", 12),
    "the same title": (
        lambda t: t.replace("Projet 2 : eau potable", "PROJET 1 : EAU POTABLE"),
        "check-near-duplicate", 12),
    "an English title": (
        lambda t: t.replace("Projet 2 : eau potable", "Access to water for the villages"),
        "check-title-language", 12),
    "an unknown authority": (
        lambda t: t + f"<{BASE}territory/ML/iso-ML-3> <{SKOS}exactMatch> <https://e.org/1> .\n",
        "check-unknown-authority", None),
    "a misspelt term": (
        lambda t: t + f"{project(0)} <{CD}leed> <{BASE}collectivity/commune/69043> .\n",
        "check-unknown-term", None),
    "a wrong number of projects": (
        lambda t: t + f'<{BASE}source/liste> <{CD}declaredProjects> "7"^^<{XSD}integer> .\n',
        "check-declared-projects", None),
    "a dangling link": (
        lambda t: t + f"{project(0)} <{RDFS}seeAlso> <{BASE}perdu> .\n", "check-dangling", None),
}


def test_correct_data_gives_none(correct: Make) -> None:
    assert findings(correct(5)) == []


@pytest.mark.parametrize("name", CASES)
def test_each_fault_is_found(correct: Make, name: str) -> None:
    change, code, line = CASES[name]
    (found,) = findings(change(correct(4)))
    assert found.code == code
    if line is not None:
        assert found.where
        assert found.where.line == line
    for lang in LANGS:
        assert sentence(found, lang)


def test_every_check_has_a_case() -> None:
    assert len(CHECKS) == 9
    assert len({code for _, code, _ in CASES.values()}) == len(CHECKS)


def test_another_phase_is_another_project(correct: Make) -> None:
    text = correct(2).replace("Projet 0 : eau potable", "Eau potable à Sikasso, phase 1").replace(
        "Projet 1 : eau potable", "Eau potable à Sikasso, phase 2")
    assert findings(text) == []


def test_a_reference_to_a_project_of_a_later_chunk_is_not_dangling(correct: Make) -> None:
    text = correct(6) + f"{project(0)} <{RDFS}seeAlso> {project(5)} .\n"
    assert check(text.encode(), engine=ENGINE, chunk_size=1).findings == ()


def test_same_entity_is_not_an_unknown_authority(correct: Make) -> None:
    text = correct(2) + (
        f"<{BASE}territory/ML/iso-ML-3> <{OWL}sameAs> <http://www.wikidata.org/entity/Q9> .\n")
    assert findings(text) == []


def test_boxes_hold_their_countries() -> None:
    assert len(boxes()) > 200
    south, west, north, east = boxes()["ML"]
    assert south < 12.65 < north  # Bamako
    assert west < -8.0 < east
