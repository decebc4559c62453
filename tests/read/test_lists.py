"""The two published lists, read as they stand."""

from __future__ import annotations

import csv
import pickle
from collections import Counter
from pathlib import Path

from coopdec.model import Row
from coopdec.read import Reading, read

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "extraction.tsv"


def rows(session: int) -> tuple[Reading, list[Row]]:
    reading = read(ROOT / "sources" / f"laureats-session-{session}.txt")
    return reading, list(reading)


def expected() -> list[dict[str, str]]:
    with GOLDEN.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_every_row_as_printed() -> None:
    found = [row for session in (1, 2) for row in rows(session)[1]]
    wanted = expected()
    assert len(found) == len(wanted) == 36
    for row, gold in zip(found, wanted, strict=True):
        partners = "|".join(f"{m.name or ''}@{m.country}" for m in row.partners)
        assert (str(row.session), row.region, row.lead, partners, row.title) == (
            gold["session"], gold["region"], gold["lead"], gold["partners"], gold["title"])


def test_rows_go_to_a_worker_and_come_back() -> None:
    """As they are, what they share sent once."""
    found = rows(1)[1]
    sent = pickle.dumps(found, pickle.HIGHEST_PROTOCOL)
    back = pickle.loads(sent)
    assert back == found
    assert all(type(m) is type(n) for a, b in zip(back, found, strict=True)
               for m, n in zip((a, a.position, *a.partners), (b, b.position, *b.partners),
                               strict=True))
    assert back[0].columns is back[1].columns
    assert hash(back[0].partners) == hash(found[0].partners)


def test_countries() -> None:
    count = Counter(c for session in (1, 2) for row in rows(session)[1]
                    for c in {m.country for m in row.partners})
    assert len(count) == 39
    assert count["ML"] == 6
    assert count["BF"] == 5
    assert count["AR"] == 3
    assert {c for c, n in count.items() if n == 2} == {"BJ", "TG", "CO", "VN", "CM", "IN"}
    assert sum(n == 1 for n in count.values()) == 30


def test_a_title_broken_across_a_page_is_joined() -> None:
    cergy = next(r for r in rows(2)[1] if r.lead == "Cergy")
    assert (cergy.position.line, cergy.position.last_line) == (25, 27)
    assert "autour des arts, du sport, de l'éducation" in cergy.title


def test_a_region_is_carried_over_blank_cells_and_lines() -> None:
    grenoble = next(r for r in rows(2)[1] if r.lead == "Grenoble")
    assert grenoble.region == "Auvergne-Rhône-Alpes"
    assert grenoble.carried == {"region": 10}
    assert grenoble.where("region").line == 10
    assert grenoble.where("lead").line == 15


def test_spellings_are_kept_beside_the_normal_form() -> None:
    printed = {r.cells["region"]: r.region for r in rows(2)[1]}
    assert printed["Haut-de-France"] == "Hauts-de-France"
    assert printed["Ile de France"] == "Île-de-France"
    assert printed["Bourgogne-Franche Comté"] == "Bourgogne-Franche-Comté"


def test_the_letterhead_s_facts() -> None:
    first, _ = rows(1)
    second, _ = rows(2)
    assert first.letterhead.issued is not None
    assert first.letterhead.issued[0].isoformat() == "2020-06-23"
    assert second.letterhead.session is not None
    assert second.letterhead.session[0] == 2
    assert second.letterhead.projects is not None
    assert second.letterhead.projects[0] == 20
    assert second.letterhead.call_title is not None
    assert not first.findings
    assert not second.findings
