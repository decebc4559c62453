"""The code beside a name: it tells homonyms apart, and never says another name than is printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopdec.building.options import Options
from coopdec.building.stages import Context, announce_all
from coopdec.decisions import Decisions
from coopdec.messages import LANGS, sentence
from coopdec.model import Code, Finding, Query, Resolution, Side
from coopdec.read import read
from coopdec.reference import gazetteer
from coopdec.resolve import resolve


def asked(name: str, region: str | None = None, **codes: str) -> Resolution:
    printed = tuple(Code(authority, value, value, f"lead_{authority}")
                    for authority, value in codes.items())
    return resolve(Query(name, Side.FRENCH, region=region, codes=printed), gazetteer())


@pytest.mark.parametrize(("name", "codes", "wanted"), [
    ("Saint-Denis", {"insee": "93066"}, "commune/93066"),
    ("Saint-Denis", {"insee": "97411"}, "commune/97411"),
    ("SAINT DENIS", {"siren": "929939411"}, "commune/93066"),
    ("Ville de Montreuil", {"siren": "219300480"}, "commune/93048"),
    ("Valence", {"insee": "26362"}, "commune/26362"),
    ("Mayenne", {"insee": "53"}, "department/53"),
    ("Bretagne", {"insee": "53"}, "region/53"), ("Paris", {"insee": "75101"}, "commune/75056"),
    ("Département de la Mayenne", {"insee": "53"}, "department/53"),
    ("Valence", {"insee": "35238"}, None),  # another name: as if there was no code
    ("Valence", {"insee": "99999"}, None), ("Valence", {"siren": "999999999"}, None),
    ("Rennes", {"insee": "44109"}, "commune/35238"),
    ("Tours", {"insee": "86272"}, "commune/37261"),  # Thuré only sounds like it
    ("Ville de Rennes", {"siren": "243500139"}, "commune/35238"),  # not the commune's
    ("Rennes", {"epci": "243500139"}, "commune/35238"),  # that around it
    ("Rennes Métropole", {"insee": "35238"}, "intercommunality/243500139"),  # its seat
    ("Brest", {"siren": "242900314"}, "intercommunality/242900314"),
    ("Saint-Denis", {"postcode": "93200"}, "commune/93066"),
    ("Sainte-Marie", {"postcode": "97438"}, "commune/97418"),
    ("Saint-Denis", {"postcode": "75001"}, None),  # none is there
    ("Rennes", {"postcode": "44000"}, "commune/35238"),
    ("Valence", {"postcode": "82000", "insee": "26362"}, "commune/26362"),
    ("Valence", {"insee": "26362", "siren": "211603923"}, None),  # two bodies
])
def test_a_code_tells_only_those_who_bear_the_name(
        name: str, codes: dict[str, str], wanted: str | None) -> None:
    chosen = asked(name, **codes).chosen
    assert (chosen.entity.key if chosen else None) == wanted


def test_the_reason_names_the_code() -> None:
    def reasons(found: Resolution) -> list[str]:
        assert found.chosen is not None
        return [code for code, _ in found.chosen.reason]

    assert "link-code-settles" in reasons(asked("Valence", insee="26362"))
    assert "link-code-fits" in reasons(asked("Metz", insee="57463"))
    assert "link-postcode-fits" in reasons(asked("Valence", postcode="26000"))
    assert not [r for r in reasons(asked("Metz", insee="35238")) if "code" in r]


def test_what_is_printed_elsewhere_is_not_overruled() -> None:
    assert asked("Saint-Denis", "La Réunion", insee="93066").chosen is None


def _told(path: Path) -> tuple[list[str | None], list[Finding]]:
    reading = read(path)
    context = Context(Options(), Decisions())
    found = announce_all(list(reading), reading.source, context.places)
    described = context.describer.describe_all(found, reading.source)
    said = [f for one in described for f in one.findings]
    return [c and c.entity.key for a in found for c in [a.leads[0].chosen]], said


@pytest.mark.parametrize("region", [None, "Auvergne-Rhône-Alpes"])
def test_a_column_of_departments_tells_homonyms_apart(tmp_path: Path, region: str | None) -> None:
    path = tmp_path / "liste.csv"
    lines = ["Département;Collectivité;Pays;Titre du projet", "26;Romans;Mali;Eau",
             "Puy-de-Dôme;Beaumont;Mali;École", "Isère;Annecy;Mali;Santé"]
    if region:  # beside that of regions
        lines = [f"{region if n else 'Région'};{line}" for n, line in enumerate(lines)]
    path.write_text("\n".join(lines), "utf-8")
    keys, said = _told(path)
    assert keys == ["commune/26281", "commune/63032", None]
    assert [f.code for f in said] == ["lead-ambiguous"]


def test_what_a_person_is_told_of_codes(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(
        "Collectivité;Code INSEE;Code EPCI;Pays;Titre du projet\n"
        "Saint-Denis;93066;;Mali;Eau\n"
        "Rennes;44109;243500139;Mali;École\n"
        "Ambérieu-en-Bugey;1004;;Mali;Forêt\n"
        "Metz;99999;;Mali;Santé\n"
        "Rennes Métropole;35238;;Mali;État civil\n", "utf-8")
    keys, said = _told(path)
    assert keys == ["commune/93066", "commune/35238", "commune/01004", "commune/57463",
                    "intercommunality/243500139"]
    assert [(f.code, f.where and (f.where.line, f.where.column)) for f in said] == [
        ("lead-by-code", (2, "Code INSEE")), ("lead-code-differs", (3, "Code INSEE")),
        ("lead-code-unknown", (5, "Code INSEE"))]
    for lang in LANGS:
        assert "93066" in sentence(said[0], lang)
        assert "Nantes" in sentence(said[1], lang)
