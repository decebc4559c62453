"""Whatever a cell holds, the answer is a link or none, never an error."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopdec.messages import render
from coopdec.model import Kind, Query, Side
from coopdec.reference import gazetteer
from coopdec.resolve import resolve
from coopdec.resolve.matching import _nearest

JUNK = st.text(max_size=80) | st.sampled_from([
    "", " ", "-", "()", "(((", "*", "(1)", "\u00a0", "\u200b", "\x00", "de la", "Commune de",
    "Région", "123", "DROP TABLE", "%", "é" * 300, "a" * 10_000, "(Mali", "Mali)", "🌍", "،"])


@settings(max_examples=150, deadline=None)
@given(JUNK, st.sampled_from(list(Side)), JUNK, JUNK, JUNK)
def test_junk(name: str, side: Side, country: str, region: str, title: str) -> None:
    answer = resolve(Query(name, side, country=country, region=region, context=title,
                           type=region), gazetteer())
    assert all(0 <= c.score <= 1 for c in answer.candidates)


@pytest.mark.parametrize(
    ("printed", "key"),
    [("Bamako* (1)", "gn/2460596"), ("BAMAKO", "gn/2460596"), ("  Bamako\u00a0", "gn/2460596"),
     ("« Bamako »", "gn/2460596"), ("(Bamako", "gn/2460596"), ("Bamako)", "gn/2460596"),
     ("City of Bamako", "gn/2460596"), ("commune  de   Bamako", "gn/2460596"),
     ("Commune de BAMAKO", "gn/2460596"), ("Bamako (Mali)", "gn/2460596")])
def test_noise(printed: str, key: str) -> None:
    for country in ("ML", "Mali", "MALI", "République du Mali"):
        answer = resolve(Query(printed, Side.PARTNER, country=country), gazetteer())
        assert answer.chosen is not None
        assert answer.chosen.entity.key == key


def test_country_outside_iso_former_country_unknown_country() -> None:
    places = gazetteer()
    kosovo = resolve(Query("Pristina", Side.PARTNER, country="Kosovo"), places)
    assert kosovo.chosen is not None
    assert kosovo.chosen.entity.country == "XK"
    for country in ("Yougoslavie", "Atlantide"):
        assert resolve(Query("Pristina", Side.PARTNER, country=country), places).candidates == ()


def test_unknown_type_word_does_no_harm() -> None:
    answer = resolve(Query("Bamako", Side.PARTNER, country="ML", type="Zorglub"), gazetteer())
    assert answer.chosen is not None


def test_country_kind() -> None:
    answer = resolve(Query("MADAGSCAR", Side.PARTNER, kind=Kind.COUNTRY), gazetteer())
    assert answer.chosen is not None
    assert answer.chosen.entity.key == "country/MG"
    assert answer.chosen.score < 0.95


def test_homonyms_of_france() -> None:
    places = gazetteer()
    for region, key in [("Loir-et-Cher", "commune/41212"), ("974", "commune/97411"),
                        ("Aude", "commune/11339"), ("93", "commune/93066")]:
        answer = resolve(Query("Saint-Denis", Side.FRENCH, region=region), places)
        if region == "Loir-et-Cher":  # it has a Saint-Denis-sur-Loire, no Saint-Denis
            assert answer.chosen is None
            continue
        assert answer.chosen is not None
        assert answer.chosen.entity.key == key
    assert resolve(Query("Saint-Denis", Side.FRENCH), places).chosen is None


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_reasons_are_readable(lang: str) -> None:
    questions = [Query("Cercle de Niafunké", Side.PARTNER, country="ML"),
                 Query("Gon Boussougou", Side.PARTNER, country="BF"),
                 Query("Crasna", Side.PARTNER, country="RO"),
                 Query("Manizales, Caldas", Side.PARTNER, country="CO"),
                 Query("Castres", Side.FRENCH, region="Occitanie")]
    for query in questions:
        for candidate in resolve(query, gazetteer()).candidates:
            for code, params in candidate.reason:
                assert render(code, params, "fr" if lang == "fr" else "en")


def test_a_repeated_question_costs_nothing() -> None:
    query = Query("Ségou", Side.PARTNER, country="ML")
    first, second = resolve(query, gazetteer()), resolve(query, gazetteer())
    assert first.candidates is second.candidates


class Few:
    """Two names, whatever the country; by their number of letters, as the gazetteer's."""

    def skeletons(self, country: str, block: str, length: int) -> list[str]:
        return [name for name in ("bcdfghjk", "bcdfghjkl") if len(name) == length]


@pytest.mark.parametrize(("written", "near"), [
    ("bcdfghjx", ["bcdfghjk"]), ("bcdfghxx", []),  # eight letters: one slip
    ("bcdfghjxx", ["bcdfghjkl"]), ("bcdfghxxx", []),  # nine: two
])
def test_how_many_slips_are_looked_for(written: str, near: list[str]) -> None:
    assert [n for n in _nearest(Few(), "XX", written) if len(n) == len(written)] == near  # type: ignore[arg-type]
