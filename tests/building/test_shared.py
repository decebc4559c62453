"""What runs know of shared entities: joined from their files as they are joined in memory."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from coopdec.building.runs import Run
from coopdec.building.shared import Known, Sheet, merged_entities, write_known, write_sheet
from coopdec.describe import entry, merge_all, packed, unpacked
from coopdec.formats import Heading, formats
from coopdec.model import LinkEvidence, SharedEntity
from coopdec.tally import Tally
from coopdec.terms import LABEL, text
from coopdec.vocab import RDF, SKOS, cd

BASE = "https://example.org/"
HEADING = Heading(BASE, "1", "https://example.org/licence")
FORMATS = [formats()["nt"], formats()["ttl"]]
TYPE, OTHER = f"<{RDF}type>", f"<{SKOS}altLabel>"

words = st.sampled_from(["Bamako", "Tombouctou", "« Ségou »", 'a "b"', "é\tè", "𝒳"])
links = st.builds(
    LinkEvidence, st.sampled_from([0.5, 0.75, 1.0]), st.just(SKOS + "exactMatch"),
    st.sampled_from(["https://sws.geonames.org/1/", "https://sws.geonames.org/2/"]),
    st.sampled_from(["geonames", "wikidata"]), st.just("1"), st.just("https://w3id.org/semapv/x"),
    words, words)


@st.composite
def entities(draw: st.DrawFn) -> SharedEntity:
    kind = draw(st.sampled_from(["territory", "country", "institution"]))
    iri = f"{BASE}{kind}/{draw(st.sampled_from(['a', 'a/b', 'é', 'z']))}"
    said = {(TYPE, f"<{cd('PartnerTerritory')}>"), (LABEL, text(draw(words), "fr")),
            *((OTHER, text(w, "fr")) for w in draw(st.lists(words, max_size=2)))}
    found = {f"{iri}#link-{e.authority}-1": e for e in draw(st.lists(links, max_size=2))}
    return SharedEntity(iri, kind, {iri: frozenset(said)}, found)


@given(st.lists(st.lists(entities(), max_size=6), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_any_runs_join_to_what_all_know(chunks: list[list[SharedEntity]]) -> None:
    whole: dict[str, SharedEntity] = {}
    with tempfile.TemporaryDirectory() as folder:
        runs = []
        for n, chunk in enumerate(chunks):
            known: dict[str, SharedEntity] = {}
            merge_all(known, chunk)
            merge_all(whole, chunk)
            (Path(folder) / str(n)).mkdir()
            write_known(Path(folder) / str(n), known.values())
            runs.append(Run(Path(folder) / str(n)))
        joined: dict[str, Known] = {found.iri: found for found in merged_entities(runs)}
    assert list(joined) == sorted(whole, key=lambda i: (
        ["territory", "institution", "country"].index(whole[i].kind), i.encode()))
    found = [packed(known.entity()) for known in joined.values()]
    assert [unpacked(entity) for entity in found] == [whole[iri] for iri in joined]
    written, counted = write_sheet(
        Sheet([f.name for f in FORMATS], HEADING, list(joined.values())))
    read = Tally()
    for iri, one in zip(joined, written, strict=True):
        made = entry(whole[iri], HEADING.base)
        assert list(one.texts[:-1]) == [f.block(made, HEADING) for f in FORMATS]
        assert one.texts[-1].count(b"\n") == len(whole[iri].links)
        read.see_text(one.texts[0])
    assert counted == read


@given(entities())
def test_equal_entities_are_equal_bytes(entity: SharedEntity) -> None:
    again = unpacked(packed(entity))
    assert again == entity
    assert packed(again) == packed(entity)
