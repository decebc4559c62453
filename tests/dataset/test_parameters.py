"""What people type for a country, a region, an authority, a theme; and what they get wrong."""

from __future__ import annotations

import re

import pytest

from coopdec.dataset.parameters import TYPES, Parameter
from coopdec.errors import UnknownName, UsageError
from coopdec.messages import render

HELP = {"fr": "…", "en": "…"}


def value_of(kind: str, value: str, **more: object) -> list[str]:
    parameter = Parameter("x", kind, HELP, "6", **more)  # type: ignore[arg-type]
    return list(parameter.terms(value).values())


@pytest.mark.parametrize("name", [
    "Mali", "ML", "ml", "MLI", "Q912", " mali ", "le Mali", "MALI",
    "http://www.wikidata.org/entity/Q912"])
def test_one_country_has_many_names(name: str) -> None:
    assert value_of("country", name) == ['"ML"']


@pytest.mark.parametrize(("name", "code"), [
    ("Côte d'Ivoire", "CI"), ("Ivory Coast", "CI"), ("États-Unis", "US"), ("Vietnam", "VN"),
    ("Kosovo", "XK")])
def test_countries(name: str, code: str) -> None:
    assert value_of("country", name) == [f'"{code}"']


def test_an_unknown_country_comes_with_near_ones() -> None:
    with pytest.raises(UnknownName) as caught:
        value_of("country", "Malli")
    assert "Mali" in caught.value.suggestions
    with pytest.raises(UnknownName) as caught:
        value_of("country", "Guiné")
    assert "Guinée" in caught.value.suggestions


def test_a_former_country_says_since_when() -> None:
    with pytest.raises(UnknownName, match="1992") as caught:
        value_of("country", "Yougoslavie")
    assert "Serbie" in caught.value.suggestions


@pytest.mark.parametrize(("name", "code"), [
    ("Bretagne", "53"), ("bretagne", "53"), ("Grand-Est", "44"), ("84", "84"), ("Isère", "84"),
    ("Midi-Pyrénées", "73"), ("PACA", "93")])
def test_regions(name: str, code: str) -> None:
    assert value_of("region", name) == [f'"{code}"']


def test_an_unknown_region() -> None:
    with pytest.raises(UnknownName) as caught:
        value_of("region", "Bretange")
    assert "Bretagne" in caught.value.suggestions


BASE = "https://example.org/"


@pytest.mark.parametrize(("name", "path"), [
    ("Grenoble", "collectivity/commune/38185"),
    ("38185", "collectivity/commune/38185"),
    ("213801855", "collectivity/commune/38185"),  # its SIREN
    ("75 101", "collectivity/commune/75056"),  # an arrondissement
    ("ville de Grenoble", "collectivity/commune/38185"),
    ("Allier", "collectivity/department/03"),
    ("Conseil départemental de l'Allier", "collectivity/department/03"),
    ("département de l'Allier", "collectivity/department/03"),
    ("2A", "collectivity/department/2A"),
    ("SICOVAL", "collectivity/intercommunality/243100633"),
    ("243100633", "collectivity/intercommunality/243100633"),
    ("243 100 633", "collectivity/intercommunality/243100633"),
    ("department/03", "collectivity/department/03"),
    ("Savoie Déchets", "collectivity/unidentified/auvergne-rhone-alpes/savoie-dechets"),
    ("savoie dechets", "collectivity/unidentified/savoie-dechets"),
    (BASE + "collectivity/commune/38185", "collectivity/commune/38185"),
])
def test_authorities_by_the_end_of_their_iri(name: str, path: str) -> None:
    pattern = _pattern(value_of("collectivity", name)[0])
    assert re.search(pattern, BASE + path)
    assert not re.search(pattern, BASE + path + "9")


def test_an_authority_by_the_cell_that_names_it() -> None:
    pattern = _pattern(value_of("collectivity", "conseil departemental de l'allier")[0])
    assert re.search(pattern, "Conseil départemental de l'Allier")
    assert not re.search(pattern, "Conseil départemental de l'Allier et autres")


def test_the_type_word_decides_the_level() -> None:
    pattern = _pattern(value_of("collectivity", "Conseil régional de Bretagne")[0])
    assert re.search(pattern, BASE + "collectivity/region/53")
    assert not re.search(pattern, BASE + "collectivity/commune/90019")


def _pattern(term: str) -> str:
    return term[1:-1].replace("\\\\", "\\")


@pytest.mark.parametrize(("name", "code"), [
    ("6", "6"), ("ODD 6", "6"), ("odd6", "6"), ("SDG 13", "13"), ("6.1", "6.1"), ("9.C", "9.c"),
    ("cible 6.1", "6.1"), ("http://metadata.un.org/sdg/6", "6"),
    ("Eau propre et assainissement", "6"), ("clean water and sanitation", "6"),
    ("energie", "7"), ("Q48741129", "6")])
def test_themes(name: str, code: str) -> None:
    assert value_of("theme", name) == [f"<http://metadata.un.org/sdg/{code}>"]


@pytest.mark.parametrize("name", ["0", "18", "6.99", "bonheur", "-1", "durable", "²"])
def test_unknown_themes(name: str) -> None:
    with pytest.raises(UnknownName):
        value_of("theme", name)


@pytest.mark.parametrize(("kind", "value", "term"), [
    ("integer", "3", '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
    ("integer", "+03", '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
    ("decimal", "0,95", '"0.95"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
    ("date", "2020-06-23", '"2020-06-23"^^<http://www.w3.org/2001/XMLSchema#date>'),
    ("iri", "https://a/b", "<https://a/b>"),
    ("code", "ar-t", '"AR-T"'),
    ("text", "l'eau", '"l\'eau"'),
    ("term", '"eau"@fr', '"eau"@fr'),
    ("term", "<http://a/>", "<http://a/>"),
    ("term", "12", '"12"^^<http://www.w3.org/2001/XMLSchema#integer>'),
    ("term", "eau", '"eau"'),
])
def test_plain_types(kind: str, value: str, term: str) -> None:
    assert value_of(kind, value) == [term]


@pytest.mark.parametrize(("kind", "value"), [
    ("integer", "trois"), ("integer", "1.5"), ("integer", "١"), ("integer", "9" * 30),
    ("decimal", "1e"), ("decimal", "1e400"), ("decimal", "nan"),
    ("date", "23/06/2020"), ("date", "2020-02-31"),
    ("iri", "a b"), ("iri", "example"), ("iri", "http://a/>"), ("code", "a b"),
    ("words", "'"), ("words", "…"), ("words", "   "), ("country", ""), ("text", "x" * 2001),
    ("words", "eau " * 200), ("term", "<no>")])
def test_values_that_do_not_fit(kind: str, value: str) -> None:
    with pytest.raises(UsageError) as caught:
        value_of(kind, value)
    assert str(caught.value)


@pytest.mark.parametrize("kind", ["country", "region", "collectivity", "theme", "words", "project",
                                  "text", "term", "iri", "code"])
@pytest.mark.parametrize("value", ["\udcff\udcfe", "{0}", "%s", "\x00", "\ufeff", "a\nb", "…"])
def test_strange_bytes_are_text_or_refused(kind: str, value: str) -> None:
    try:
        terms = value_of(kind, value)
    except UsageError as refused:
        render(refused.code, refused.params, "fr")
    else:
        "".join(terms).encode()


def test_choices() -> None:
    assert value_of("choice", "eu", choices=("eu", "wikidata")) == ['"eu"']
    with pytest.raises(UnknownName) as caught:
        value_of("choice", "wikidta", choices=("eu", "wikidata"))
    assert caught.value.suggestions == ("wikidata",)


@pytest.mark.parametrize("value", [
    "https://w3id.org/coopdec/project/c/0d5330e7a891fc7d", "c/0d5330e7a891fc7d",
    "project/c/0d5330e7a891fc7d", "0d5330e7a891fc7d", "fantastique eau", "eau fant"])
def test_a_project_by_iri_identifier_and_words(value: str) -> None:
    subject = "https://w3id.org/coopdec/project/c/0d5330e7a891fc7d L'eau, fantastique !"
    assert all(re.search(_pattern(t), subject) for t in value_of("project", value))


def test_defaults_and_optional_parameters() -> None:
    assert Parameter("n", "integer", HELP, "2", default="2").terms(None)["n"].startswith('"2"')
    assert Parameter("a", "choice", HELP, "x", optional=True).terms(None) == {"a": "UNDEF"}
    assert set(TYPES) >= {"country", "region", "collectivity", "theme", "words", "integer",
                          "decimal", "date", "iri", "text", "choice", "code", "project", "term"}
