"""French decentralised-cooperation lists as checked, linked open data.

>>> import coopdec
>>> coopdec.themes("Accès à l'eau potable")[0].goal
6

Names are loaded when they are first used, so that ``import coopdec`` stays light.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from coopdec.api import build as build
    from coopdec.api import check as check
    from coopdec.api import diff as diff
    from coopdec.api import explain as explain
    from coopdec.api import read as read
    from coopdec.api import resolve as resolve
    from coopdec.api import themes as themes
    from coopdec.dataset import Dataset as Dataset
    from coopdec.dataset import Rows as Rows
    from coopdec.dataset import queries as queries
    from coopdec.errors import CoopdecError as CoopdecError

__all__ = [
    "CoopdecError",
    "Dataset",
    "Rows",
    "__version__",
    "build",
    "check",
    "diff",
    "explain",
    "queries",
    "read",
    "resolve",
    "themes",
]

_HOME = {
    "CoopdecError": "coopdec.errors",
    "Dataset": "coopdec.dataset",
    "Rows": "coopdec.dataset",
    "build": "coopdec.api",
    "check": "coopdec.api",
    "diff": "coopdec.api",
    "explain": "coopdec.api",
    "queries": "coopdec.dataset",
    "read": "coopdec.api",
    "resolve": "coopdec.api",
    "themes": "coopdec.api",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'coopdec' has no attribute {name!r}")
    found = getattr(import_module(_HOME[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)


class _Package(ModuleType):
    """``read``, ``resolve``, ``check`` and ``explain`` name a function here and a module
    as well: importing ``coopdec.read`` does not put the module in the function's place.
    (``from coopdec.read import …`` finds the module all the same.)"""

    def __setattr__(self, name: str, value: object) -> None:
        if name in _HOME and isinstance(value, ModuleType):
            return
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
