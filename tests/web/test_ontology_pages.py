"""The pages of the ontology and of the shapes: every term and rule, where its IRI leads."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
import rdflib
from lxml import html

from coopdec import vocab
from coopdec.check.shapes import load_shapes
from coopdec.messages import LANGS, Lang
from coopdec.pipeline import Summary
from coopdec.web.ontology import document, page, shapes_page
from coopdec.web.ontology.diagram import diagram
from coopdec.web.pages import Pages, vocabulary


@pytest.fixture(scope="module")
def pages(release: Summary) -> Iterator[Pages]:
    from coopdec.dataset import Dataset

    with Dataset(release.output) as data:
        yield Pages(data, base=vocab.BASE, live=False, cache=None)


def tree(pages: Pages, path: str, lang: Lang) -> html.HtmlElement:
    found = pages.page(path, lang)
    assert found is not None
    return html.document_fromstring(found.html)


@pytest.mark.parametrize("lang", LANGS)
def test_every_term_has_its_anchor_and_its_words(pages: Pages, lang: Lang) -> None:
    shown = tree(pages, "ontology", lang)
    anchors = {e.get("id") for e in shown.iter() if e.get("id")}
    assert anchors >= vocab.CLASSES | vocab.PROPERTIES
    assert shown.get("lang") == lang
    entries = [e for group in page(lang)["groups"].values() for e in group]
    assert all(e.label and e.definition for e in entries if e.ours)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", ["ontology", "shapes"])
def test_links_lead_somewhere_and_nothing_is_inline(pages: Pages, path: str, lang: Lang) -> None:
    shown = tree(pages, path, lang)
    ids = [e.get("id") for e in shown.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    other = "shapes" if path == "ontology" else "ontology"
    there = {e.get("id") for e in tree(pages, other, lang).iter() if e.get("id")}
    for link in shown.iter("a"):
        href = link.get("href")
        if href.startswith("#"):
            assert href[1:] in ids, href
        elif f"{other}.html#" in href:
            assert href.partition("#")[2] in there, href
    assert not shown.xpath("//@style | //style | //script[not(@src)]")


def test_every_message_of_a_shape_is_told(pages: Pages) -> None:
    for n, lang in enumerate(LANGS):
        text = tree(pages, "shapes", lang).text_content()
        said = {s.message[n] for s in load_shapes().by_iri.values() if s.message[n]}
        assert len(said) > 100
        missing = {m for m in said if m not in text}
        assert not missing


def test_domains_ranges_kinds_rules_examples(pages: Pages) -> None:
    groups = page("fr", vocabulary.examples(pages.kit, "fr"))["groups"]
    classes = {e.name: e for e in groups["classes"]}
    lead = next(e for e in groups["objects"] if e.name == "cd:lead")
    assert [r.name for r in lead.domain] == ["cd:Project"]
    assert [r.name for r in lead.range] == ["cd:Collectivity"]
    assert any("chef de file" in message for _, message in lead.shapes)
    assert lead.example is not None
    assert lead.example.subject_iri.startswith(vocab.BASE + "project/")
    assert {r.name for r in classes["cd:Collectivity"].narrower} >= {"cd:Commune", "cd:Region"}
    assert {r.name for r in classes["cd:Project"].properties} >= {"cd:lead", "cd:partner"}
    assert "cd:Call" in {r.name for r in classes["cd:Project"].disjoint}


@pytest.mark.parametrize("lang", LANGS)
def test_the_drawing_holds_together(lang: Lang) -> None:
    drawn = diagram(lang)
    spots = [(b.x, b.y, b.y + b.height) for b in drawn.boxes]
    for x, top, bottom in spots:
        assert bottom <= drawn.height
        assert not [s for s in spots if s[0] == x and top < s[1] < bottom]
    assert {"Project", "Collectivity", "Partner", "Country"} <= {b.link for b in drawn.boxes}
    assert all(re.fullmatch(r"M[\d -]+C[\d -]+", line.path) for line in drawn.lines)
    titles = {b.link: b.title for b in drawn.boxes}
    assert titles["Country"] == {"fr": "pays", "en": "country"}[lang]
    assert titles["Project"] == {"fr": "projet de coopération déce…",
                                 "en": "decentralised-cooperation…"}[lang]
    rows = {anchor: text for b in drawn.boxes for text, anchor, _ in b.rows}
    assert rows["grant"] == {"fr": "montant accordé", "en": "grant"}[lang]
    assert all(re.fullmatch(r"[\w#-]+", anchor) for anchor in rows), rows


@pytest.mark.parametrize("path", ["ontology", "shapes"])
def test_files_say_the_same(path: str) -> None:
    sizes = {len(rdflib.Graph().parse(data=document(path, form), format=name))
             for form, name in (("ttl", "turtle"), ("jsonld", "json-ld"), ("nt", "nt"))}
    assert len(sizes) == 1
    assert document("project/x", "ttl") is None
    assert document(path, "exe") is None


def test_files_are_the_same_bytes_in_every_process() -> None:
    code = ("import hashlib; from coopdec.web.ontology import document, shapes_page;"
            "print([hashlib.sha256(document(p, f)).hexdigest() for p in ('ontology', 'shapes')"
            " for f in ('ttl', 'jsonld', 'nt')], hash(str(shapes_page('fr')['shapes'])) and"
            " hashlib.sha256(str(shapes_page('fr')).encode()).hexdigest())")
    said = {subprocess.run([sys.executable, "-c", code], env={"PYTHONHASHSEED": seed},
                           capture_output=True, check=True).stdout for seed in "12"}
    assert len(said) == 1


def test_shapes_name_what_they_check() -> None:
    entries = {e.anchor: e for e in shapes_page("en")["shapes"]}
    project = entries["Project"]
    assert project.shown[0][1] == "decentralised-cooperation project"
    title = next(r for r in project.rules if r.anchor == "Project-title")
    assert title.path == "dcterms:title"
    assert ("minCount", "1") in title.limits
    assert title.advice
