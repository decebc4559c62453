"""Named queries: one ``.rq`` file is one question, with what it says of itself on top.

The leading comment holds TOML between ``# /// query`` and ``# ///``::

    # /// query
    # title.fr = "Projets menés avec un pays"
    # title.en = "Projects with a country"
    # description.fr = "…"
    # description.en = "…"
    # [parameters.country]
    # type = "country"
    # example = "Mali"
    # fr = "Pays partenaire…"
    # en = "Partner country…"
    # ///

A parameter stands in the query as ``$country``; one of words, as six patterns ``$words1``
to ``$words6`` that must all match. ``$lang`` (``"fr"`` or ``"en"``) is
there for every query and is not declared. Neither is ``$most``: a sub-select that ends with
``ORDER BY … LIMIT $most``, in the order of the rows, chooses what the first rows speak of where
only those are asked for.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from coopdec.dataset.binding import bind, parameters_of
from coopdec.dataset.parameters import TYPES, Parameter, collectivity_keys
from coopdec.dataset.tokens import form_of, services, variables
from coopdec.errors import StorageError, UnknownName, UsageError
from coopdec.messages import LANGS, Lang
from coopdec.spelling import close_matches, near_names
from coopdec.terms import text

__all__ = ["LEADS", "NamedQuery", "find", "hidden", "load", "parse", "queries"]

_BLOCK = re.compile(r"\A\ufeff?\s*# /// query[ \t]*\r?\n((?:#[^\n]*\n)*?)# ///[ \t]*(?:\r?\n|\Z)")
_PART = re.compile(r"\s*ORDER BY [?\w()]+(?: [?\w()]+)* LIMIT \$most")
_PARAMETER = re.compile(r"[a-z][a-z0-9_]*")
_MAX_FILE = 1_000_000
#: The names ``?n`` of all leads in the data.
LEADS = "SELECT DISTINCT ?n { ?p cd:lead ?l . ?l rdfs:label ?n } ORDER BY ?n"


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """``sparql`` is what stands below the metadata, with ``$name`` for parameters;
    ``title`` and ``description`` are by language, empty for a file without metadata."""

    name: str
    sparql: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    parameters: tuple[Parameter, ...] = ()

    @property
    def federated(self) -> bool:
        """Whether it asks another endpoint (``SERVICE``)."""
        return bool(services(self.sparql))

    def bound(self, values: Mapping[str, object] | None = None, lang: Lang = "fr", *,
              most: int | None = None) -> str:
        """The query with its parameters in place, ready for any endpoint; ``most`` as for
        :meth:`filled`.

        Raises:
            UnknownName: a country, region, theme… that nobody knows.
            UsageError: a parameter that is missing, unknown or not of its type.
        """
        terms, problems = self.terms(values or {})
        if problems:
            raise problems[0]
        return self.filled(terms, lang, most=most)

    def filled(self, terms: Mapping[str, str], lang: Lang, *, most: int | None = None) -> str:
        """The query with what :meth:`terms` made of its parameters. ``most``: how many rows
        are needed; a query that can looks no further, and may still give more."""
        terms = dict(terms)
        if "lang" in parameters_of(self.sparql):
            terms["lang"] = text(lang)
        sparql = self.sparql
        if self.in_parts and most is None:
            sparql = _PART.sub("", sparql)
        elif self.in_parts:
            terms["most"] = str(most)
        return bind(sparql, terms)

    @property
    def in_parts(self) -> bool:
        """Whether its first rows can be had without the others."""
        return (_PART.search(self.sparql) is not None
                and not any(p.name == "most" for p in self.parameters))

    def terms(self, values: Mapping[str, object]) -> tuple[dict[str, str], list[UsageError]]:
        """Each parameter as an encoded term, and everything for which :meth:`bound` would
        refuse these values."""
        given = {k: v for k, v in values.items() if v is not None}
        known = {p.name: p for p in self.parameters}
        problems: list[UsageError] = [
            UnknownName("query-no-such-parameter", close_matches(name, known),
                        name=name, known=sorted(known) or ["—"])
            for name in given if name not in known]
        terms: dict[str, str] = {}
        for name, parameter in known.items():
            if name in given or parameter.type != "term":  # a free variable stays one
                try:
                    terms |= parameter.terms(str(given[name]) if name in given else None)
                except UsageError as error:
                    problems.append(error)
        return terms, problems

    def asks_for(self, values: Mapping[str, object], kind: str) -> bool:
        """Whether a value was given for a parameter of this type."""
        return any(p.type == kind and values.get(p.name) is not None for p in self.parameters)

    def refuse_unknown(self, values: Mapping[str, object], leads: Sequence[str]) -> None:
        """Where a query found nothing: a collectivity's name that is not among the ``leads``
        of the data (what :data:`LEADS` finds) was perhaps misspelt.

        Raises:
            UnknownName: with names that are near.
        """
        for parameter in self.parameters:
            value = values.get(parameter.name)
            if parameter.type != "collectivity" or not isinstance(value, str):
                continue
            near = [n for n in leads if value.casefold() in n.casefold()]
            near = list(dict.fromkeys([*near, *close_matches(value, leads)]))[:5]
            if near or not collectivity_keys(value):
                raise UnknownName("query-unknown-collectivity", near, name=value)

    def asked(self, values: Mapping[str, object]) -> dict[str, str]:
        """The values as given, defaults filled in, for showing."""
        return {p.name: str(v) for p in self.parameters
                if (v := values.get(p.name, p.default)) is not None}


@cache
def _names() -> tuple[str, ...]:
    found = files("coopdec").joinpath("queries").iterdir()
    return tuple(sorted(f.name.removesuffix(".rq") for f in found if f.name.endswith(".rq")))


@cache
def _one(name: str) -> NamedQuery:
    source = files("coopdec").joinpath("queries", f"{name}.rq").read_text("utf-8")
    return parse(source, name)


def _shipped() -> Mapping[str, NamedQuery]:
    return {name: _one(name) for name in _names()}


@cache
def queries() -> Mapping[str, NamedQuery]:
    """The named queries that come with coopdec, by name."""
    return {name: q for name, q in _shipped().items() if not name.startswith("_")}


def hidden(name: str) -> NamedQuery:
    """A query that only coopdec itself asks (``queries/_name.rq``)."""
    return _one(f"_{name}")


def find(name: str) -> NamedQuery:
    """
    Raises:
        UnknownName: no such query; carries near names.
    """
    known = [n for n in _names() if not n.startswith("_")]
    if name not in known:
        near = close_matches(name, known)
        words = [k for k in known if any(w in k for w in name.lower().split("-") if len(w) > 3)]
        raise UnknownName("query-unknown-name", list(dict.fromkeys([*near, *words]))[:4],
                          name=name)
    return _one(name)


def load(path: Path) -> NamedQuery:
    """A query of one's own, with or without metadata.

    Raises:
        StorageError: the file cannot be read.
        UsageError: there is none, it is not text, or its metadata are wrong.
    """
    try:
        if path.stat().st_size > _MAX_FILE:
            raise UsageError("query-too-long", limit=_MAX_FILE)
        sparql = path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise UsageError("no-such-file", path=str(path), near=near_names(path)) from error
    except OSError as error:
        raise StorageError("cannot-read", path=str(path), why=error.strerror or "") from error
    except UnicodeDecodeError as error:
        raise UsageError("query-not-text", path=str(path)) from error
    return parse(sparql, str(path), strict=False)


def parse(source: str, name: str, *, strict: bool = True) -> NamedQuery:
    """Take a file apart. Without metadata, every ``$variable`` is a parameter whose value
    is written as a term (``strict``: metadata are required, and all of it is checked).

    Raises:
        UsageError: the metadata are missing, wrong, or do not fit the query.
    """
    block = _BLOCK.match(source)
    if block is None:
        if strict:
            raise UsageError("query-metadata", name=name, why="# /// query … # ///")
        return _bare(source, name)
    lines = [re.sub(r"\A# ?", "", line) for line in block.group(1).splitlines()]
    try:
        said = tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError as error:
        raise UsageError("query-metadata", name=name, why=str(error)) from error
    sparql = source[block.end():].strip() + "\n"
    parameters = tuple(_parameter(n, p, name) for n, p in said.pop("parameters", {}).items())
    query = NamedQuery(name, sparql, _both(said.pop("title", None), "title", name),
                       _both(said.pop("description", None), "description", name), parameters)
    _check(query, said)
    return query


def _bare(sparql: str, name: str) -> NamedQuery:
    words: dict[str, str] = dict.fromkeys(LANGS, "")
    found = sorted(parameters_of(sparql) - {"lang"})
    help_ = {"fr": "terme : <IRI>, \"texte\"@fr, nombre ou texte",
             "en": "term: <IRI>, \"text\"@fr, number or text"}
    return NamedQuery(name, sparql, words, words,
                      tuple(Parameter(v, "term", help_, "…", optional=True) for v in found))


def _both(said: Any, key: str, name: str) -> Mapping[str, str]:
    if not isinstance(said, dict) or set(said) != set(LANGS) or not all(
            isinstance(v, str) and v.strip() for v in said.values()):
        raise UsageError("query-metadata", name=name, why=f"{key}.fr, {key}.en")
    return said


def _parameter(own: str, said: Any, name: str) -> Parameter:
    where = f"parameters.{own}"
    if not isinstance(said, dict) or not _PARAMETER.fullmatch(own):
        raise UsageError("query-metadata", name=name, why=where)
    said = dict(said)
    kind, example = said.pop("type", None), said.pop("example", None)
    if kind not in TYPES:
        raise UsageError("query-metadata", name=name, why=f"{where}.type: {', '.join(TYPES)}")
    if example is None:
        raise UsageError("query-metadata", name=name, why=f"{where}.example")
    default = said.pop("default", None)
    words = _both({k: said.pop(k, None) for k in LANGS}, where, name)
    parameter = Parameter(
        own, kind, words, str(example), None if default is None else str(default),
        bool(said.pop("optional", False)), tuple(said.pop("choices", ())))
    if said:
        raise UsageError("query-metadata", name=name, why=f"{where}.{next(iter(said))} ?")
    return parameter


def _check(query: NamedQuery, unread: Mapping[str, Any]) -> None:
    """What is written must be used, what is used must be written."""
    wrong = [f"{key} ?" for key in unread]
    found = variables(query.sparql)
    declared = {v for p in query.parameters for v in p.variables}
    wrong += [f"${n}: not declared" for n in sorted(found["$"] - declared - {"lang", "most"})]
    wrong += [f"${n}: not used" for n in sorted(declared - found["$"])]
    wrong += [f"${n} and ?{n}" for n in sorted(found["$"] & found["?"])]
    if "most" in found["$"] - declared and not query.in_parts:
        wrong.append("$most: { … ORDER BY … LIMIT $most }")
    if form_of(query.sparql) is None:
        wrong.append("SELECT | ASK | CONSTRUCT | DESCRIBE")
    if wrong:
        raise UsageError("query-metadata", name=query.name, why="; ".join(wrong))
