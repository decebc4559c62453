"""Decisions about identities are written once, in place, or refused with the reason."""

from __future__ import annotations

from datetime import date
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopdec.decisions import Action, Identity, add_identities, load_decisions, path_of
from coopdec.errors import DataError, StorageError

DAY = date(2026, 11, 22)


def one(source: str, action: str, to: str = "", comment: str = "") -> Identity:
    return Identity(f"p/{source}", f"p/{to}" if to else "", Action(action), DAY, "moi", comment)


def text(folder: Path) -> str:
    return (folder / "identities.tsv").read_text("utf-8")


def test_written_and_read_back(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    said = '« Eau »\t"quoted" \u2028 # not a comment'
    assert add_identities(folder, [one("b", "merge", "a", said), one("c", "gone")]) == 2
    found = load_decisions(folder)
    assert [(i.source, i.to, i.action) for i in found.identities] == [
        ("p/b", "p/a", "merge"), ("p/c", "", "gone")]
    assert found.identities[0].comment == '« Eau » "quoted" # not a comment'
    before = text(folder)
    assert add_identities(folder, [one("b", "merge", "a", "again"), one("c", "gone")]) == 0
    assert text(folder) == before
    assert not list(folder.glob(".*"))


def test_comments_and_hand_made_order_stay(tmp_path: Path) -> None:
    (tmp_path / "identities.tsv").write_text(
        "# head\nfrom\tto\taction\tdate\tauthor\tcomment\n"
        "# about m\np/m\tp/n\tmove\t2026-01-01\tme\t\n\n"
        "# about d\np/d\tp/e\tkeep\t2026-01-01\tme\t\n# the end\n", "utf-8")
    add_identities(tmp_path, [one("z", "gone"), one("a", "merge", "n"), one("e2", "gone")])
    assert text(tmp_path).splitlines() == [
        "# head", "from\tto\taction\tdate\tauthor\tcomment",
        "p/a\tp/n\tmerge\t2026-11-22\tmoi\t", "p/e2\t\tgone\t2026-11-22\tmoi\t",
        "# about m", "p/m\tp/n\tmove\t2026-01-01\tme\t", "",
        "# about d", "p/d\tp/e\tkeep\t2026-01-01\tme\t", "p/z\t\tgone\t2026-11-22\tmoi\t",
        "# the end"]


@pytest.mark.parametrize(("standing", "new", "code"), [
    ([one("a", "merge", "b")], one("a", "merge", "c"), "identity-taken"),
    ([one("a", "keep", "b")], one("a", "move", "b"), "identity-taken"),
    ([one("a", "gone")], one("a", "merge", "b"), "identity-taken"),
    ([one("a", "merge", "b")], one("a", "gone"), "identity-taken"),
    ([one("a", "merge", "b"), one("b", "move", "c")], one("c", "merge", "a"), "identity-circle"),
    ([], one("a", "merge", "a"), "identity-circle"),
    ([one("b", "gone")], one("a", "merge", "b"), "identity-to-gone"),
    ([one("c", "merge", "b"), one("b", "gone")], one("a", "keep", "c"), "identity-to-gone"),
    ([one("a", "distinct", "b")], one("b", "merge", "a"), "identity-contradiction"),
    ([one("a", "distinct", "b"), one("a", "merge", "c")], one("b", "merge", "c"),
     "identity-contradiction"),
    ([one("a", "merge", "c"), one("b", "merge", "c")], one("a", "distinct", "b"),
     "identity-contradiction"),
    ([], one("a b", "gone"), "identity-path"),
    ([], one("a", "merge"), "identity-path"),
])
def test_what_contradicts_is_refused(
    tmp_path: Path, standing: list[Identity], new: Identity, code: str
) -> None:
    add_identities(tmp_path, standing)
    before = text(tmp_path) if standing else ""
    with pytest.raises(DataError) as caught:
        add_identities(tmp_path, [one("other", "gone"), new])
    assert [f.code for f in caught.value.findings] == [code]
    assert (text(tmp_path) if standing else "") == before  # nor the one that was right


def test_distinct_is_the_same_both_ways(tmp_path: Path) -> None:
    assert add_identities(tmp_path, [one("b", "distinct", "a")]) == 1
    assert add_identities(tmp_path, [one("a", "distinct", "b")]) == 0


def test_a_table_that_is_wrong_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "identities.tsv").write_text("from\tto\nx\ty\n", "utf-8")
    with pytest.raises(DataError) as caught:
        add_identities(tmp_path, [one("a", "gone")])
    assert [f.code for f in caught.value.findings] == ["decision-columns"]
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError):
        add_identities(tmp_path / "file", [one("a", "gone")])


def _add(folder: Path, name: str) -> None:
    add_identities(folder, [one(name, "gone")])


def test_two_who_write_at_once_lose_nothing(tmp_path: Path) -> None:
    context = get_context("fork")
    workers = [context.Process(target=_add, args=(tmp_path, f"x{n}")) for n in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [i.source for i in load_decisions(tmp_path).identities] == [f"p/x{n}" for n in range(8)]


NAMES = st.sampled_from("abcdef")


@settings(max_examples=60)
@given(st.lists(st.tuples(NAMES, st.sampled_from(list(Action)), NAMES), max_size=12))
def test_whatever_is_asked_the_table_stays_right(
    tmp_path_factory: pytest.TempPathFactory, asked: list[tuple[str, Action, str]]
) -> None:
    folder = tmp_path_factory.mktemp("d")
    for source, action, to in asked:
        try:
            add_identities(folder, [one(source, action, "" if action is Action.GONE else to)])
        except DataError:
            continue
    found = load_decisions(folder)  # raises where the table is wrong
    keys = [i.key for i in found.identities]
    assert keys == sorted(keys)


def test_what_people_type_for_a_project() -> None:
    for typed in ("project/c/1", "cdr:project/c/1", "https://w3id.org/coopdec/project/c/1",
                  " http://localhost:8000/project/c/1 "):
        assert path_of(typed, ("project",)) == "project/c/1"
    for typed in ("", "project/", "country/ML", "https://x.org/", "project/a b"):
        assert path_of(typed, ("project",)) is None
