"""How complete the data are, measured and stated."""

from __future__ import annotations

from collections.abc import Callable

from rdflib import Graph, URIRef

from coopdec.check import check, write
from coopdec.check.facts import Facts
from coopdec.check.quality import METRICS, measure, statements, total
from coopdec.vocab import DQV


def test_measures(correct: Callable[[int], str]) -> None:
    found = {m.metric: (m.count, m.total) for m in measure(Facts(correct(4).encode()))}
    assert found == {"themes": (4, 4), "countries": (2, 2), "collectivities": (2, 2),
                     "partners": (0, 1), "coordinates": (0, 1)}


def test_parts_add_up_whatever_the_chunks(correct: Callable[[int], str]) -> None:
    text = correct(7).encode()
    whole = check(text, engine="pyshacl").measures
    assert whole == check(text, engine="pyshacl", chunk_size=2).measures
    assert whole == measure(Facts(text))
    assert total([whole, whole])[0].count == 2 * whole[0].count


def test_they_are_in_the_page(correct: Callable[[int], str]) -> None:
    html = write(check(correct(2).encode(), engine="pyshacl"), "html")
    assert html.count("<meter") == len(METRICS)


def test_dqv(correct: Callable[[int], str]) -> None:
    base = "https://example.org/"
    lines = [f"{s} {p} {o} ." for s, p, o in statements(
        measure(Facts(correct(2).encode())), base + "dataset", base)]
    graph = Graph().parse(data="\n".join(lines), format="nt")
    has = URIRef(DQV + "hasQualityMeasurement")
    assert len(list(graph.objects(URIRef(base + "dataset"), has))) == len(METRICS)
