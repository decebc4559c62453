from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopdec.encoded_twice import ENCODED_TWICE, letter_before
from coopdec.text import collapse, find_french_dates, fold, slug


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Côte d’Ivoire", "cote d ivoire"),
        ("COTE D'IVOIRE", "cote d ivoire"),
        ("Île-de-France", "ile de france"),
        ("I\u0302le\u00a0de  France", "ile de france"),
        ("Mise en Œuvre", "mise en oeuvre"),
        ("Đà Nẵng", "da nang"),
        ("Straße", "strasse"),
        ("", ""),
        ("—", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_fold_makes_the_same_of_every_character_however_it_is_written() -> None:
    """Windows-1252 is folded by a table of bytes. Beside « ə », which it lacks, the same text
    goes the long way."""
    for code in [*range(0x500), *range(0x2000, 0x2200)]:
        char = chr(code)
        for text in (f"a{char}b", f"A {char} B", f"{char}{char}"):
            assert f"{fold(text)} e".strip() == fold(f"{text} ə"), hex(code)


@given(st.text())
def test_fold_is_stable(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert fold(collapse(text)) == once
    assert once == once.strip()
    assert "  " not in once


@given(st.text())
def test_slug_is_never_empty_and_has_no_spaces(text: str) -> None:
    made = slug(text)
    assert made
    assert not set(made) & set(" /#?<>\"")


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Paris, le 23 juin 2020", [date(2020, 6, 23)]),
        ("du 1er février au 31 AOUT 2021", [date(2021, 8, 31)]),
        ("le 1er décembre 2019 puis le 2 mars 2020", [date(2019, 12, 1), date(2020, 3, 2)]),
        ("31 février 2020", []),
        ("juin 2020", []),
    ],
)
def test_french_dates(text: str, dates: list[date]) -> None:
    assert find_french_dates(text) == dates


def test_every_mark_of_latin_letters_is_folded_away() -> None:
    marks = [chr(c) for c in range(0x300, 0x370) if unicodedata.combining(chr(c))]
    assert {fold(f"a{mark}b") for mark in marks} <= {"ab", "aιb"}  # an iota is written below
    assert fold("Đặng Ðẩu, ﬁord ’Ŋoma") == "dang dau fiord noma"


def once(text: str) -> str:
    return ENCODED_TWICE.sub(lambda letter: letter_before(letter[0]), text)


@pytest.mark.parametrize("charset", ["cp1252", "latin-1"])
@pytest.mark.parametrize("text", [
    "L’école de l’œuvre – « eau »…", "HÔPITAL À ÉVRY", "Huế, Cần Thơ", "Wrocław, Kraków, Łódź",
    "Timișoara, Brașov", "Åarhus", "Советск", "Αθήνα", "京都市", "2 000 €",
])
def test_letters_encoded_twice(text: str, charset: str) -> None:
    """Where Windows-1252 knows no such byte, what read it wrote Latin-1."""
    wrong = "".join(
        byte.decode(charset, "ignore") or chr(byte[0])
        for byte in (bytes([code]) for code in text.encode()))
    assert wrong != text
    assert once(wrong) == text


@pytest.mark.parametrize("text", [
    "SÃO TOMÉ", "«AMANHÃ»", "IRMÃ…", "«está»…", "«déjà»…", "É»", "KRÂLÂ»", "“Ä”", "Å – Ø",
    "LUNEDÌ…", "«Châlons»…",
])
def test_what_only_looks_encoded_twice_stays(text: str) -> None:
    assert once(text) == text
