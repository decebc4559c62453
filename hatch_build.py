"""Build hook: compiles the reference's tables into ``src/coopdec/reference/index.sqlite``.

Runs for wheels and for editable installs, with the standard library and our own pure
modules only. The index is not kept in git; where it is missing, coopdec compiles it on
first use into the user's cache.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_INDEX = "src/coopdec/reference/index.sqlite"


class ReferenceIndexHook(BuildHookInterface):  # type: ignore[type-arg,misc]
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """``version`` is ``standard`` or ``editable``."""
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        try:
            from coopdec.reference.compile import compile_index
            from coopdec.reference.store import is_current
        finally:
            sys.path.pop(0)
        index = root / _INDEX
        if not is_current(index):
            self.app.display_info("Compiling the reference (some twenty seconds)…")
            compile_index(root / "src/coopdec/reference", index)
        build_data["artifacts"].append(f"/{_INDEX}")
