"""The tables behind the reference: sorted, well-formed, traceable."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coopdec.errors import StorageError
from coopdec.model import Kind
from coopdec.reference import store
from coopdec.reference.compile import compile_index
from coopdec.reference.gazetteer import Gazetteer
from coopdec.reference.store import ROOT
from coopdec.reference.tables import CODE, read_table

TABLES = sorted(p for folder in ("data", "researched") for p in (ROOT / folder).glob("*.tsv"))


@pytest.mark.parametrize("path", TABLES, ids=lambda p: p.name)
def test_sorted_and_without_repeats(path: Path) -> None:
    _, *lines = path.read_text("utf-8").splitlines()
    assert lines == sorted(set(lines))


def test_wikidata_has_two_sources() -> None:
    rows = list(read_table(ROOT / "researched/wikidata.tsv"))
    assert len(rows) > 4000
    for row in rows:
        assert re.fullmatch(r"Q[1-9]\d*", row["wikidata"])
        sources = row["sources"].split()
        if sources[-1] == "sources":
            assert int(sources[0]) >= 2
        else:
            assert len(set(sources)) >= 2


def test_codes_of_france() -> None:
    for row in read_table(ROOT / "data/communes.tsv"):
        assert re.fullmatch(r"\d[\dAB]\d{3}", row["insee"])
    for row in read_table(ROOT / "data/epci.tsv"):
        assert _luhn(row["siren"])
    for row in read_table(ROOT / "curated/former_epci.tsv"):
        key = row["key"].partition("/")[2]
        assert not key.isdigit() or _luhn(key)
    sirens = [row["siren"] for row in read_table(ROOT / "curated/sirens.tsv")]
    assert len(sirens) == len(set(sirens)) == 112
    assert all(map(_luhn, sirens))


def _luhn(siren: str) -> bool:
    digits = [int(c) * (2 if i % 2 else 1) for i, c in enumerate(reversed(siren))]
    return len(siren) == 9 and sum(d - 9 if d > 9 else d for d in digits) % 10 == 0


def small_root(root: Path) -> Path:
    """A copy of the reference with the first rows of each table and one country's towns."""
    for path in [*TABLES, *(ROOT / "curated").glob("*.tsv"), ROOT / "data/places/ML.tsv"]:
        target = root / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        header, *lines = [x for x in path.read_text("utf-8").splitlines() if x[:1] != "#"]
        if path.name in {"aliases.tsv", "sirens.tsv", "lives.tsv", "exonyms.tsv", "former_epci.tsv",
                         "not_names.tsv", "bodies.tsv", "syndicates.tsv", "former_communes.tsv"}:
            lines = []  # they speak of entities that are not in the sample
        elif path.name == "admin.tsv":
            lines = [x for x in lines if x.startswith(("ML\t", "iso/ML-"))]
        elif path.name == "villages.tsv":
            lines = [x for x in lines if x.startswith("ML\t")][:50]
        elif path.name in {"communes.tsv", "epci.tsv"}:
            lines = lines[:50]
        target.write_text("\n".join([header, *lines]) + "\n", "utf-8")
    for name in CODE:
        (root / name).write_bytes((ROOT / name).read_bytes())
    return root


def test_compile_is_whole_or_nothing(tmp_path: Path) -> None:
    root = small_root(tmp_path / "reference")
    target = tmp_path / "out" / "index.sqlite"
    compile_index(root, target)
    places = Gazetteer(target)
    town = places.by_name("Ségou", "ML", [Kind.PLACE])
    assert [e.key for e in town][:1] == ["gn/2451478"]
    first = target.read_bytes()
    compile_index(root, target)
    assert target.read_bytes() == first
    admin = root / "data/admin.tsv"
    line = admin.read_text("utf-8").splitlines()[1]
    admin.write_text(admin.read_text("utf-8") + line + "\tone cell too many\n", "utf-8")
    with pytest.raises(ValueError, match=r"admin\.tsv, line"):
        compile_index(root, target)
    assert target.read_bytes() == first
    assert [p.name for p in target.parent.iterdir()] == ["index.sqlite"]


def test_missing_index_is_compiled_into_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "ROOT", small_root(tmp_path / "reference"))
    monkeypatch.setenv("COOPDEC_CACHE", str(tmp_path / "cache"))
    path = store.index_path()
    assert path.parent == tmp_path / "cache"
    made = path.stat().st_mtime_ns
    assert store.index_path() == path
    assert path.stat().st_mtime_ns == made


def test_no_room_for_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "ROOT", small_root(tmp_path / "reference"))
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("COOPDEC_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(StorageError):
        store.index_path()
