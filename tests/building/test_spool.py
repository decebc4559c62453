"""What may be too many for memory is in the same order, however little of it is held."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopdec.building import spool
from coopdec.check import Checked, Level, Result, check_projects
from coopdec.model import Finding, Severity
from coopdec.pipeline import Options, build

results = st.builds(
    Result, st.sampled_from(["<urn:a>", "<urn:b>"]), st.just("<urn:p>"), st.sampled_from("123"),
    st.just("urn:c"), st.just(""), st.just("urn:s"), st.sampled_from(Level))


@given(st.lists(results, max_size=12), st.integers(1, 4))
def test_results_are_in_order_and_each_once(found: list[Result], held: int) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "_HELD", held)
        spool.write_results(Path(folder) / "written", found)
        kept = spool.Results(Path(folder) / "kept")
        kept.add(spool.read_results(Path(folder) / "written"))
        expected = [r for _, r in sorted({r.key: r for r in found}.items())]
        assert list(kept) == list(kept) == expected
        assert len(kept) == len(expected)


@given(st.lists(st.tuples(st.sampled_from(Severity), st.integers(0, 3)), max_size=12))
def test_findings_are_gravest_first(found: list[tuple[Severity, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "_HELD", 3)
        kept = spool.Ordered(Path(folder) / "kept", lambda f: (f.params["n"],))
        kept.add(Finding("x", severity, None, {"n": n}) for severity, n in found)
        ranks = list(Severity)
        assert [(f.severity, f.params["n"]) for f in kept] == sorted(
            found, key=lambda one: (ranks.index(one[0]), one[1]))
        assert len(kept) == len(found)


def test_what_chunks_found_is_in_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def and_more(projects: list[tuple[bytes, bytes]], *rest: object) -> Checked:
        checked = check_projects(projects, *rest)  # type: ignore[arg-type]
        checked.results += [Result(f"<{iri.decode()}>", "", "", "urn:c", "", "urn:s", Level.INFO)
                            for iri, _ in projects]
        return checked

    (tmp_path / "a.csv").write_text(
        "Région;Chef de file;Partenaire;Titre du projet\n"
        "Auvergne-Rhône-Alpes;Chaponost;Sikasso (Mali);Accès à l'eau potable\n"
        "Auvergne-Rhône-Alpes;Annonay;Barsalogho (Burkina Faso);École du village\n", "utf-8")
    monkeypatch.setattr("coopdec.building.tasks.check_projects", and_more)
    summary = build([tmp_path / "a.csv"], tmp_path / "o", Options(only=True, chunk_size=1))
    report = (tmp_path / "o" / "report.jsonl").read_text("utf-8")
    assert report.count('"shape": "urn:s"') == summary.projects == 2
