"""Names as nobody here had seen them: what general rules make of them. No name of these was
in the samples that showed what was missing."""

from __future__ import annotations

import pytest

from coopdec.model import Query, Side
from coopdec.reference import gazetteer
from coopdec.reference.regions import scope_of
from coopdec.resolve import resolve
from tests.test_resolve_codes import asked


def _chosen(name: str, side: Side, *, country: str | None = None,
            region: str | None = None) -> str | None:
    chosen = resolve(Query(name, side, country=country, region=region), gazetteer()).chosen
    return chosen.entity.key if chosen else None


@pytest.mark.parametrize(("name", "region", "key"), [
    ("Asnières (92)", None, "commune/92004"),  # not the only « Asnières », of the Eure
    ("Ville de Boulogne (Hauts-de-Seine)", None, "commune/92012"),
    ("Choisy, Val-de-Marne", None, "commune/94022"),
    ("Vitry", "Île-de-France", "commune/94081"),
    ("Saint-Germain (78)", None, None),  # three begin so there
    ("Villeneuve", "Île-de-France", None),
    ("Nantes (3)", None, "commune/44109"),  # a footnote's number
    ("Asnières (91)", None, None), ("Le Croisic (56)", None, None), ("Nantes (12)", None, None),
    ("Lile (75)", None, None), ("Haute (57)", None, None),  # they only sound so, elsewhere
    ("Saint (48)", None, None),
    ("Bois (77)", None, None),  # a noun names no town: Bois-le-Roi is not called so
    ("Le Puy (43)", None, "commune/43157"),
    ("Asnières", "Normandie", "commune/27021"),
    ("Asnières", None, None),  # the village, or the town that everybody calls so
    ("Boulogne", None, None), ("Aix", None, None),
    ("Le Cateau", None, None),  # Le Coteau only sounds so
])
def test_the_one_commune_around_whose_name_begins_so(
    name: str, region: str | None, key: str | None
) -> None:
    assert _chosen(name, Side.FRENCH, region=region) == key


@pytest.mark.parametrize(("authority", "value", "key"), [
    ("insee", "92004", "commune/92004"), ("insee", "27021", "commune/27021"),
    ("postcode", "92600", "commune/92004"), ("insee", "59136", None),
])
def test_a_code_tells_whose_name_begins_so(authority: str, value: str, key: str | None) -> None:
    chosen = asked("Asnières", **{authority: value}).chosen
    assert (chosen.entity.key if chosen else None) == key


@pytest.mark.parametrize(("name", "region", "key"), [
    ("Saint-Louis", "Alsace", "commune/68297"),
    ("Saint-Louis", "Lorraine", "commune/57618"),
    ("Saint-Louis", "Grand Est", None),
    ("Neufchâteau", "Lorraine", "commune/88321"),
    ("Metz", "Alsace", None),
    ("Saint-Julien", "Franche-Comté", None),  # a part of La Roche-Morey now
])
def test_a_former_region_tells_more_than_its_successor(
    name: str, region: str, key: str | None
) -> None:
    assert _chosen(name, Side.FRENCH, region=region) == key


@pytest.mark.parametrize(("name", "region", "key"), [
    ("Romans", "Drôme", "commune/26281"),  # not the Romans of the Ain
    ("Annecy", "Drôme", None), ("Annecy", "Haute-Savoie", "commune/74010"),
    ("Région Auvergne-Rhône-Alpes", "Drôme", "region/84"),  # its seat is there
    ("Valence Romans Agglo", "Ardèche", "intercommunality/200068781"),  # it reaches over
    ("Conseil régional de La Réunion", "La Réunion", "region/04"),
    ("Die", "26", "commune/26113"), ("Beaune", "26", "commune/21054"),  # Drôme's, and Bourgogne's
])
def test_a_department_in_the_region_column(name: str, region: str, key: str | None) -> None:
    assert _chosen(name, Side.FRENCH, region=region) == key


@pytest.mark.parametrize(("name", "key"), [
    ("Nantes (Bretagne)", None), ("Nantes (12)", None),
    ("Toul (57)", None), ("Rennes (2A)", None), ("Reims (08)", None),
    ("Ambérieux en Bugey (01)", "commune/01004"),
    ("Lyon (Rhône-Alpes)", "commune/69123"), ("Conseil général de l'Ain (Rhône-Alpes)",
                                              "department/01"),
])
def test_a_unit_named_beside_a_commune_contains_it(name: str, key: str | None) -> None:
    assert _chosen(name, Side.FRENCH) == key


def test_departments_of_former_regions() -> None:
    places = gazetteer()
    assert scope_of(places, "Haute-Normandie").departments == {"department/27", "department/76"}
    assert scope_of(places, "Normandie").departments == frozenset()
    of_all = [d for r in ("Champagne-Ardenne", "Picardie", "Haute-Normandie", "Basse-Normandie",
                          "Bourgogne", "Nord-Pas-de-Calais", "Lorraine", "Alsace",
                          "Franche-Comté", "Poitou-Charentes", "Aquitaine", "Midi-Pyrénées",
                          "Limousin", "Rhône-Alpes", "Auvergne", "Languedoc-Roussillon")
              for d in scope_of(places, r).departments]
    assert len(of_all) == len(set(of_all)) == 65
    for key in of_all:
        assert places.entity(key) is not None, key


@pytest.mark.parametrize(("name", "key"), [
    ("Communauté d'agglomération Arlysère", "intercommunality/200068997"),
    ("Arlysère", "intercommunality/200068997"),
    ("Arras (Communauté urbaine d')", "intercommunality/200033579"),
    ("Alpes-Maritimes (Département des)", "department/06"),
    ("Libournais", None),  # the country around, not yet the body
    ("Saint-Malo Agglomération", "intercommunality/243500782"),
    ("Meurthe & Moselle", "department/54"),
    ("Ille & Vilaine", "department/35"),
])
def test_names_of_french_bodies(name: str, key: str | None) -> None:
    assert _chosen(name, Side.FRENCH) == key


@pytest.mark.parametrize(("name", "country", "key"), [
    ("Reggio", "IT", None), ("Santa Cruz", "BO", "gn/3904906"),  # short for two towns, for one
    ("Deir el Qamar", "LB", None),  # not Deïr el Ahmar: « Deir el » is shared by many
    ("Région de Bougouni", "ML", None), ("Province de Hué", "VN", None),  # no cercle, no town
    ("Zambanata", "BF", None), ("Wolenguena III", "ML", None),  # a slip, a number away from hamlets
    ("Nagano City", "JP", "gn/1856215"),  # its last word is no part of the name
    ("Podor Department", "SN", "gn/2246656"),
    ("Nampula Province", "MZ", "iso/MZ-N"),
    ("Kansas City", "US", "gn/4393217"),  # here it is
    ("Benin City", "NG", "gn/2347283"),
    ("Santarém (Pará)", "BR", "gn/3389353"),  # Belém is called Pará too
    ("M'Bour", "SN", "gn/2248477"),  # the town, not the department spelt so
    ("Nouvelle-Galles du Sud", "AU", "iso/AU-NSW"),
    ("Dakota du Sud", "US", "iso/US-SD"),
    ("Bohême du Sud", "CZ", "iso/CZ-31"),
    ("Sumatra du Sud", "ID", "iso/ID-SS"),
    ("Marrakech-Tensift-Al Haouz", "MA", None),  # its code is another region's now
    ("Province d'Ispahan", "IR", "iso/IR-10"),
    ("Diputación de Teruel", "ES", "iso/ES-TE"),
    ("Comitat de Somogy", "HU", "iso/HU-SO"),
])
def test_names_abroad(name: str, country: str, key: str | None) -> None:
    assert _chosen(name, Side.PARTNER, country=country) == key


@pytest.mark.parametrize(("name", "side", "country", "key"), [
    ("Aubervillers", Side.FRENCH, None, "commune/93001"),
    ("Bischwilter", Side.FRENCH, None, "commune/67046"),
    ("Tupisa", Side.PARTNER, "BO", "gn/3902202"),
    ("Nagasakki", Side.PARTNER, "JP", "gn/1856177"),
    ("Dhaka", Side.PARTNER, "SN", None),  # sounds like Dakar by our rules only
])
def test_misspelt(name: str, side: Side, country: str | None, key: str | None) -> None:
    assert _chosen(name, side, country=country) == key
    assert all(0 < c.score < 0.97 for c in resolve(
        Query(name, side, country=country), gazetteer()).candidates)


@pytest.mark.parametrize(("name", "country", "label"), [
    ("Nwoya District", "UG", "Nwoya"), ("Gulu District", "UG", "Gulu"), ("Katavi", "TZ", "Katavi"),
    ("Bioko-Norte", "GQ", "Bioko-Norte"), ("Free State", "ZA", "État-Libre"),
    ("État du Pará", "BR", "Pará"), ("Oblast de Kiev", "UA", "Oblast de Kiev"),
])
def test_what_research_says_of_a_neighbour_is_not_said_of_a_unit(
    name: str, country: str, label: str
) -> None:
    chosen = resolve(Query(name, Side.PARTNER, country=country), gazetteer()).chosen
    assert chosen is not None
    assert chosen.entity.label_fr == label


@pytest.mark.parametrize(("name", "country", "key"), [
    ("Bahia", "BR", None), ("Ceará", "BR", None), ("État de Bahia", "BR", "iso/BR-BA"),
    ("Ville de Salvador de Bahia", "BR", "gn/3450554"), ("Al Qahirah", "EG", "gn/360630"),
    ("Alep", "SY", "gn/170063"), ("São Paulo", "BR", "gn/3448439"),
])
def test_the_name_of_a_unit_is_not_its_capitals(
    name: str, country: str, key: str | None
) -> None:
    assert _chosen(name, Side.PARTNER, country=country) == key


@pytest.mark.parametrize(("name", "key"), [
    ("Niort Agglo", "intercommunality/200041317"),  # its chief town, not in « CA du Niortais »
    ("Communauté d'agglomération de Niort", "intercommunality/200041317"),
    ("Agglo2B", "intercommunality/200040244"), ("GPSO", "intercommunality/200057974"),
    ("Agglomération de la Région de Compiègne", "intercommunality/200067965"),
    ("Reims Métropole", "intercommunality/reims-metropole"),
    ("Grand Laon", "intercommunality/200043495"), ("Grand Lyom", None),  # one slip in four letters
    ("COR", "intercommunality/200040566"),  # not Corre, a village
])
def test_what_intercommunalities_are_called(name: str, key: str | None) -> None:
    assert _chosen(name, Side.FRENCH) == key


@pytest.mark.parametrize(("name", "region", "key"), [
    ("Grand Verdon", None, None), ("Val de Cère", None, None),  # not Verdun, not Val de Cher
    ("Communauté de communes du Pays de Loué", None, None),  # not Lure
    ("CC des 4 Vallées", None, None),  # not the 2 Vallées, nor the 7
    ("Grand Ried", None, None),  # two words, no misspelt Grandrieu
    ("Communauté d'agglomération du Grand Anguoulême", None, "intercommunality/200071827"),
    ("Le Grand Narbone", None, "intercommunality/241100593"),
    ("CC Rives de Moselles", None, "intercommunality/200039949"),
    ("CC de a Plaine d'Estrées", None, "intercommunality/246000897"),
    ("Champigny sur Marnes", "Île-de-France", "commune/94017"),  # all communes are known
])
def test_a_word_that_names_bear_is_not_misspelt(
    name: str, region: str | None, key: str | None
) -> None:
    assert _chosen(name, Side.FRENCH, region=region) == key


@pytest.mark.parametrize(("name", "country", "key"), [
    ("Khénifra", "MA", "gn/2544333"),  # sources call Kénitra, a larger town, so too
    ("Hunan", "CN", "iso/CN-HN"), ("Henan", "CN", None),
    ("Ulaanbaatar", "MN", "gn/2028462"),  # the same town as the unit of both its names
    ("N'Dali", "BJ", "gn/2392595"), ("Commune de Toffo", "BJ", "gn/8260656"),
    ("Département de Tahoua", "NE", "gn/2439375"), ("Préfecture de Berat", "AL", "iso/AL-01"),
    ("Camp de Jénine", "PS", None), ("Jénine", "PS", "gn/283506"),
    ("Camp de Campina Grande", "BR", None),  # its name only begins with the same letters
    ("Commune de Camp-Perrin", "HT", "gn/3728562"),
    ("Salamanque", "ES", "gn/3111108"),  # not the quarter of Madrid, which has more people
    ("Bihor", "RO", "iso/RO-BH"), ("Zadar", "HR", "gn/3186952"), ("Mahiliow", "BY", "gn/625665"),
    ("Vĩnh Thạch", "VN", None),
])
def test_names_that_are_somebody_s_own(name: str, country: str, key: str | None) -> None:
    assert _chosen(name, Side.PARTNER, country=country) == key


def test_a_first_level_unit_contains_what_nobody_knows() -> None:
    places = gazetteer()
    assert places.is_parent("Trarza", of="Oum Tounsi", country="MR")
    assert not places.is_parent("Kayes", of="Oum Tounsi", country="ML")  # a town too
    assert not places.is_parent("Ségou", of="Kayes", country="ML")
