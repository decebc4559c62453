"""Who made a run: our code, the reference, and the libraries that a run is made with."""

import importlib.metadata

import pytest

from coopdec.building import versions


def told(monkeypatch: pytest.MonkeyPatch, library: str, number: str | None) -> str:
    """What is told where this library has another version, or none."""
    known = importlib.metadata.version

    def version(name: str) -> str:
        if name != library:
            return known(name)
        if number is None:
            raise importlib.metadata.PackageNotFoundError(name)
        return number

    monkeypatch.setattr(versions, "version", version)
    return versions.this_coopdec.__wrapped__()


@pytest.mark.parametrize("library", ["rapidfuzz", "pyoxigraph", "pyshacl", "shacl"])
def test_another_version_of_a_library_is_another_maker(
        monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    ours = versions.this_coopdec()
    other = told(monkeypatch, library, "99.1")
    assert other != ours
    assert f"{library} 99.1" in other  # a message about a worker shows which


def test_a_worker_without_an_extra_is_another_maker(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "shacl -" in told(monkeypatch, "shacl", None)
