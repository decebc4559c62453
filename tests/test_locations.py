"""Lists from, and releases to, any address that fsspec knows."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, ClassVar

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from coopdec.errors import MissingExtra, OutsideError, StorageError, UsageError
from coopdec.locations import published_at, reached
from coopdec.pipeline import Options, Summary, build
from tests.faults import interrupted_after

pytestmark = pytest.mark.usefixtures("unjudged")

ROOT = Path(__file__).parent.parent


def test_from_memory_to_memory(release: Summary) -> None:
    memory = fsspec.filesystem("memory")
    for path in (ROOT / "sources").iterdir():
        memory.pipe_file(f"/given/sources/{path.name}", path.read_bytes())
    memory.pipe_file("/kept/output/SHA256SUMS", b"")
    memory.pipe_file("/kept/output/of-the-former-release.txt", b"gone")
    with reached(["memory://given/sources"]) as lists, published_at("memory://kept/output") as to:
        build(lists, to, decisions=ROOT / "decisions")
    sent = {Path(p).name: memory.cat_file(p) for p in memory.ls("/kept/output", detail=False)}
    assert sent == {p.name: p.read_bytes() for p in release.output.iterdir()}


def test_an_interrupted_build_for_an_address_goes_on(
        release: Summary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists from an address are brought to another folder each time: the same lists all the
    same."""
    import coopdec.building.gather as gathering

    monkeypatch.setenv("COOPDEC_CACHE", str(tmp_path))
    memory = fsspec.filesystem("memory")
    for path in (ROOT / "sources").iterdir():
        memory.pipe_file(f"/again/sources/{path.name}", path.read_bytes())

    def once() -> Summary:
        with reached(["memory://again/sources"]) as lists, published_at("memory://again/o") as to:
            return build(lists, to, Options(chunk_size=8), decisions=ROOT / "decisions")

    with monkeypatch.context() as meddling:
        meddling.setattr(gathering, "perform", interrupted_after(3))
        with pytest.raises(KeyboardInterrupt):
            once()
    assert not memory.exists("/again/o")
    assert once().resumed == 3
    assert memory.cat_file("/again/o/SHA256SUMS") == (release.output / "SHA256SUMS").read_bytes()
    assert not list((tmp_path / "releases").iterdir())


def test_a_release_that_cannot_be_sent_is_kept(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError("no route to host")

    monkeypatch.setenv("COOPDEC_CACHE", str(tmp_path))
    monkeypatch.setattr(MemoryFileSystem, "put_file", refused)
    way = published_at("memory://far/o")
    made = way.__enter__()
    made.mkdir(parents=True)
    (made / "SHA256SUMS").write_text("made")
    with pytest.raises(StorageError) as caught:
        way.__exit__(None, None, None)
    assert caught.value.code == "cannot-send"
    assert (Path(str(caught.value.params["folder"])) / "SHA256SUMS").read_text() == "made"


@pytest.mark.parametrize("former", [False, True])
@pytest.mark.parametrize("number", [1, 3, 4])
def test_a_release_that_was_sent_in_part_is_sent_again(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, former: bool) -> None:
    """The connection is lost at this write; what lies there may be replaced the next time, and
    until then nothing says that it is whole."""
    files = {"SHA256SUMS": b"of the new one", "a.nt": b"a", "b.ttl": b"b", "c.csv": b"c"}

    def publish() -> None:
        with published_at("lossy://o") as made:
            made.mkdir(parents=True)
            for name, data in files.items():
                (made / name).write_bytes(data)

    monkeypatch.setenv("COOPDEC_CACHE", str(tmp_path))
    lossy = fsspec.filesystem("lossy")
    lossy.store.clear()
    lossy.pseudo_dirs[:] = [""]
    if former:
        lossy.pipe({"/o/SHA256SUMS": b"of the former", "/o/gone.md": b"gone"})
    Lossy.left = number - 1
    with pytest.raises(StorageError) as caught:
        publish()
    assert caught.value.code == "cannot-send"
    assert caught.value.params["why"] == "connection reset"
    assert lossy.exists("/o/SHA256SUMS") is former
    assert not former or lossy.cat("/o/SHA256SUMS") == b"of the former"
    Lossy.left = 99
    publish()
    assert {p.removeprefix("/o/"): lossy.cat(p) for p in lossy.find("/o")} == files
    assert not list((tmp_path / "releases").iterdir())


class Lossy(MemoryFileSystem):  # type: ignore[misc]
    """Takes so many files, and no more."""

    protocol = "lossy"
    left = 0
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return str(super()._strip_protocol(path.replace("lossy://", "memory://")))

    def put_file(self, lpath: str, rpath: str, *_: object, **__: object) -> None:
        if Lossy.left == 0:
            raise ConnectionResetError("connection reset")
        Lossy.left -= 1
        self.pipe_file(rpath, Path(lpath).read_bytes())


fsspec.register_implementation("lossy", Lossy)


def test_what_an_object_store_raises_is_told(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its libraries raise what is no OSError: « Unable to locate credentials »."""
    def refused(*_: object, **__: object) -> None:
        raise LookupError("Unable to locate credentials")

    monkeypatch.setenv("COOPDEC_CACHE", str(tmp_path))
    monkeypatch.setattr(MemoryFileSystem, "isdir", refused)
    with pytest.raises(StorageError) as caught, reached(["memory://far/lists"]):
        pass
    assert caught.value.params == {
        "path": "memory://far/lists", "why": "Unable to locate credentials"}
    with pytest.raises(StorageError), published_at("memory://far/o"):
        pass


def test_short_memory_is_no_fault_of_the_other_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def short(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(MemoryFileSystem, "isdir", short)
    with pytest.raises(MemoryError), reached(["memory://far/lists"]):
        pass


def test_an_interruption_while_it_is_sent_claims_nothing(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Files at the address may be of two releases by then."""
    from coopdec.cli import main

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setenv("COOPDEC_CACHE", str(tmp_path))
    monkeypatch.setattr(MemoryFileSystem, "put_file", stop)
    with pytest.raises(SystemExit) as ended:
        main(["build", str(ROOT / "sources"), "-o", "memory://cut/o", "--lang", "en"])
    assert ended.value.code == 130
    assert capsys.readouterr().err.endswith("Interrupted.\n")


def test_two_builds_for_one_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second does not clear away what the first is sending."""
    monkeypatch.setenv("COOPDEC_CACHE", str(tmp_path))
    with published_at("memory://both/o") as made:
        made.mkdir(parents=True)
        (made / "SHA256SUMS").write_text("of the first")
        with pytest.raises(OutsideError) as caught, published_at("memory://both/o"):
            pass
        assert caught.value.code == "build-running"
        assert caught.value.params["path"] == "memory://both/o"
    assert fsspec.filesystem("memory").cat_file("/both/o/SHA256SUMS") == b"of the first"


def test_one_list_with_its_toml(tmp_path: Path) -> None:
    address = (ROOT / "sources" / "laureats-session-1.txt").as_uri()
    with reached([address, tmp_path]) as (brought, here):
        assert brought.with_suffix(".toml").is_file()
        assert brought.parent.name == "sources"
        assert here == tmp_path
    assert not brought.exists()


def test_what_an_address_of_a_file_encodes(tmp_path: Path) -> None:
    """Path.as_uri() gives « file:///…/Liste%20%C3%A9t%C3%A9%20100%25.csv »."""
    path = tmp_path / "Liste été 100%.csv"
    path.write_text("a", "utf-8")
    with reached([path.as_uri()]) as (brought,):
        assert brought.name == path.name


def test_what_an_address_takes_is_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(MissingExtra, match="s3fs to access S3\\."), published_at("s3://b/o"):
        pass


def test_nobody_s_files_are_replaced() -> None:
    fsspec.filesystem("memory").pipe_file("/letters/dear.txt", b"Dear")
    with pytest.raises(UsageError) as caught, published_at("memory://letters"):
        raise AssertionError("nothing is made")
    assert caught.value.code == "output-not-ours"


@pytest.mark.parametrize(("address", "code"), [
    ("nowhere://x/y.csv", "address-unknown"), ("memory://nothing/here.csv", "no-such-file")])
def test_addresses_that_lead_nowhere(address: str, code: str) -> None:
    with pytest.raises(UsageError) as caught, reached([address]):
        pass
    assert caught.value.code == code
