"""A release changes all at once or not at all."""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import signal
import sys
from pathlib import Path

import pytest

from coopdec import storage
from coopdec.errors import OutsideError, StorageError, UsageError
from coopdec.storage import SUMS, held, replaced_folder, work_folder


def write(target: Path, text: str) -> None:
    with replaced_folder(target) as folder:
        (folder / SUMS).write_text(text)


def leftovers(target: Path) -> list[str]:
    return [p.name for p in target.parent.iterdir() if p != target]


def test_replaced_as_a_whole(tmp_path: Path) -> None:
    target = tmp_path / "output"
    write(target, "one")
    (target / "stale").write_text("x")
    write(target, "two")
    assert {p.name: p.read_text() for p in target.iterdir()} == {SUMS: "two"}
    assert not leftovers(target)


def _fail(target: Path) -> None:
    with replaced_folder(target) as folder:
        (folder / SUMS).write_text("half")
        raise ZeroDivisionError


def test_a_failure_leaves_the_former_release(tmp_path: Path) -> None:
    target = tmp_path / "output"
    write(target, "one")
    with pytest.raises(ZeroDivisionError):
        _fail(target)
    assert (target / SUMS).read_text() == "one"
    assert not leftovers(target)


def test_nobody_s_folder_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("Dear")
    with pytest.raises(UsageError) as caught:
        write(tmp_path / "letters", "one")
    assert caught.value.code == "output-not-ours"
    assert (tmp_path / "letters" / "dear.txt").read_text() == "Dear"
    with pytest.raises(UsageError):
        write(tmp_path / "letters" / "dear.txt", "one")


def _die(target: Path) -> None:
    with replaced_folder(target) as folder:
        (folder / SUMS).write_text("half")
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_kill_leaves_the_former_release(tmp_path: Path) -> None:
    target = tmp_path / "output"
    write(target, "one")
    process = multiprocessing.get_context("spawn").Process(target=_die, args=(target,))
    process.start()
    process.join(30)
    assert process.exitcode == -signal.SIGKILL
    assert (target / SUMS).read_text() == "one"
    write(target, "two")
    assert (target / SUMS).read_text() == "two"
    assert not leftovers(target)


def test_a_kill_between_the_renames_is_mended(tmp_path: Path) -> None:
    target = tmp_path / "output"
    write(target, "one")
    target.rename(tmp_path / ".output.old")
    with pytest.raises(ZeroDivisionError), replaced_folder(target):
        raise ZeroDivisionError
    assert (target / SUMS).read_text() == "one"


def test_ctrl_c_between_the_renames(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, really = tmp_path / "output", Path.rename
    write(target, "one")

    def rename(path: Path, to: Path) -> Path:
        if path.name.startswith(".output.new"):
            raise KeyboardInterrupt
        return really(path, to)

    monkeypatch.setattr(storage, "_exchanged", lambda *_: False)
    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(KeyboardInterrupt):
        write(target, "two")
    assert (target / SUMS).read_text() == "one"
    assert not leftovers(target)


@pytest.mark.skipif(sys.platform != "linux", reason="nowhere else in one step")
def test_who_reads_always_finds_a_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "output"
    write(target, "one")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", lambda *_: pytest.fail("the name is free for a moment"))
        write(target, "two")
    assert (target / SUMS).read_text() == "two"
    assert not leftovers(target)


def test_where_names_cannot_be_exchanged_they_are_changed_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "_exchanged", lambda *_: False)
    for text in ("one", "two"):
        write(tmp_path / "output", text)
        assert (tmp_path / "output" / SUMS).read_text() == text
    assert not leftovers(tmp_path / "output")


def test_two_at_once(tmp_path: Path) -> None:
    target = tmp_path / "output"
    with replaced_folder(target) as folder:
        with pytest.raises(OutsideError) as caught:
            write(target, "other")
        assert caught.value.code == "build-running"
        (folder / SUMS).write_text("mine")
    assert (target / SUMS).read_text() == "mine"
    assert not leftovers(target)


def test_a_lock_that_goes_while_we_wait_for_it_is_no_lock(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The holder leaves between our opening its file and our locking it."""
    target, really = tmp_path / "output", fcntl.flock
    tries: list[int] = []

    def flock(handle: int, operation: int) -> None:
        if not tries:
            (tmp_path / ".output.lock").unlink()
        tries.append(handle)
        really(handle, operation)

    monkeypatch.setattr(fcntl, "flock", flock)
    with replaced_folder(target) as folder:
        assert len(tries) == 2
        with pytest.raises(OutsideError):
            write(target, "other")
        (folder / SUMS).write_text("mine")
    assert (target / SUMS).read_text() == "mine"


def test_a_lock_that_stays_is_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where its file cannot be removed: whoever comes next has it."""
    def refuse(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError

    target = tmp_path / "output"
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        with held(target):
            pass
    assert (tmp_path / ".output.lock").exists()
    with held(target) as place:
        assert place == target


def test_what_another_left_beside_it_is_cleared_and_nothing_else(tmp_path: Path) -> None:
    """A name may have what means more in a pattern."""
    target, other = tmp_path / "o[12]*", tmp_path / "o1x"
    with replaced_folder(other) as at_work:
        (tmp_path / ".o[12]*.new-x").write_text("no folder")
        (tmp_path / ".o[12]*.old").write_text("no folder")
        write(target, "one")
        assert sorted(tmp_path.glob(".o*")) == sorted([at_work, tmp_path / ".o1x.lock"])
    assert (target / SUMS).read_text() == "one"


def test_a_work_folder_may_be_a_link_to_a_larger_disk(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    (disk / "run").mkdir(parents=True)
    (tmp_path / ".output.work").symlink_to(disk)
    with work_folder(tmp_path / "output", keep=lambda folder: False) as folder:
        (folder / "link").symlink_to("/nowhere")
        (folder / "file").write_text("x")
    assert list(disk.iterdir()) == []


def test_what_stands_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / ".output.lock").mkdir()
    with pytest.raises(StorageError) as caught:
        write(tmp_path / "output", "one")
    assert f"({tmp_path}/.output.lock)" in str(caught.value)


def test_a_link_to_itself_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "output").symlink_to("output")
    with pytest.raises(UsageError) as caught:
        write(tmp_path / "output", "one")
    assert caught.value.code == "output-is-file"
    assert leftovers(tmp_path / "output") == []
