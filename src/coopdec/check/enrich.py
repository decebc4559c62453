"""Raw results → results that a person can act on: the shape's words, the source's place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from coopdec.check.places import Places
from coopdec.check.result import SH, Level, Raw, Result
from coopdec.check.shapes import Shape, Shapes
from coopdec.check.words import found

__all__ = ["enrich", "level_of"]

_LEVELS = {SH + "Warning": Level.WARNING, SH + "Info": Level.INFO}


def level_of(severity: str) -> Level:
    """A severity of one's own is not known to be harmless: it counts as a violation."""
    return _LEVELS.get(severity, Level.VIOLATION)


def enrich(raws: Iterable[Raw], shapes: Shapes, places: Places) -> list[Result]:
    """Sorted results. ``places`` has read the data that they are about."""
    return sorted((_result(raw, shapes, places) for raw in raws), key=lambda r: r.key)


def _result(raw: Raw, shapes: Shapes, places: Places) -> Result:
    shape = shapes.by_iri.get(raw.shape)
    said: Sequence[Shape] = [
        s for s in (shapes.by_iri.get(raw.constraint), shape) if s is not None]
    # The shape's own path tells more than an engine's: a path that is not one property
    # has no name in a report.
    path = raw.path or (shape.path if shape else "")
    place = places.place(raw.focus, path)
    return Result(
        focus=raw.focus, path=path, value=raw.value, component=raw.component,
        constraint=raw.constraint, shape=raw.shape, level=level_of(raw.severity),
        name=_first(said, "name"), group=_first(said, "group"),
        expected=_first(said, "message"), advice=_first(said, "advice"),
        found=found(raw.component, raw.value, shape),
        label=place.label, project=place.project, title=place.title, session=place.session,
        where=place.where, others=place.others)


def _first(said: Sequence[Shape], name: str) -> tuple[str, str]:
    """The constraint's words, else those of the shape that it stands on."""
    for shape in said:
        pair: tuple[str, str] = getattr(shape, name)
        if any(pair):
            return pair
    return "", ""
