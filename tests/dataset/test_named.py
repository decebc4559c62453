"""Named queries: what a file says of itself is whole, and holds for the query below it."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest

from coopdec.cli.query import FIXED
from coopdec.dataset import queries
from coopdec.dataset.named import _shipped, find, load, parse
from coopdec.dataset.tokens import form_of
from coopdec.errors import StorageError, UnknownName, UsageError

ALL = sorted(_shipped())
GOOD = """# /// query
# title.fr = "Titre"
# title.en = "Title"
# description.fr = "Ce que c'est."
# description.en = "What it is."
# [parameters.country]
# type = "country"
# example = "Mali"
# fr = "Le pays."
# en = "The country."
# ///
PREFIX cd: <https://w3id.org/coopdec/ontology#>
SELECT ?p { ?p cd:partnerCountry/cd:iso2 $country }
"""


def test_there_are_enough() -> None:
    assert len(queries()) >= 22
    assert sum(q.federated for q in queries().values()) == 3


@pytest.mark.parametrize("name", ALL)
def test_its_examples_and_defaults_bind_to_sparql_that_parses(name: str) -> None:
    query = _shipped()[name]
    required = {p.name: p.example for p in query.parameters if p.required}
    everything = {p.name: p.example for p in query.parameters}
    for values in (required, everything):
        for lang in ("fr", "en"):
            bound = query.bound(values, lang)
            assert "$" not in bound.replace('$"', "").replace("$|", "")
            if not query.federated:
                pyoxigraph.Store().query(bound)
    assert form_of(query.sparql) == "SELECT"
    assert "ORDER BY" in query.sparql, "rows come in one order everywhere"


@pytest.mark.parametrize("name", ALL)
def test_its_parameters_collide_with_nothing(name: str) -> None:
    names = {p.name.replace("_", "-") for p in _shipped()[name].parameters}
    assert not names & FIXED


def test_every_column_has_a_word_in_french() -> None:
    from coopdec.dataset.shown import _HEADS
    from coopdec.dataset.tokens import tokens

    alike = {"document", "page", "session", "code", "population", "relation"}
    for query in queries().values():
        head = query.sparql.partition("WHERE")[0]
        shown = {t.text[1:] for t in tokens(head) if t.kind == "variable"}
        inner = {"leadName", "partnerName", "countryName", "at", "inhabitants", "capitalName",
                 "picture", "surface", "site", "point", "words"}
        assert shown - inner <= _HEADS["fr"].keys() | alike, query.name


def test_parse_takes_a_file_apart() -> None:
    query = parse(GOOD, "x")
    assert (query.title["fr"], query.parameters[0].name) == ("Titre", "country")
    assert query.bound({"country": "Q912"}).endswith('cd:iso2 "ML" }\n')
    assert parse(GOOD.replace("\n", "\r\n"), "x").title == query.title


@pytest.mark.parametrize(("old", "new", "why"), [
    ("# /// query\n", "", "///"),
    ('# title.fr = "Titre"\n', "", "title.fr"),
    ('# en = "The country."\n', "", "parameters.country"),
    ('type = "country"', 'type = "pays"', "type"),
    ("$country }", "?c }", "not used"),
    ("$country", "$nation", "not declared"),
    ("SELECT ?p", "SELECT ?p ?country", "and ?"),
    ("SELECT ?p {", "INSERT {", "SELECT"),
    ("$country }", "$country } LIMIT $most", "LIMIT $most"),
    ('# [parameters.country]', '# colour = 1\n# [parameters.country]', "colour"),
    ('# example = "Mali"\n', "", "example"),
    ('# title.en = "Title"', "# title.en = Title", "line 2"),
])
def test_a_wrong_heading_says_what_is_wrong(old: str, new: str, why: str) -> None:
    assert old in GOOD
    with pytest.raises(UsageError) as caught:
        parse(GOOD.replace(old, new), "ma-question")
    assert "ma-question" in str(caught.value)
    assert why in str(caught.value)


def test_all_that_is_wrong_is_said_in_one_order() -> None:
    several = " ".join(f"${n} ?{n}" for n in "edbca")
    with pytest.raises(UsageError) as caught:
        parse(GOOD.replace("$country }", several + " }"), "x")
    assert caught.value.params["why"] == "; ".join([
        *(f"${n}: not declared" for n in "abcde"), "$country: not used",
        *(f"${n} and ?{n}" for n in "abcde")])


def test_an_unknown_name_is_answered_with_near_ones() -> None:
    with pytest.raises(UnknownName) as caught:
        find("project-by-country")
    assert caught.value.suggestions[0] == "projects-by-country"
    with pytest.raises(UnknownName) as caught:
        queries()["projects-by-country"].bound({"contry": "Mali"})
    assert caught.value.suggestions == ("country",)


def test_a_missing_parameter_comes_with_an_example() -> None:
    with pytest.raises(UsageError, match="country") as caught:
        queries()["projects-by-country"].bound({})
    assert caught.value.params["example"] == "Mali"


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "a.rq").write_text(GOOD, "utf-8")
    assert load(tmp_path / "a.rq").parameters[0].type == "country"
    (tmp_path / "b.rq").write_text("\ufeff# remark\nASK { ?s ?p $o }", "utf-8")
    assert [p.name for p in load(tmp_path / "b.rq").parameters] == ["o"]
    (tmp_path / "c.rq").write_bytes(b"\xff\xfe\x00")
    for name in ("c.rq", "none.rq"):
        with pytest.raises(UsageError):
            load(tmp_path / name)
    with pytest.raises(StorageError):
        load(tmp_path)

