"""Candidates in the form of the specification."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coopdec.messages import Lang
from coopdec.web.reconcile.candidates import Found, candidates
from coopdec.web.reconcile.entities import as_json
from coopdec.web.reconcile.own import Own
from coopdec.web.reconcile.queries import Asked
from coopdec.web.reconcile.types import as_json as type_json

__all__ = ["answers"]


def answers(batch: Mapping[str, Asked], own: Own, base: str, lang: Lang) -> dict[str, Any]:
    """Each query by itself; equal ones are worked out once."""
    done: dict[str, Any] = {}
    result = {}
    for key, asked in batch.items():
        same = repr(asked)
        if same not in done:
            done[same] = {"result": [_candidate(f, own, lang)
                                     for f in candidates(asked, own, base)]}
        result[key] = done[same]
    return result


def _candidate(found: Found, own: Own, lang: Lang) -> dict[str, Any]:
    return {
        **as_json(found.known, own.places, lang),
        "type": [type_json(t, lang, broader=False) for t in found.known.types],
        "score": found.score,
        "match": found.match,
        "features": [{"id": name, "value": value} for name, value in found.features.items()],
    }
