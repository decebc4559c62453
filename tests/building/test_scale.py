"""Who does the work never shows, and nothing that goes wrong leaves half a release."""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from coopdec.building.tasks import Task
from coopdec.errors import DataError, OutsideError, StorageError
from coopdec.executors import TaskFailed, runner
from coopdec.pipeline import Options, Summary, build
from tests.building.dying import unless
from tests.faults import interrupted_after

ROOT = Path(__file__).parent.parent.parent


def files(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir())}


def left(folder: Path) -> list[str]:
    """What a build leaves beside its output."""
    return sorted(p.name for p in folder.iterdir() if p.name.startswith("."))


def command(output: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "coopdec", "build", str(ROOT / "sources"), "-o", str(output),
            "--decisions", str(ROOT / "decisions"), "--chunk-size", "5", "--lang", "en", *more]


def test_two_workers_give_the_same_bytes(release: Summary, tmp_path: Path) -> None:
    build([ROOT / "sources"], tmp_path / "o", Options(chunk_size=11),
          decisions=ROOT / "decisions", workers=2)
    assert files(tmp_path / "o") == files(release.output)
    assert left(tmp_path) == []


def test_a_list_announced_twice_is_the_same_in_any_chunks(lists: Path, tmp_path: Path) -> None:
    """Rows repeated within a list and across lists, near and far from each other."""
    one = lists / "laureats-session-1.txt"
    lines = one.read_text("utf-8").splitlines()
    again = [line for line in lines if "\t" in line][-4:]
    one.write_text("\n".join([*lines, *again]) + "\n", "utf-8")
    toml = lists / "laureats-session-1.toml"
    words = toml.read_text("utf-8").replace("projects = 16", "projects = 20")
    toml.write_text(words, "utf-8")
    (lists / "encore.txt").write_text(one.read_text("utf-8"), "utf-8")
    (lists / "encore.toml").write_text(words, "utf-8")
    made = []
    for size in (1, 3, 1000):
        build([lists], tmp_path / str(size), Options(chunk_size=size))
        made.append(files(tmp_path / str(size)))
    assert made[0] == made[1] == made[2]
    assert b"row-repeated" in made[0]["report.jsonl"]
    assert b"announced-twice" in made[0]["report.jsonl"]


def test_an_announced_twice_project_is_checked_with_the_terms_it_names(tmp_path: Path) -> None:
    """« Terminé » is a term of the ontology: what names it is checked with it."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text(
            "Région;Chef de file;Partenaire;Titre du projet;État\n"
            "Auvergne-Rhône-Alpes;Chaponost;Sikasso (Mali);Accès à l'eau potable;Terminé\n",
            "utf-8")
        (tmp_path / f"{name}.toml").write_text(
            f'title = "Liste {name}"\npublisher = "Ministère"\ncall = "essai"\n'
            'call_title = "Essai"\nsession = 1\n', "utf-8")
    summary = build([tmp_path / "a.csv", tmp_path / "b.csv"], tmp_path / "o", Options(only=True))
    assert summary.projects == 1
    assert b"#status> <https://w3id.org/coopdec/ontology#completed>" in (
        tmp_path / "o" / "coopdec.nt").read_bytes()


def test_a_killed_worker_is_replaced_and_its_task_run_again(tmp_path: Path) -> None:
    tasks = [(tmp_path / "flag", how) for how in ("never", "once", "never", "never")]
    with runner(2) as run:
        assert sorted(how for _, how in run(unless, tasks)) == ["never"] * 3 + ["once"]


def test_a_task_that_kills_twice_is_named(tmp_path: Path) -> None:
    tasks = [(tmp_path / "flag", how) for how in ("never", "always")]
    with pytest.raises(TaskFailed) as caught, runner(2) as run:
        list(run(unless, tasks))
    assert caught.value.task[1] == "always"


def test_a_chunk_that_fails_twice_is_told_with_its_rows(
        release: Summary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import coopdec.building.gather as gathering
    from coopdec.building.tasks import perform

    def broken(task: Task) -> Any:
        if task.first.line and task.first.line > 15:
            raise RuntimeError("no such thing")
        return perform(task)

    monkeypatch.setattr(gathering, "perform", broken)
    with pytest.raises(DataError) as caught:
        build([ROOT / "sources"], tmp_path / "o", Options(chunk_size=5))
    (finding,) = caught.value.findings
    assert finding.code == "chunk-failed"
    assert finding.where is not None
    assert finding.where.document.endswith("laureats-session-1.txt")
    assert finding.where.line is not None
    assert not (tmp_path / "o").exists()


def test_an_interrupted_build_goes_on(
        release: Summary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import coopdec.building.gather as gathering

    monkeypatch.setattr(gathering, "perform", interrupted_after(4))
    with pytest.raises(KeyboardInterrupt):
        build([ROOT / "sources"], tmp_path / "o", Options(chunk_size=5),
              decisions=ROOT / "decisions")
    assert not (tmp_path / "o").exists()
    assert left(tmp_path) == [".o.work"]
    monkeypatch.setattr(gathering, "read", interrupted_after(0))
    with pytest.raises(KeyboardInterrupt):  # a second time, before it knows what is there
        build([ROOT / "sources"], tmp_path / "o", Options(chunk_size=5),
              decisions=ROOT / "decisions")
    monkeypatch.undo()
    summary = build([ROOT / "sources"], tmp_path / "o", Options(chunk_size=5),
                    decisions=ROOT / "decisions")
    assert summary.resumed == 4
    assert files(tmp_path / "o") == files(release.output)
    assert left(tmp_path) == []


def test_what_was_done_with_other_options_is_not_taken_up(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import coopdec.publish as publishing

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(publishing, "_write", full)
    with pytest.raises(StorageError):
        build([ROOT / "sources"], tmp_path / "o", Options(chunk_size=5))
    monkeypatch.undo()
    summary = build([ROOT / "sources"], tmp_path / "o",
                    Options(chunk_size=5, base="https://example.org/"))
    assert summary.resumed == 0
    assert b"w3id.org/coopdec/project" not in (tmp_path / "o" / "coopdec.nt").read_bytes()


def _small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def test_a_full_disk_leaves_the_former_release(release: Summary, tmp_path: Path) -> None:
    """The system refuses to write more than 40 kB into any file."""
    output = tmp_path / "o"
    build([ROOT / "sources"], output, decisions=ROOT / "decisions")
    before = files(output)
    done = subprocess.run(command(output), cwd=tmp_path, preexec_fn=_small_files, check=False,
                          capture_output=True, text=True, timeout=120)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "finished parts are kept" in done.stderr
    assert files(output) == before


def test_a_source_that_changes_while_it_is_read(
        lists: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import coopdec.building.gather as gathering
    from coopdec.building.tasks import perform

    def meddling(task: Task) -> Any:
        path = lists / "laureats-session-1.txt"
        path.write_text(path.read_text("utf-8") + "\n", "utf-8")
        return perform(task)

    monkeypatch.setattr(gathering, "perform", meddling)
    with pytest.raises(StorageError) as caught:
        build([lists], tmp_path / "o", Options(chunk_size=5))
    assert caught.value.code == "source-changed"
    assert not (tmp_path / "o").exists()


@pytest.fixture
def slow_build(tmp_path: Path, request: pytest.FixtureRequest
               ) -> Iterator[subprocess.Popen[str]]:
    """A build with so many workers, at work."""
    rows = "".join(
        f"Bretagne\tRennes\tBamako {n} (Mali)\tAppui à l'eau potable, lot {n}\n"
        for n in range(6_000))
    (tmp_path / "grand.tsv").write_text(
        "Région de France\tCollectivité territoriale chef de file\t"
        f"Collectivité locale partenaire\tTitre du projet\n{rows}", "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "coopdec", "build", str(tmp_path / "grand.tsv"), "-o",
         str(tmp_path / "o"), "--workers", request.param, "--chunk-size", "10", "--lang", "en"],
        stderr=subprocess.PIPE, text=True, start_new_session=True,
        # The tests themselves may run under nohup, which whoever is started would keep to.
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL))  # noqa: PLW1509
    end = time.monotonic() + 60
    while len(list(tmp_path.glob(".o.work/*/outcome"))) < 6 and time.monotonic() < end:
        time.sleep(0.02)
    yield process
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stderr:
        process.stderr.close()


@pytest.mark.parametrize(
    ("slow_build", "how"),
    [("2", signal.SIGINT), ("2", signal.SIGTERM), ("1", signal.SIGHUP)], indirect=["slow_build"])
def test_ctrl_c_ends_everything(
        slow_build: subprocess.Popen[str], tmp_path: Path, how: signal.Signals) -> None:
    slow_build.send_signal(how)
    _, said = slow_build.communicate(timeout=60)
    assert slow_build.returncode == 130
    assert "Traceback" not in said
    assert "Interrupted. The release in place is whole. Give the same command again" in said
    assert not (tmp_path / "o").exists()
    assert list(tmp_path.glob(".o.work/*/outcome"))
    end = time.monotonic() + 20
    while _in_group(slow_build.pid) and time.monotonic() < end:
        time.sleep(0.02)
    assert not _in_group(slow_build.pid)


def _in_group(group: int) -> bool:
    """Whether any process of the build is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_parts_for_stores_that_load_in_parallel(tmp_path: Path) -> None:
    import hashlib
    import json

    import zstandard

    build([ROOT / "sources"], tmp_path / "o", Options(only=True, partitions=True))
    manifest = json.loads((tmp_path / "o" / "manifest.json").read_text("utf-8"))
    whole = b""
    for part in manifest["parts"]:
        text = zstandard.ZstdDecompressor().decompress((tmp_path / "o" / part["file"]).read_bytes())
        assert hashlib.sha256(text).hexdigest() == part["sha256"]
        whole += text
    assert whole == (tmp_path / "o" / "coopdec.nt").read_bytes()
    assert manifest["triples"] == whole.count(b"\n")
    assert not (tmp_path / "o" / "projects.csv").exists()


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A real Dask scheduler with a worker, both processes of their own."""
    pytest.importorskip("distributed")
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    scratch = {**os.environ, "DASK_TEMPORARY_DIRECTORY": str(tmp_path)}
    head = subprocess.Popen(
        [*dask, "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file",
         str(tmp_path / "scheduler.json")], stderr=subprocess.DEVNULL, text=True, env=scratch)
    hand = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file",
         str(tmp_path / "scheduler.json"), "--nthreads", "1", "--no-nanny", "--no-dashboard",
         "--local-directory", str(tmp_path), "--death-timeout", "5"],
        stderr=subprocess.DEVNULL, text=True, env=scratch)
    end = time.monotonic() + 30
    while not (tmp_path / "scheduler.json").exists() and time.monotonic() < end:
        time.sleep(0.1)
    import json

    yield json.loads((tmp_path / "scheduler.json").read_text("utf-8"))["address"], head
    for process in (hand, head):
        process.kill()
        process.wait(10)


def test_a_cluster_gets_tasks_by_a_folder_and_else_by_value(
        scheduler: tuple[str, subprocess.Popen[str]], tmp_path: Path) -> None:
    """The same answers when its workers lose sight of the folder midway; none, and a word of it,
    when its scheduler is killed."""
    address, head = scheduler
    tasks = [[n] * 1000 for n in range(12)]
    with runner(cluster=address, folder=tmp_path) as run:
        found = []
        for task, total in run(sum, tasks):
            found.append((task, total))
            if len(found) == 3:
                (token,) = tmp_path.glob("handed-*/token")
                token.write_text("another", "utf-8")
    assert sorted(found) == [(task, sum(task)) for task in tasks]
    with runner(cluster=address, folder=tmp_path) as run:
        assert sorted(n for _, n in run(sum, tasks)) == [sum(task) for task in tasks]
        assert list(tmp_path.glob("handed-*/*.result")) == []
    assert list(tmp_path.glob("handed-*")) == []
    # What takes too long elsewhere is no fault of the cluster.
    with pytest.raises(TimeoutError, match="a disk"), runner(cluster=address):
        raise TimeoutError("a disk")
    done = []

    def kill_after_two() -> None:
        with runner(cluster=address) as run:
            for _ in run(time.sleep, [0.2] * 200):
                done.append(1)
                if len(done) == 2:
                    head.kill()

    with pytest.raises(OutsideError) as caught:
        kill_after_two()
    assert len(done) < 200
    assert caught.value.code == "cluster-lost"
