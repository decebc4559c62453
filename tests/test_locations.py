"""Lists from, and releases to, any address that fsspec knows."""

from __future__ import annotations

from pathlib import Path

import fsspec
import pytest

from coopdec.errors import UsageError
from coopdec.locations import published_at, reached
from coopdec.pipeline import Summary, build

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


def test_one_list_with_its_toml(tmp_path: Path) -> None:
    address = (ROOT / "sources" / "laureats-session-1.txt").as_uri()
    with reached([address, tmp_path]) as (brought, here):
        assert brought.with_suffix(".toml").is_file()
        assert brought.parent.name == "sources"
        assert here == tmp_path
    assert not brought.exists()


def test_nobody_s_files_are_replaced() -> None:
    fsspec.filesystem("memory").pipe_file("/letters/dear.txt", b"Dear")
    with pytest.raises(UsageError) as caught, published_at("memory://letters"):
        raise AssertionError("nothing is made")
    assert caught.value.code == "output-not-ours"


@pytest.mark.parametrize(("address", "code"), [
    ("nowhere://x/y.csv", "address-unknown"), ("memory://nothing/here.csv", "no-such-source")])
def test_addresses_that_lead_nowhere(address: str, code: str) -> None:
    with pytest.raises(UsageError) as caught, reached([address]):
        pass
    assert caught.value.code == code
