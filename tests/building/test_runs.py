"""What another build left is taken up where it is as it was written, and made anew where not."""

from __future__ import annotations

import errno
import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import coopdec.building.gather as gathering
from coopdec.building.runs import read_outcome, read_whole, several, write_outcome
from coopdec.building.tasks import Done, Setup, ready, received, setup_of
from coopdec.decisions import Decisions
from coopdec.errors import OutsideError
from coopdec.pipeline import Options, Summary, build
from tests.faults import interrupted_after

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def run(tmp_path: Path) -> Path:
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "text.nt").write_bytes(b"<a> <b> <c> .\n" * 9)
    (folder / "told").write_bytes(b"")
    write_outcome(folder, {"rows": 9})
    return folder


def test_a_whole_run_is_taken_up(run: Path) -> None:
    assert read_whole(run) == read_outcome(run) == {"rows": 9}
    assert not several(run.parent)
    (run.parent / "other").mkdir()
    write_outcome(run.parent / "other", {})
    assert several(run.parent)


def _flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("name", ["text.nt", "outcome"])
@pytest.mark.parametrize("damage", [
    Path.unlink, _flipped, lambda path: path.write_bytes(b""),
    lambda path: path.write_bytes(path.read_bytes()[:-8]),
    lambda path: path.write_bytes(bytes(path.stat().st_size)),
    _pipe, _folder])
def test_a_damaged_run_is_made_again(
        run: Path, name: str, damage: Callable[[Path], object]) -> None:
    """Nor is what is no file waited for."""
    damage(run / name)
    assert read_whole(run) is None
    assert not run.exists()


def test_what_is_no_folder_is_no_run(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_text("x", "utf-8")
    link.symlink_to(tmp_path / "nowhere")
    assert read_whole(file) is read_whole(link) is None
    assert list(tmp_path.iterdir()) == []


def test_a_copy_of_another_run_is_none(release: Summary, tmp_path: Path,
                                       monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside what is no run at all: whatever lies in the work folder, the same bytes."""
    def once() -> Summary:
        return build([ROOT / "sources"], tmp_path / "o", Options(chunk_size=8),
                     decisions=ROOT / "decisions")

    with monkeypatch.context() as meddling:
        meddling.setattr(gathering, "perform", interrupted_after(3))
        with pytest.raises(KeyboardInterrupt):
            once()
    work = tmp_path / ".o.work"
    one, other, _ = sorted(path.parent for path in work.glob("*/outcome"))
    shutil.rmtree(one)
    shutil.copytree(other, one)
    (work / "junk").symlink_to("/nowhere")
    (work / "elsewhere").symlink_to(tmp_path)
    assert once().resumed == 2
    assert not work.exists()
    assert (tmp_path / "o" / "SHA256SUMS").read_bytes() == (
        release.output / "SHA256SUMS").read_bytes()


def test_a_run_that_came_by_value_is_there_as_a_whole_or_not_at_all(
        run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full when its outcome is written already."""
    done = Done("key", {p.name: p.read_bytes() for p in sorted(run.iterdir())})
    really = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name == "text.nt":
            raise OSError(errno.ENOSPC, "No space left on device")
        return really(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(OSError, match="No space"):
            received(done, tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["run"]
    (tmp_path / "key").mkdir()
    (tmp_path / "key" / "half").write_bytes(b"of a worker that was killed")
    with pytest.raises(AssertionError):  # a run, and its outcome is no Outcome
        received(done, tmp_path)
    assert read_whole(tmp_path / "key") == {"rows": 9}


def test_a_worker_of_another_coopdec_is_refused() -> None:
    setup = setup_of(Setup(Options(), Decisions(), "fast"))
    ready(setup)
    leads, rest = pickle.loads(setup)
    with pytest.raises(OutsideError) as caught:
        ready(pickle.dumps(("0.1 (of other sources)", rest)))
    assert caught.value.code == "worker-differs"
    assert caught.value.params["one"] == leads
