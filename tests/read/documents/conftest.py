"""LibreOffice, run once for each conversion that the tests ask for."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from .writers import Published, published, write_docx, write_xlsx

Convert = Callable[[list[Path], str], list[Path]]


@pytest.fixture(scope="session")
def lists_as_printed() -> dict[int, Published]:
    return {1: published(1), 2: published(2)}


@pytest.fixture(scope="session")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """``convert(files, "pdf")`` → the files that LibreOffice made of them, in order."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed (Debian: libreoffice-writer, libreoffice-calc)")
    profile = tmp_path_factory.mktemp("profile")

    def run(files: list[Path], suffix: str) -> list[Path]:
        folder = tmp_path_factory.mktemp(suffix)
        command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless",
                   "--convert-to", suffix, "--outdir", str(folder), *map(str, files)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return [folder / f"{file.stem}.{suffix}" for file in files]

    return run


@pytest.fixture(scope="session")
def workbooks(
    tmp_path_factory: pytest.TempPathFactory, lists_as_printed: dict[int, Published]
) -> list[Path]:
    folder = tmp_path_factory.mktemp("xlsx")
    for session, data in lists_as_printed.items():
        write_xlsx(data, folder / f"session-{session}.xlsx")
    return sorted(folder.iterdir())


@pytest.fixture(scope="session")
def texts(
    tmp_path_factory: pytest.TempPathFactory, lists_as_printed: dict[int, Published]
) -> list[Path]:
    """Word texts in several layouts; the session's number stands in the name."""
    folder = tmp_path_factory.mktemp("docx")
    for session, data in lists_as_printed.items():
        write_docx(data, folder / f"ruled-{session}.docx")
        write_docx(data, folder / f"plain-{session}.docx", ruled=False)
        write_docx(data, folder / f"merged-{session}.docx", merged=True)
        write_docx(data, folder / f"landscape-{session}.docx", landscape=True)
    return sorted(folder.iterdir())
