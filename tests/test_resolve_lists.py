"""The two published lists: what each lead and partner must be, and what must stay open."""

from __future__ import annotations

from datetime import date

import pytest

from coopdec.model import Kind, Mention, Query, Side
from coopdec.reference import gazetteer
from coopdec.resolve import resolve, untitled

DAY = date(2020, 6, 23)

LEADS = [
    ("Conseil départemental de l'Allier", "Auvergne-Rhône-Alpes", "department/03"),
    ("Savoie Déchets", "Auvergne-Rhône-Alpes", "syndicate/savoie-dechets"),
    ("Conseil régional de Bretagne", "Bretagne", "region/53"),
    ("Conseil régional du Grand Est", "Grand Est", "region/44"),
    ("Conseil départemental du Haut-Rhin", "Grand Est", "department/68"),
    ("Metz", "Grand Est", "commune/57463"),
    ("Conseil départemental du Val de Marne", "Île-de-France", "department/94"),
    ("Bordeaux Métropole", "Nouvelle-Aquitaine", "intercommunality/243300316"),
    ("Conseil départemental de la Vienne", "Nouvelle-Aquitaine", "department/86"),
    ("Conseil départemental de la Gironde", "Nouvelle-Aquitaine", "department/33"),
    ("Angoulême", "Nouvelle-Aquitaine", "commune/16015"),
    ("Conseil régional d'Occitanie", "Occitanie", "region/76"),
    ("Bouguenais", "Pays de la Loire", "commune/44020"),
    ("Rives de l'Yon", "Pays de la Loire", "commune/85213"),
    ("Chaponost", "Auvergne-Rhône-Alpes", "commune/69043"),
    ("Clermont-Ferrand", "Auvergne-Rhône-Alpes", "commune/63113"),
    ("Conseil régional d'Auvergne-Rhône-Alpes", "Auvergne-Rhône-Alpes", "region/84"),
    ("Crolles", "Auvergne-Rhône-Alpes", "commune/38140"),
    ("Grenoble", "Auvergne-Rhône-Alpes", "commune/38185"),
    ("La Talaudière", "Auvergne-Rhône-Alpes", "commune/42305"),
    ("Pontcharra", "Auvergne-Rhône-Alpes", "commune/38314"),
    ("Autun", "Bourgogne-Franche-Comté", "commune/71014"),
    ("Cesson-Sévigné", "Bretagne", "commune/35051"),
    ("Brest métropole", "Bretagne", "intercommunality/242900314"),
    ("Fraize", "Grand Est", "commune/88181"),
    ("Sélestat", "Grand Est", "commune/67462"),
    ("Collectivité territoriale de Guyane", "Guyane", "single-territorial-collectivity/03"),
    ("Dunkerque Grand Littoral", "Haut-de-France", "intercommunality/245900428"),
    ("Cergy", "Ile de France", "commune/95127"),
    ("Bordeaux", "Nouvelle Aquitaine", "commune/33063"),
    ("Espelette", "Nouvelle-Aquitaine", "commune/64213"),
    ("Castres", "Occitanie", "commune/81065"),
    ("Communauté d'agglomération du Sud-Est Toulousain (SICOVAL)", "Occitanie",
     "intercommunality/243100633"),
    ("Communauté d'agglomération Saumur Val de Loire", "Pays de la Loire",
     "intercommunality/200071876"),
]

# name as printed, country, title, GeoNames and ISO 3166-2 of the right answer
PARTNERS = [
    ("Gon Boussougou", "BF", "", "2361778", None),
    ("Conseil régional des Hauts-Bassins", "BF", "", None, "BF-09"),
    ("Commune de Zapatoca", "CO", "", "3665587", None),
    ("Sevan", "AM", "", "616250", None),
    ("Guegharkunik", "AM", "", "828261", "AM-GR"),
    ("Syunik", "AM", "", "409314", "AM-SU"),
    ("Sio", "ML", "sur la commune de Sio au Mali", "6687397", None),
    ("Cercle de Sikasso", "ML", "", "7729902", None),
    ("Région de Sikasso", "ML", "", "2451184", "ML-3"),
    ("Ouéléni", "BF", "", "2356965", None),
    ("Dankassari", "NE", "", "7003106", None),
    ("Gouvernement autonome municipal de Sacaba", "BO", "", "3906194", None),
    ("Bondoukou", "CI", "", "2291136", None),
    ("Saa", "CM", "", "2222366", None),
    ("Bandjoun", "CM", "", "2234904", None),
    ("Commune de Bizerte", "TN", "", "2472706", None),
    ("Hué", "VN", "", "1580240", None),
    ("Bamako", "ML", "", "2460596", None),
    ("Commune de Cachi", "AR", "", "3863557", None),
    ("District de Huyé", "RW", "", "7690219", None),
    ("Labé", "GN", "", "2418362", None),
    ("Tucuman", "AR", "jeunes de la Province de Tucuman", "3833578", "AR-T"),
    ("Cercle de Niafunké", "ML", "", "8299588", None),
    ("Province de l'Uvrukhangai", "MN", "", "2029546", "MN-055"),
    ("Région Centre", "BF", "", None, "BF-03"),
    ("Région centrale", "TG", "", "2367237", "TG-C"),
    ("Borgou", "BJ", "", "2394992", "BJ-BO"),
    ("Cercle de Yanfolila", "ML", "", "8631446", None),
    ("Manizales, Caldas", "CO", "", "3675443", None),
    ("Province de Yen Bai", "VN", "", "1559978", "VN-06"),
    ("Douala", "CM", "", "2232593", None),
    ("Hyderabad", "IN", "", "1269843", None),
    ("Province de Jujuy", "AR", "", "3853404", "AR-Y"),
    ("Bobo Dioulasso", "BF", "", "2362344", None),
    ("Ségou", "ML", "", "2451478", None),
    ("Province de Battambang", "KH", "", "1821310", "KH-2"),
]

OPEN = [
    ("Mairie de Verejeni", "MD", 2),
    ("Commune de Crasna", "RO", 2),
    ("Benkadi", "ML", 0),
    ("El Tuma La Dalia", "NI", 0),
    ("Ministère des Affaires Sociales", "SR", 0),
]


@pytest.mark.parametrize(("name", "region", "key"), LEADS)
def test_lead(name: str, region: str, key: str) -> None:
    answer = resolve(Query(name, Side.FRENCH, region=region, on=DAY), gazetteer())
    assert answer.chosen is not None
    assert answer.chosen.entity.key == key


@pytest.mark.parametrize(("name", "country", "title", "geonames", "iso"), PARTNERS)
def test_partner(name: str, country: str, title: str, geonames: str | None,
                 iso: str | None) -> None:
    answer = resolve(Query(name, Side.PARTNER, country=country, context=title), gazetteer())
    assert answer.chosen is not None
    ids = answer.chosen.entity.ids
    if geonames:
        assert ids["geonames"] == geonames
    assert ids.get("iso3166_2") == iso


@pytest.mark.parametrize(("name", "country", "least"), OPEN)
def test_open_question(name: str, country: str, least: int) -> None:
    answer = resolve(Query(name, Side.PARTNER, country=country), gazetteer())
    assert answer.chosen is None
    assert len(answer.candidates) >= least


def test_benkadi_with_its_parents_stays_open() -> None:
    sikasso = (Mention("cercle", "Sikasso", Kind.ADMIN2, "Cercle", "ML"),
               Mention("région", "Sikasso", Kind.ADMIN1, "Région", "ML"))
    answer = resolve(Query("Benkadi", Side.PARTNER, country="ML", within=sikasso), gazetteer())
    assert answer.chosen is None


def test_a_parent_is_known_by_what_it_holds() -> None:
    """A town in another department is called Caldas too."""
    places = gazetteer()
    assert resolve(Query("Caldas", Side.PARTNER, country="CO"), places).chosen is None
    told = resolve(Query("Caldas", Side.PARTNER, country="CO", holds="Manizales"), places)
    assert told.chosen is not None
    assert told.chosen.entity.key == "iso/CO-CAL"


def test_date_decides_which_body() -> None:
    places = gazetteer()
    old = resolve(Query("Région Midi-Pyrénées", Side.FRENCH, on=date(2014, 5, 1)), places)
    assert old.chosen is not None
    assert old.chosen.entity.key == "region/73"
    assert old.chosen.entity.replaced_by == ("region/76",)
    late = resolve(Query("Conseil départemental du Haut-Rhin", Side.FRENCH, on=date(2023, 1, 1)),
                   places)
    assert late.chosen is None
    assert late.candidates[0].entity.key == "department/68"
    assert late.candidates[0].entity.replaced_by == ("department/6AE",)
    courly = Query("Communauté urbaine de Lyon", Side.FRENCH, on=date(2012, 1, 1))
    chosen = resolve(courly, places).chosen
    assert chosen is not None
    assert chosen.entity.replaced_by == ("intercommunality/200046977",)


def test_title_and_peer_are_context() -> None:
    places = gazetteer()
    bare = resolve(Query("Tucuman", Side.PARTNER, country="AR"), places)
    assert bare.chosen is None
    assert {"gn/3836873", "iso/AR-T"} <= {c.entity.key for c in bare.candidates}, "town, province"
    told = resolve(Query("Tucuman", Side.PARTNER, country="AR",
                         context="jeunes de la province de Tucuman"), places)
    assert told.chosen is not None
    assert told.chosen.entity.key == "iso/AR-T"
    assert told.chosen.reason[1][0] == "link-type-in-title"


@pytest.mark.parametrize("title", [
    "", "Accès à l'eau", "Électrification solaire des écoles (Tucuman)", "Tucumanos", "à Tucuman",
    "L'hôpital de Tucuman", "Région de Salta et Tucuman"])
def test_a_title_without_a_level_for_the_name_changes_nothing(title: str) -> None:
    """« Les écoles (Tucuman) » says where they are, not that the partner is a school."""
    bare = resolve(Query("Tucuman", Side.PARTNER, country="AR"), gazetteer())
    told = resolve(Query("Tucuman", Side.PARTNER, country="AR", context=title), gazetteer())
    assert told[1:] == bare[1:]
    assert told.query.context == title


def test_one_answer_serves_many_titles() -> None:
    """What a row keeps of a name, and asks again of each title, is what resolve would say."""
    places = gazetteer()
    queries = [Query(name, Side.PARTNER, country="AR")
               for name in ("Tucuman", "Province de Tucuman", "Zorglub", "", "Tucuman")]
    queries += [Query("", Side.PARTNER, country="Mali", kind=Kind.COUNTRY),
                Query("Lycée de Tucuman", Side.PARTNER, country="AR"),
                Query("Lyon", Side.FRENCH)]
    for asked, kept in zip(queries, untitled(queries, places), strict=True):
        assert kept.resolution.query == asked
        for title in ("", "Accès à l'eau", "Accueil par la Province de Tucuman", "à Tucuman"):
            assert kept.titled(title, places)[1:] == resolve(
                asked._replace(context=title), places)[1:]
        assert kept.titled("", places) is kept.resolution


def test_the_lead_tells_nothing_of_a_name_with_a_type_word() -> None:
    asked = Query("Province de Tucuman", Side.PARTNER, country="AR")
    for title in ("", "Province de Tucuman"):
        assert resolve(asked._replace(peer=Kind.REGION, context=title), gazetteer())[1:] \
            == resolve(asked, gazetteer())[1:]
