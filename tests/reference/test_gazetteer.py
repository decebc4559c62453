"""What the rest of the code asks of the reference."""

from __future__ import annotations

import contextlib
import sqlite3
import sys
import threading
from datetime import date

import pytest

from coopdec.model import Kind
from coopdec.reference import Gazetteer, gazetteer
from coopdec.reference.names import block
from coopdec.reference.store import index_path

COUNTRIES = [
    ("Mali", "ML"), ("MLI", "ML"), ("ml", "ML"), ("Q912", "ML"), ("Etats-Unis", "US"),
    ("ÉTATS-UNIS D'AMÉRIQUE", "US"), ("Biélorussie", "BY"), ("Moldavie", "MD"), ("Congo", "CG"),
    ("Congo (RDC)", "CD"), ("République démocratique du Congo", "CD"),
    ("CONGO, REPUBLIQUE DEMOCRATIQUE DU", "CD"), ("Congo, République du", "CG"),
    ("LAOS, REPUBLIQUE DEMOCRATIQUE POPULAIRE", "LA"), ("Birmanie", "MM"), ("Kosovo", "XK"),
    ("Territoires palestiniens", "PS"), ("Côte d’Ivoire", "CI"), ("COTE D'IVOIRE", "CI"),
    ("la Guinée", "GN"), ("Guinée-Bissau", "GW"), ("Viêt Nam", "VN"), ("Ivory Coast", "CI"),
    ("COREE, REPUBLIQUE POPULAIRE DEMOCRATIQUE DE", "KP"), ("Iran, République islamique d'", "IR"),
    ("Les Comores", "KM"), ("Mali* (1)", "ML"), ("Angleterre", "GB"), ("Swaziland", "SZ"),
]

REGIONS = [
    ("Haut-de-France", None, "region/32"), ("Ile de France", None, "region/11"),
    ("Nouvelle Aquitaine", None, "region/75"), ("Bourgogne-Franche Comté", None, "region/27"),
    ("PACA", None, "region/93"), ("OCCITANIE", None, "region/76"), ("44", None, "region/44"),
    ("Région Bretagne", None, "region/53"), ("Midi-Pyrénées", date(2014, 1, 1), "region/73"),
    ("Alsace", date(2014, 1, 1), "region/42"), ("Guyane", None, "region/03"),
    ("Polynésie française", None, "region/987"), ("Gironde", None, "region/75"),
    ("69", None, "region/84"),
]


@pytest.mark.parametrize(("name", "iso2"), COUNTRIES)
def test_country(name: str, iso2: str) -> None:
    found = gazetteer().country(name)
    assert found is not None
    assert found.ids["iso2"] == iso2


@pytest.mark.parametrize("name", ["", "Atlantide", "Yougoslavie", "Congo, rien", "Corée, x", "Q1"])
def test_no_country(name: str) -> None:
    assert gazetteer().country(name) is None


def test_every_country_is_complete() -> None:
    countries = gazetteer().countries()
    assert len(countries) >= 249
    for country in countries:
        assert country.label_fr
        assert country.label_en
        assert {"iso2", "iso3", "eu"} <= set(country.ids)
    kosovo = gazetteer().country("XK")
    assert kosovo is not None
    assert kosovo.ids["eu"] == "XKX"


def test_former_and_near_countries() -> None:
    places = gazetteer()
    former = places.former_country("Yougoslavie")
    assert former is not None
    assert "RS" in former.successors
    near = places.near_country("Burkina Fasso")
    assert near is not None
    assert near.key == "country/BF"
    assert places.near_country("Hambie") is None  # Gambie, Zambie


@pytest.mark.parametrize(("text", "on", "key"), REGIONS)
def test_region(text: str, on: date | None, key: str) -> None:
    found = gazetteer().french_region(text, on)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize("text", ["", "Mali", "nulle part", "999"])
def test_no_region(text: str) -> None:
    assert gazetteer().french_region(text) is None


@pytest.mark.parametrize(
    ("name", "country", "head", "rest"),
    [("Cercle de Niafunké", "ML", "Cercle", "Niafunké"),
     ("Province de l'Uvrukhangai", "MN", "Province", "Uvrukhangai"),
     ("Gouvernement autonome municipal de Sacaba", "BO", "Gouvernement autonome municipal",
      "Sacaba"),
     ("Région Centre", "BF", "Région", "Centre"), ("Bamako", "ML", "", "Bamako"),
     ("Conseil départemental de l'Allier", "FR", "Conseil départemental", "Allier"),
     ("Région", "ML", "", "Région")])
def test_type_words(name: str, country: str, head: str, rest: str) -> None:
    assert gazetteer().split_type(name, country) == (head, rest)


@pytest.mark.parametrize(("key", "label"), [
    ("iso/SD-DN", "Darfour du Nord"),  # CLDR's, where what research says is unlike the name
    ("iso/PE-AYA", "Région d'Ayacucho"), ("gn/1855612", "Nara"), ("gn/3718962", "Petit-Goâve"),
])
def test_french_labels(key: str, label: str) -> None:
    entity = gazetteer().entity(key)
    assert entity is not None
    assert entity.label_fr == label


def test_a_type_word_means_what_it_means_there() -> None:
    places = gazetteer()
    assert places.type_word("Cercle", "ML") == (Kind.ADMIN2,)
    assert places.type_word("province", "BF") == (Kind.ADMIN2,)
    assert places.type_word("PROVINCE", "AR")[0] is Kind.ADMIN1
    assert places.type_word("province", "VN") == (Kind.ADMIN1,)  # its units are called so
    assert places.type_word("région", "CI") == (Kind.ADMIN1, Kind.ADMIN2)
    assert places.type_word("département", "FR") == (Kind.DEPARTMENT,)
    assert places.type_word("zorglub", "ML") == ()


def test_containment() -> None:
    places = gazetteer()
    assert places.is_parent("Caldas", of="Manizales", country="CO")
    assert not places.is_parent("Yaoundé", of="Douala", country="CM")
    assert not places.is_parent("Manizales", of="Caldas", country="CO")


def test_entities() -> None:
    places = gazetteer()
    segou = places.entity("gn/2451478")
    assert segou is not None
    assert segou.ids == {"geonames": "2451478", "wikidata": "Q333476"}
    assert segou.parents[-1] == "iso/ML-4"
    rives = places.entity("commune/85213")
    delegated = places.entity("delegated-commune/85213")
    assert rives is not None
    assert delegated is not None
    assert rives.label_fr == "Rives de l'Yon"
    assert delegated.replaced_by == ("commune/85213",)
    for nothing in ("", "gn/", "gn/x", "gn/99999999999999", "commune/00000"):
        assert places.entity(nothing) is None


def test_type_words_after_marks_and_alone() -> None:
    places = gazetteer()
    assert places.split_type("- Cercle de Niafunké", "ML") == ("- Cercle", "Niafunké")
    assert places.split_type("« Ville » de Bamako", "ML") == ("« Ville »", "Bamako")
    assert places.split_last_type("Grand Poitiers Communauté urbaine", "FR") == (
        "Communauté urbaine", "Grand Poitiers")
    for name in ("", " ", "-", "'", "Cerclé", "Villeneuve"):
        assert places.split_type(name, "FR")[0] == places.split_last_type(name, "FR")[0] == ""


def test_a_full_memory_starts_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[Gazetteer.__module__], "_ENTITIES", 2)
    known, small = gazetteer(), Gazetteer(index_path())
    for name, country in (("Sikasso", "ML"), ("Saint-Denis", "FR"), ("Sikasso", "ML")):
        assert small.by_name(name, country) == known.by_name(name, country)
    hits = known.sounding("sikaso", "ML")
    assert hits == small.sounding("sikaso", "ML")
    assert [small.by_number(h.entity) for h in hits] == [known.by_number(h.entity) for h in hits]


def test_no_lookup_reads_a_table_from_end_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of thousands of names: each is found through an index, from the first on."""
    asked: dict[str, tuple[object, ...]] = {}
    ask = Gazetteer._ask

    def listened(self: Gazetteer, sql: str, values: tuple[object, ...]) -> object:
        asked[sql] = values
        return ask(self, sql, values)

    monkeypatch.setattr(Gazetteer, "_ask", listened)
    places = Gazetteer(index_path())
    assert not asked, "opening reads nothing"
    assert places.country("Mali")
    assert places.entity("gn/2451478")
    assert places.by_name("Sikasso", "ML")
    assert places.by_name("Saint-Denis", "FR")
    assert places.by_name("Sikasso")
    assert places.sounding("sikaso", "ML")
    assert places.skeletons("ML", block("sikaso"), 6)
    assert places.starting("sika", 5)
    with contextlib.closing(sqlite3.connect(index_path())) as index:
        plans = {sql: [row[3] for row in index.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
                 for sql, values in asked.items()}
    assert len(plans) > 5
    assert not [sql for sql, steps in plans.items() if any(
        s.startswith("SCAN") and "name_country" not in s for s in steps)]  # all countries


def test_threads_share_it() -> None:
    places = Gazetteer(index_path())
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(places.entity("region/53")))
               for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert all(found)


def test_attribution_names_its_sources() -> None:
    lines = " ".join(gazetteer().attribution())
    for source in ("INSEE", "GeoNames", "CLDR", "Who's On First"):
        assert source in lines


@pytest.mark.parametrize(("text", "key"), [
    ("EAU", "country/AE"), ("Eau", None), ("eau", None), ("LA", "country/LA"), ("La", None),
    ("ml", "country/ML"), ("usa", "country/US"), ("RDC", "country/CD"), ("Mali", "country/ML"),
])
def test_words_are_no_acronyms_of_countries(text: str, key: str | None) -> None:
    found = gazetteer().country(text)
    assert (found and found.key) == key


def test_words_of_french_names() -> None:
    places = gazetteer()
    assert places.is_word("verdon")
    assert not places.is_word("verdn")
    assert not places.is_word("bamako")  # a name abroad
