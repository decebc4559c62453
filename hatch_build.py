"""Build hook: compiles the reference's tables into ``src/coopdec/reference/index.sqlite``,
and for a wheel or source distribution builds the SPARQL editor into
``src/coopdec/web/static/yasgui/``.

Standard library and our own pure modules only. Neither is kept in git. Where the index is
missing, coopdec compiles it on first use into the user's cache; where the editor is, a
plain form stands in its place. An editable install does not build the editor, which needs
npm and the network: ``make editor`` does.
"""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_INDEX = "src/coopdec/reference/index.sqlite"
_EDITOR = "src/coopdec/web/editor/build.py"
_BUILT = "src/coopdec/web/static/yasgui"


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
        if version != "editable":
            self._build_editor(root)
        if (root / _BUILT).is_dir():
            build_data["artifacts"].append(f"/{_BUILT}/*")

    def _build_editor(self, root: Path) -> None:
        spec = spec_from_file_location("coopdec_editor_build", root / _EDITOR)
        assert spec is not None
        assert spec.loader is not None
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        if not module.is_current():
            self.app.display_info("Building the SPARQL editor…")
        missing = module.build()
        if missing is not None:
            self.app.display_warning(f"Without the SPARQL editor: {missing}")
