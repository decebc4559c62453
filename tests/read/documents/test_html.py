"""Web pages: spans, nested markup and tables, encodings; nothing is run."""

from __future__ import annotations

import pytest

from .test_texts import cells, codes, doc


def test_spans() -> None:
    page = """<table><caption>Liste</caption>
    <tr><th rowspan=2>Région<th colspan="2">Partenaire</tr>
    <tr><th>Pays<th>Ville</tr>
    <tr><td rowspan=3>Bretagne<td>Mali<td>Sio</tr>
    <tr><td colspan=2>Togo</tr>
    <tr><td>Niger<td rowspan=0>Dogondoutchi</tr>
    <tr><td>Corse<td>Bénin</tr></table>"""
    document = doc(page, "essai.html", "html")
    table = next(iter(document.tables))
    assert table.name == "Liste"
    assert [(line.cells, set(line.covered)) for line in table.lines] == [
        (["Région", "Partenaire", ""], set()),
        (["", "Pays", "Ville"], {0}),
        (["Bretagne", "Mali", "Sio"], set()),
        (["", "Togo", ""], {0}),
        (["", "Niger", "Dogondoutchi"], {0}),
        (["Corse", "Bénin", ""], {2}),
    ]


def test_markup_entities_and_scripts() -> None:
    page = """<html><head><title>T</title><style>td{}</style></head><body>
    <h1>Laur&eacute;ats</h1><p>Paris, le <b>23&nbsp;juin</b>\n 2020<script>evil()</script></p>
    <table><tr><td><ul><li>Mali<li>Togo</ul><td>Eau <i>po</i>table<br>et  sant&#233;
    <!-- note --><td><table><tr><td>dedans</table></table></body></html>"""
    document = doc(page, "essai.html", "html")
    assert cells(document) == [["Mali\nTogo", "Eau potable\net santé", "dedans"]]
    assert [p.text for p in document.paragraphs] == ["Lauréats", "Paris, le 23\xa0juin 2020"]


def test_the_mark_of_a_footnote_goes_and_what_is_raised_or_small_stays() -> None:
    page = ("<table><tr><td>Eau<sup>1</sup><td>XXI<sup>e</sup><td>12 m<sup>2</sup>"
            "<td><b>3</b> projets<td><i>a</i></table>")
    assert cells(doc(page, "essai.html", "html")) == [
        ["Eau", "XXIe", "12 m2", "3 projets", "a"]]


def test_links_that_only_invite_say_nothing() -> None:
    page = ("<table><tr><td>Eau<br><small><a>En savoir plus</a></small><td><a>Voir la fiche »"
            "</a><td><a>Ville de Lens</a><td>École <button>Lire la suite…</button>"
            "<td><button>Bretagne</button><td><a>Voir Naples</a></table>")
    assert cells(doc(page, "essai.html", "html")) == [
        ["Eau", "", "Ville de Lens", "École", "Bretagne", "Voir Naples"]]


@pytest.mark.parametrize(
    ("declared", "encoding", "warned"),
    [("utf-8", "utf-8", False), ("iso-8859-1", "cp1252", False), ("utf-8", "cp1252", True),
     ("", "cp1252", True), ("klingon", "utf-8", False)],
)
def test_encodings(declared: str, encoding: str, warned: bool) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    page = f"<!DOCTYPE html><html>{meta if declared else ''}<table><tr><td>Bénin – œuvre</table>"
    document = doc(page.encode(encoding), "essai.html", "html")
    assert cells(document) == [["Bénin – œuvre"]]
    assert codes(document) == (["not-utf8"] if warned else [])


def test_broken_markup() -> None:
    page = "<table><tr><td>a<td>b<tr><td>c</td></tr><p>stray<tr><td>d<table>" + "<div>" * 3000
    assert ["a", "b"] in cells(doc(page, "essai.html", "html"))


def test_hostile_spans_are_bounded() -> None:
    page = "<table>" + "<tr><td rowspan=99999 colspan=99999>x</td></tr>" * 200 + "</table>"
    assert max(len(row) for row in cells(doc(page, "essai.html", "html"))) <= 2000


def test_a_page_under_the_suffix_of_a_workbook() -> None:
    document = doc("<html><table><tr><td>a<td>b</table></html>", "export.xls", "html")
    assert codes(document) == ["suffix-wrong"]
    assert cells(document) == [["a", "b"]]


def test_menus_say_nothing_and_labels_are_told_by_their_class() -> None:
    page = """<html><body class="with-menu"><nav>Aide</nav><ul class="menu"><li>Mali</ul>
    <div class="card"><h3>Eau</h3><div class="field__label">Porteur</div><div>Ville de Metz</div>
    <span class="views-label">Pays : </span><span>Mali</span></div>
    <ul class="pager"><li>1<li>2</ul></body></html>"""
    document = doc(page, "essai.html", "html")
    assert [p.text for p in document.paragraphs] == [
        "Eau", "Porteur :", "Ville de Metz", "Pays : Mali"]
