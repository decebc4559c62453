"""Correct data to put faults into: projects like the shapes' passing example."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from coopdec.check.load import ntriples

EXAMPLES = Path(__file__).parents[1] / "shapes"
HEX = "0123456789abcdef"
Correct = Callable[[int], str]


def read(path: Path) -> str:
    return ntriples(path.read_bytes(), path).decode()


@pytest.fixture(scope="session")
def correct() -> Correct:
    """``correct(n)``: N-Triples of n projects and what they share. Project i is called
    « Projet i … », has the identifier i in 16 hexadecimals and stands on line 10 + i."""
    project = read(EXAMPLES / "project" / "pass-projet.ttl")
    shared = read(EXAMPLES / "context.ttl")

    def make(n: int) -> str:
        parts = []
        for i in range(n):
            text = project.replace(HEX, f"{i:016x}").replace('"14"', f'"{10 + i}"')
            parts.append(text.replace("Accès à l'eau potable", f"Projet {i} : eau potable"))
        return "".join(parts) + shared

    return make
