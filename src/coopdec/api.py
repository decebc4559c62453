"""The Python API: what ``from coopdec import …`` gives, beside :class:`coopdec.Dataset`.

Each function takes what people have at hand (paths and names as text) and gives the
values of :mod:`coopdec.model` and of the stages. ``docs/python.md`` shows them at work.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from coopdec.dataset import Dataset
from coopdec.errors import UsageError
from coopdec.explain import Explanation
from coopdec.explain import explain as _explain
from coopdec.messages import Lang
from coopdec.model import Resolution, Theme
from coopdec.vocab import BASE

if TYPE_CHECKING:
    from coopdec.changes import Changes
    from coopdec.check import Report
    from coopdec.pipeline import Summary
    from coopdec.read import Reading

__all__ = ["build", "check", "diff", "explain", "read", "resolve", "themes"]

Pathlike = str | Path


def build(
    sources: Pathlike | Iterable[Pathlike] = "sources",
    output: Pathlike = "output",
    *,
    base_iri: str = BASE,
    formats: Sequence[str] = (),
    release: str | None = None,
    previous: Pathlike | None = None,
    decisions: Pathlike | None = None,
) -> Summary:
    """Make a release: read the lists, link, theme, describe, check, write.

    ``sources``: a list, its ``.toml``, a folder of them, or several of these.
    ``previous``: the release before this one; ``CHANGES.md`` then tells what changed.
    ``decisions``: the folder of what people decided; ``decisions/`` unless given. The
    release in ``output`` changes all at once or not at all.

    Raises:
        DataError: the lists have fatal findings; carries all of them.
        UsageError, StorageError: see :mod:`coopdec.errors`.
    """
    from coopdec.paths import decisions_folder
    from coopdec.pipeline import Options
    from coopdec.pipeline import build as run

    given = [sources] if isinstance(sources, str | Path) else list(sources)
    options = Options(base=base_iri, formats=tuple(formats), release=release,
                      previous=previous)
    return run([Path(s) for s in given], Path(output), options,
               decisions=decisions_folder(decisions))


def read(path: Pathlike) -> Reading:
    """Open a list (or its ``.toml``): iterate over it for its rows
    (:class:`coopdec.model.Row`); then its ``findings`` are complete.

    Raises:
        UsageError: no such file, or a ``.toml`` without its list.
        DataError: the document cannot be read at all.
        StorageError: the file cannot be opened.
    """
    from coopdec.read import find_lists
    from coopdec.read import read as run

    given = Path(path)
    lists = [given] if given.is_dir() else find_lists(given)[0]
    return run(lists[0])


def resolve(
    name: str,
    *,
    country: str | None = None,
    kind: str | None = None,
    region: str | None = None,
    side: Literal["fr", "partner"] | None = None,
) -> Resolution:
    """Candidates for a name, best first; ``chosen`` if one is certain enough to publish.

    ``country``: ISO code or name. ``kind``: one of :class:`coopdec.model.Kind` or a
    printed type word (« cercle »). ``side``: told from the country unless given.

    Raises:
        UnknownName: a country, kind or side that nobody knows.
    """
    from coopdec.reference import gazetteer
    from coopdec.resolve import resolve as run
    from coopdec.resolve.worded import worded

    places = gazetteer()
    query, unknown = worded(name, places, country=country or "", kind=kind or "",
                            region=region or "", side=side or "")
    for error in unknown.values():
        raise error
    return run(query, places)


def themes(title: str, names: Sequence[str] = ()) -> list[Theme]:
    """The Sustainable Development Goals and targets that a title states, with the words
    that state them. ``names`` (of leads and partners) are not read as themes."""
    from coopdec.classify import classify

    return list(classify(title, names))


def check(data: Any, shapes: Pathlike | None = None, *,
          engine: Literal["auto", "pyshacl", "fast"] = "auto") -> Report:
    """Check RDF with SHACL: a file or folder, Turtle as ``str``, N-Triples as ``bytes``, an
    rdflib graph, or a :class:`coopdec.Dataset`.

    Raises:
        DataError: data that does not parse.
        UsageError: shapes that are wrong.
    """
    from coopdec.check import check as run
    from coopdec.media import rdf_suffix

    if isinstance(data, Dataset):
        data = data.triples("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    elif isinstance(data, str) and "\n" not in data and len(data) < 4096 and (
            rdf_suffix(data) or os.path.exists(data)):  # noqa: PTH110 - too long is not there
        data = Path(data)
    return run(data, Path(shapes) if shapes is not None else None, engine=engine)


def diff(old: Pathlike, new: Pathlike = "output") -> Changes:
    """What changed from one release to another: folders, dumps in any form of RDF, or
    ``git:REVISION[:FOLDER]``. The result is true where something changed; it has
    ``added``, ``removed``, ``changed`` (field by field), ``.text("fr")``,
    ``.markdown("en")`` and ``.as_dict()``.

    Raises:
        UsageError: nothing is there, or it is no form of RDF.
        DataError: it does not parse.
        StorageError: it cannot be read.
    """
    from coopdec.changes import changes

    return changes(old, new)


def explain(project: str, data: Dataset | Pathlike = "output", *,
            lang: Lang = "fr") -> Explanation:
    """Where each fact of a project was printed, and why each of its links and themes.

    ``project``: IRI, identifier, or words of the title.

    Raises:
        UnknownName: no project, or several, answer to this; carries them.
    """
    if lang not in ("fr", "en"):
        raise UsageError("query-bad-lang", value=lang)
    if isinstance(data, Dataset):
        return _explain(data, project, lang)
    with Dataset(data) as opened:
        return _explain(opened, project, lang)
