"""The tables: what is checked at load, and that ours are in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopdec import classify as themes
from coopdec.classify import labels, load
from coopdec.errors import DataError, StorageError
from coopdec.messages import sentence

HEAD = "term\tgoals\tweight\tcontext\tnote\n"


def folder(tmp_path: Path, **tables: str) -> Path:
    for name, lines in tables.items():
        (tmp_path / f"{name}.tsv").write_text(HEAD + lines, "utf-8")
    return tmp_path


def test_ours_is_in_order() -> None:
    lexicon = load()
    assert len(lexicon.entries) > 2500
    assert {g for e in lexicon.entries for g, _ in e.goals} == set(range(1, 18))
    assert len([code for code in lexicon.codes if "." in code]) == 169


def test_every_wrong_line_is_told_at_once_with_its_place(tmp_path: Path) -> None:
    lines = (
        "eau\t6\t0.9\t\t\n"
        "eaux\t6\t0.9\t\t\n"  # a plural is the same term
        "l'eau\t6\t0.5\t\t\n"
        "mer\t18\t0.9\t\t\n"
        "forêt\t15.99\t0.9\t\t\n"
        "sol\t15\t1.5\t\t\n"
        "dune\t15\tbeaucoup\t\t\n"
        "port\t9\t0.9\tsauf:mer\t\n"
        "les\t9\t0.9\t\t\n"
        "eau\t-\t\t\t\n"
    )
    with pytest.raises(DataError) as caught:
        load(folder(tmp_path, essai=lines))
    told = [(f.where.line, f.code) for f in caught.value.findings if f.where]
    assert told == [
        (2, "lexicon-goal-and-none"), (3, "lexicon-duplicate"), (3, "lexicon-goal-and-none"),
        (4, "lexicon-two-weights"), (4, "lexicon-goal-and-none"), (5, "lexicon-bad-goal"),
        (6, "lexicon-bad-goal"), (7, "lexicon-bad-weight"), (8, "lexicon-bad-weight"),
        (9, "lexicon-bad-context"), (10, "lexicon-empty-term"),
    ]
    line = sentence(caught.value.findings[5], "fr")
    assert line.startswith("essai.tsv, ligne 5, colonne « goals » : « 18 » n'est ni un objectif")


def test_a_context_beside_a_line_without_one_is_told(tmp_path: Path) -> None:
    """The line without a context is read wherever the other is: « ports » beside « port »."""
    lines = "port\t9\t0.7\tnot-name\t\nports\t9\t0.7\t\t\nport\t14\t0.5\twith:pêche\t\n"
    with pytest.raises(DataError) as caught:
        load(folder(tmp_path, essai=lines))
    assert [(f.where.line, f.code) for f in caught.value.findings if f.where] == [
        (2, "lexicon-duplicate")]


def test_no_header(tmp_path: Path) -> None:
    (tmp_path / "x.tsv").write_text("eau\t6\n", "utf-8")
    with pytest.raises(DataError) as caught:
        load(tmp_path)
    assert [f.code for f in caught.value.findings] == ["lexicon-bad-header"]


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        load(tmp_path / "nowhere")


def test_a_lexicon_of_ones_own(tmp_path: Path) -> None:
    own = load(folder(tmp_path, essai="# remarque\nzorg*\t6.1 7\t0.8\t\tnote\nzorglub\t-\t\t\t\n"))
    found = themes.classify("Les zorgues et le zorglub", lexicon=own)
    assert [(t.goal, t.target) for t in found] == [(6, None), (6, "6.1"), (7, None)]
    assert themes.classify("eau potable", lexicon=own) == []


def test_contexts(tmp_path: Path) -> None:
    own = load(folder(tmp_path, essai="lac\t6\t0.9\tnot-name\t\nTIC\t9\t0.9\tcaps\t\n"
                                     "thym\t2\t0.9\twith:jardin|champs without:mer\t\n"))

    def goals(title: str) -> set[int]:
        return {t.goal for t in themes.classify(title, lexicon=own)}

    assert goals("le lac") == goals("le lac bleu") == {6}
    assert goals("le lac de Kara") == set()
    assert goals("les TIC") == {9}
    assert goals("les tic") == set()
    assert goals("thym des jardins") == {2}
    assert goals("thym") == goals("thym, jardin et mer") == set()


def test_the_version_follows_the_content(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one = load(folder(tmp_path / "a", essai="eau\t6\t0.9\t\t\n")).version
    two = load(folder(tmp_path / "b", essai="eau\t6\t0.8\t\t\n")).version
    assert one != two
    assert one == load(tmp_path / "a").version
    assert load().version == themes.LEXICON_VERSION
    assert len(one) == 12


def test_labels_of_targets_and_sectors() -> None:
    targets = labels("targets.tsv")
    assert len(targets) == 169
    assert all(len(cells) == 2 and all(cells) for cells in targets.values())
    for name in ("dac.tsv", "atlas_themes.tsv"):
        for key, (french, english, *goals) in labels(name).items():
            assert key
            assert french
            assert english
            assert all(1 <= int(g) <= 17 for cell in goals for g in cell.split())
    assert len(labels("dac.tsv")) > 200


@pytest.mark.parametrize(("title", "women"), [
    ("Des maraîchères à Sikasso", True), ("Autonomie des MARAICHERES", True),
    ("Cultures maraîchères", False), ("Des maraîchers", False),
    ("Maraîchères et maraîchers du Sahel", False),
])
def test_women_are_named(tmp_path: Path, title: str, women: bool) -> None:
    own = load(folder(tmp_path, essai="maraîcher\t2\t\t\t\nmaraîchères\t5\t\tfeminine\t\n"))
    assert {t.goal for t in themes.classify(title, lexicon=own)} == ({2, 5} if women else {2})
