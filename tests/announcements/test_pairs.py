"""Announcements of one project are found, and what only looks like one is not."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from coopdec.announcements import Proposal, announced, gather, minted_paths, proposals
from coopdec.building.stages import announce_all
from coopdec.decisions import Action, Decisions, Identity, add_identities, load_decisions
from coopdec.model import Announcement, Row, Source
from coopdec.reference import Gazetteer

HERE = Path(__file__).parent
#: list → call, title of the call, session, date
LISTS = {
    "s1": ("generaliste-2020-2021", "Généraliste 2020-2021", 1, "2020-06-23"),
    "s2": ("generaliste-2020-2021", "Généraliste 2020-2021", 2, "2021-01-15"),
    "c14": ("triennal-2014", "Triennal", None, "2014-03-01"),
    "c18": ("triennal-2018", "Triennal 2018", None, "2018-05-01"),
    "atlas": ("atlas", "Atlas", None, "2024-01-01"),
    "reg": ("regions", "Subventions", None, "2021-03-01"),
    "afd": ("afd", "AFD", None, "2021-12-31"),
}
HEAD = ("Chef de file", "Partenaire", "Titre du projet", "Date de début", "Date de fin")
Place = tuple[str, int]


def labelled() -> Iterator[tuple[bool, str, tuple[str, ...], tuple[str, ...]]]:
    """(one project?, why it is hard, one row, the other), each row headed by its list."""
    for line in (HERE / "pairs.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            verdict, why, *cells = line.split("|")
            yield verdict == "same", why, tuple(cells[:6]), tuple(cells[6:])


def write(folder: Path, rows: dict[str, list[tuple[str, ...]]]) -> Path:
    folder.mkdir()
    for name, written in rows.items():
        call, title, session, issued = LISTS[name]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows([HEAD, *written])
        (folder / f"{name}.toml").write_text(
            f'title = "{name}"\npublisher = "x"\ncall = "{call}"\ncall_title = "{title}"\n'
            f"issued = {issued}\n" + (f"session = {session}\n" if session else ""), "utf-8")
    return folder


def places(p: Proposal) -> frozenset[Place]:
    return frozenset((a.source, a.where.line or 0) for a in (p.source, p.to))


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> tuple[
    Path, dict[frozenset[Place], tuple[bool, str]]
]:
    """All rows of all pairs together, so that a wrong pair may come from two of them."""
    rows: dict[str, list[tuple[str, ...]]] = {}
    label = {}
    for same, why, *both in labelled():
        where = set()
        for name, *cells in both:
            rows.setdefault(name, []).append(tuple(cells))
            where.add((name, len(rows[name]) + 1))
        label[frozenset(where)] = (same, why)
    return write(tmp_path_factory.mktemp("pairs") / "lists", rows), label


def test_precision_and_recall(
    lists: tuple[Path, dict[frozenset[Place], tuple[bool, str]]]
) -> None:
    folder, label = lists
    found, findings = announced([folder], Decisions())
    assert not findings
    got = {places(p): p for p in proposals(found, Decisions())}
    wrong = [label.get(k, (False, "of two pairs")) for k in got if not label.get(k, (False,))[0]]
    missed = [why for k, (same, why) in label.items() if same and k not in got]
    wanted = sum(same for same, _ in label.values())
    assert len(label) >= 115
    assert len(wrong) <= 0.02 * len(got), wrong
    assert len(missed) <= 0.05 * wanted, missed
    assert all(0.6 <= p.score < 1 and p.reasons for p in got.values())


def rows_of(*rows: tuple[str, ...]) -> dict[str, list[tuple[str, ...]]]:
    by_list: dict[str, list[tuple[str, ...]]] = {}
    for name, *cells in rows:
        by_list.setdefault(name, []).append((*cells, *("",) * (5 - len(cells))))
    return by_list


THREE = rows_of(
    ("s1", "Angers", "Bamako (Mali)", "Formation des agents de l'état civil"),
    ("s2", "Angers", "Bamako (Mali)", "Formation des agents de l’Etat-Civil"),
    ("reg", "Ville d'Angers", "Bamako (Mali)", "Formation d'agents de l'état civil"))


def test_rows_are_announced_together_list_by_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows: dict[str, list[tuple[str, ...]]] = {
        "s1": [("Angers", "Bamako (Mali)", f"Eau {n}", "", "") for n in range(5)],
        "reg": [("Brest", "Kayes (Mali)", f"Tri {n // 2}", "", "") for n in range(4)]}
    asked: list[tuple[str, list[str]]] = []

    def announce(some: Sequence[Row], source: Source, places: Gazetteer) -> list[Announcement]:
        asked.append((source.name, [row.title for row in some]))
        return announce_all(some, source, places)

    folder = write(tmp_path / "l", rows)
    alone = announced([folder], Decisions())[0]
    monkeypatch.setattr(gather, "announce_all", announce)
    monkeypatch.setattr(gather, "TOGETHER", 3)
    assert announced([folder], Decisions())[0] == alone
    assert {name: [len(some) for of, some in asked if of == name] for name, _ in asked} == {
        "s1": [3, 2], "reg": [2, 0]}  # a title said twice is announced once


def test_three_announcements_of_one_are_two_proposals_to_the_first(tmp_path: Path) -> None:
    folder = write(tmp_path / "l", THREE)
    found, _ = announced([folder], Decisions())
    got = proposals(found, Decisions())
    assert len(got) == 2
    assert {p.to.source for p in got} == {"s1"}


def test_what_was_decided_is_not_asked_again(tmp_path: Path) -> None:
    folder, decided = write(tmp_path / "l", THREE), tmp_path / "d"

    def asked() -> list[Proposal]:
        settled = load_decisions(decided)
        return proposals(announced([folder], settled)[0], settled)

    def decide(action: Action, p: Proposal) -> None:
        add_identities(decided, [Identity(p.source.path, p.to.path, action, date(2026, 11, 22),
                                          "me", "")])

    first, second = asked()
    decide(Action.MERGE, first)
    (left,) = asked()
    assert places(left) == places(second)
    decide(Action.DISTINCT, left)
    assert asked() == []


def test_the_order_of_the_lists_changes_nothing(tmp_path: Path) -> None:
    one = write(tmp_path / "a", THREE)
    two = write(tmp_path / "b", {k: v[::-1] for k, v in reversed(THREE.items())})
    first, second = (
        [(p.source.path, p.to.path, p.score) for p in proposals(announced([f], Decisions())[0],
                                                                 Decisions())]
        for f in (one, two))
    assert first == second


def test_a_list_that_cannot_be_read_stops_no_other(tmp_path: Path) -> None:
    folder = write(tmp_path / "l", THREE)
    (folder / "s2.csv").write_text("nothing;that;tells\n1;2;3\n", "utf-8")
    found, findings = announced([folder], Decisions())
    assert len(found) == 2
    assert findings
    assert set(minted_paths([folder])) == {a.path for a in found}


def test_a_lead_of_hundreds_of_projects(tmp_path: Path) -> None:
    """More than are compared each with each; the words of their titles find the pairs."""
    things = ("école", "marché", "forage", "musée", "pont", "jardin", "dispensaire", "stade")
    both = ((a, b) for a in things for b in things for _ in "ab")
    titles = [f"Réhabilitation du {one} {n} du quartier {other}{n % 7}"
              for n, (one, other) in enumerate(both)]
    rows = [("s1", "Lyon", "Bamako (Mali)", t) for t in titles]
    twice = [("reg", "Ville de Lyon", "Bamako (Mali)", t.upper()) for t in titles[::10]]
    folder = write(tmp_path / "l", rows_of(*rows, *twice))
    got = proposals(announced([folder], Decisions())[0], Decisions())
    assert {p.source.title for p in got} == {t[3] for t in twice}
