"""The release as catalogues harvest it, three times: ``catalog.ttl`` (DCAT 3 as DCAT-AP 3
wants it, VoID, PROV, DQV), ``catalog.jsonld`` (schema.org, for search engines) and
``datapackage.json``. No clock: the same release gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from coopdec.catalogue import dcat, provenance, void
from coopdec.catalogue.about import About, about
from coopdec.catalogue.data_package import data_package
from coopdec.catalogue.schema_org import schema_org
from coopdec.formats import Entry, formats
from coopdec.model import Description
from coopdec.release import Release, ReleasedFile
from coopdec.terms import describe

__all__ = ["catalogue"]


def catalogue(release: Release, files: Sequence[ReleasedFile], aside: Sequence[ReleasedFile],
              folder: Path, objects: int | None) -> Mapping[str, str]:
    """File name → text. ``files`` are the distributions, ``aside`` what describes them; both
    stand in ``folder``. ``objects``: how many distinct ones the data have, None where they
    are too many to count."""
    known = about(release, files, aside, folder, objects)
    return {"catalog.ttl": _turtle(known), "catalog.jsonld": _json(schema_org(known)),
            "datapackage.json": _json(data_package(known))}


def _turtle(known: About) -> str:
    measured, measures = provenance.quality(known)
    entries = _once([
        dcat.catalogue(known),
        describe(known.dataset, [*dcat.dataset(known), *void.dataset(known), *measured]),
        *provenance.described(known),
        *dcat.described(known),
        *void.described(known),
        *measures,
    ])
    turtle, heading = formats()["ttl"], known.release.heading
    block = turtle.block(Entry(known.dataset, "dataset", entries), heading)
    return turtle.head(heading) + block.decode()


def _once(descriptions: Iterable[Description]) -> list[Description]:
    """One description a subject, in the order in which subjects are first described."""
    said: dict[str, dict[tuple[str, str], None]] = {}
    for description in descriptions:
        said.setdefault(description.subject, {}).update(dict.fromkeys(description.statements))
    return [Description(s, tuple(statements)) for s, statements in said.items()]


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
