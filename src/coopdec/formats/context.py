"""``context.jsonld`` and ``frame.jsonld``: the JSON-LD context as a file of its own, and a
frame that gathers each project with its leads, partners, countries, themes and rows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from coopdec.formats import Heading, WholeFormat
from coopdec.formats.jsonld import context

__all__ = ["FORMAT", "frame"]

_LD = "application/ld+json"


def frame(base: str) -> dict[str, Any]:
    """A JSON-LD 1.1 frame: one object a project, everything it refers to inside it."""
    inside = {"@embed": "@always", "@omitDefault": True}
    # What would lead on and on from there is only named.
    named = {"@embed": "@never", "@omitDefault": True}
    return {
        "@context": {"@base": base, **context()},
        "type": "Project",
        "@omitDefault": True,
        "lead": {**inside, "region": named},
        "partner": {**inside, "country": named, "within": named},
        "partnerCountry": inside,
        "region": {**inside, "region": named},
        "themeAssignment": {**inside, "goal": named, "target": named},
        "theme": inside,
        "call": inside,
        "session": {**inside, "call": named},
        "wasDerivedFrom": {**inside, "isPartOf": {**inside, "call": named, "session": named}},
    }


def _make(folder: Path, heading: Heading) -> Sequence[tuple[str, str]]:
    for name, what in (("context.jsonld", {"@context": context()}),
                       ("frame.jsonld", frame(heading.base))):
        text = json.dumps(what, ensure_ascii=False, indent=1) + "\n"
        (folder / name).write_text(text, "utf-8", newline="\n")
    return [("context.jsonld", _LD), ("frame.jsonld", _LD)]


FORMAT = WholeFormat("context", ".jsonld", _LD, make=_make, kept=True)
