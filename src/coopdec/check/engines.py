"""The engines: pySHACL, the reference, and an optional fast one. One contract.

An engine takes data and shapes as N-Triples and gives raw results; the order is ours, so
that two engines can be compared with ``==``.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Literal, Protocol

from coopdec.check.result import Raw
from coopdec.errors import MissingExtra, UnknownName
from coopdec.spelling import close_matches

__all__ = ["ENGINES", "Engine", "EngineName", "fast_available", "get_engine"]

EngineName = Literal["pyshacl", "fast", "auto"]
ENGINES: tuple[EngineName, ...] = ("auto", "pyshacl", "fast")


class Engine(Protocol):
    """``validate`` raises UsageError where the shapes cannot be used."""

    name: str

    def validate(self, data: bytes, shapes: bytes) -> list[Raw]: ...


def fast_available() -> bool:
    """Whether ``coopdec[fast]`` is installed."""
    return find_spec("shacl") is not None


def get_engine(name: str) -> Engine:
    """The engine of that name, imported only now."""
    if name == "pyshacl":
        from coopdec.check.pyshacl_engine import PyshaclEngine

        return PyshaclEngine()
    if name == "fast":
        if not fast_available():
            raise MissingExtra("check-no-fast-engine", extra="fast", need="check --engine fast")
        from coopdec.check.fast_engine import FastEngine

        return FastEngine()
    raise UnknownName("check-unknown-engine", close_matches(name, ENGINES), name=name,
                      known=list(ENGINES))
