"""A source's ``.toml``: what its publisher says of the list, checked key by key."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from coopdec.errors import DataError, StorageError, UsageError
from coopdec.model import Finding, Position, Severity, Source
from coopdec.read.columns.roles import roles
from coopdec.read.profiles import profiles
from coopdec.read.values import is_code
from coopdec.spelling import close_matches, near_names

__all__ = ["KEYS", "digest_of", "find_lists", "load_source"]

_CALL = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _call(value: object) -> bool:
    return isinstance(value, str) and _CALL.fullmatch(value) is not None


def _day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _iri(value: object) -> bool:
    return isinstance(value, str) and _IRI.fullmatch(value) is not None


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(_text(v) for v in value)


def _columns(value: object) -> bool:
    return isinstance(value, dict) and all(_text(v) for v in value.values())


def _profile(value: object) -> bool:
    return value in profiles()


#: As a draft leaves what its reader has to say.
_UNFILLED = {"fr": "un texte entre les guillemets, qui sont encore vides",
             "en": "some text between the quotes, which are still empty"}
#: Key → (is the value right?, what is expected, in French and English).
KEYS: dict[str, tuple[Callable[[object], bool], dict[str, str]]] = {
    "title": (_text, {"fr": "un texte", "en": "a text"}),
    "publisher": (_text, {"fr": "un texte", "en": "a text"}),
    "call": (_call, {"fr": "un identifiant comme « generaliste-2020-2021 »",
                     "en": "an identifier such as “generaliste-2020-2021”"}),
    "call_title": (_text, {"fr": "un texte", "en": "a text"}),
    "session": (_count, {"fr": "un nombre entier", "en": "a whole number"}),
    "issued": (_day, {"fr": "une date sans guillemets, 2020-06-23",
                      "en": "a date without quotes, 2020-06-23"}),
    "licence": (_iri, {"fr": "une adresse http(s)", "en": "an http(s) address"}),
    "url": (_iri, {"fr": "une adresse http(s)", "en": "an http(s) address"}),
    "projects": (_count, {"fr": "un nombre entier", "en": "a whole number"}),
    "scheme": (_call, {"fr": "un identifiant comme « afd »", "en": "an identifier such as “afd”"}),
    "columns": (_columns, {"fr": "un tableau rôle = \"en-tête\"",
                           "en": "a table role = \"header\""}),
    "currency": (is_code, {"fr": "un code ISO 4217 comme « EUR »",
                           "en": "an ISO 4217 code such as “EUR”"}),
    "profile": (_profile, {"fr": f"l'un de : {', '.join(profiles())}",
                           "en": f"one of: {', '.join(profiles())}"}),
    "carry": (_texts, {"fr": "une liste de rôles", "en": "a list of roles"}),
}
_NEEDED = ("title", "publisher", "call")


def find_lists(path: Path) -> tuple[list[Path], list[Finding]]:
    """The list files that ``path`` means: a list, its ``.toml``, or a folder of them.

    A folder's lists are those that have a ``.toml``, and what has none is a finding; all files
    where none has. A ``.toml`` that is astray there is a finding and stops no other.

    Raises:
        UsageError: nothing there, or a ``.toml`` without its list.
    """
    if not path.exists():
        raise UsageError("no-such-file", path=str(path), near=near_names(path))
    if not path.is_dir():
        return [_list_of(path) if path.suffix == ".toml" else path], []
    tomls = sorted(path.glob("*.toml"))
    files = sorted(p for p in path.iterdir()
                   if p.is_file() and p.suffix != ".toml" and not p.name.startswith((".", "~$")))
    if not tomls:
        if not files:
            raise UsageError("no-source-in-folder", path=str(path))
        return files, []
    found, findings = set(), []
    for toml in tomls:
        try:
            found.add(_list_of(toml))
        except UsageError as error:
            findings.append(Finding(error.code, Severity.FATAL, Position(str(toml)), error.params))
    stems = {t.stem for t in tomls}
    findings += [Finding("list-without-toml", Severity.WARNING, Position(str(p)))
                 for p in files if p.stem not in stems]
    return sorted(found), findings


def _list_of(toml: Path) -> Path:
    others = sorted(p for p in toml.parent.glob(f"{toml.stem}.*") if p.suffix != ".toml")
    if not others:
        raise UsageError("toml-without-list", path=str(toml))
    if len(others) > 1:
        raise UsageError("toml-with-many-lists", path=str(toml), found=[p.name for p in others])
    return others[0]


def load_source(path: Path) -> Source:
    """The facts of the list at ``path``, from the ``.toml`` beside it if there is one.

    Raises:
        DataError: the ``.toml`` is wrong; carries every problem of it.
        StorageError: a file cannot be read.
    """
    digest = digest_of(path)
    name, shown = _printable(path.stem), _printable(str(path))
    toml = path.with_suffix(".toml")
    if not toml.exists():
        return Source(name, shown, sha256=digest)
    facts = _parse(toml)
    findings = _problems(facts, toml)
    if findings:
        raise DataError(findings)
    return Source(
        name, shown,
        title=facts["title"],
        publisher=facts["publisher"],
        call=facts["call"],
        call_title=facts.get("call_title", facts["call"]),
        session=facts.get("session"),
        issued=facts.get("issued"),
        licence=facts.get("licence"),
        url=facts.get("url"),
        projects=facts.get("projects"),
        scheme=facts.get("scheme"),
        columns=facts.get("columns", {}),
        profile=facts.get("profile"),
        carry=tuple(facts["carry"]) if "carry" in facts else None,
        currency=facts.get("currency"),
        sha256=digest,
    )


def _printable(name: str) -> str:
    """A file's name of other bytes than UTF-8 (an old archive's) has what no text may have."""
    return name.encode("utf-8", "replace").decode()


def digest_of(path: Path) -> str:
    """The SHA-256 of a file.

    Raises:
        StorageError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise StorageError("cannot-read", path=str(path), why=error.strerror or "") from error


def _parse(toml: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(toml.read_text("utf-8-sig"))
    except OSError as error:
        raise StorageError("cannot-read", path=str(toml), why=error.strerror or "") from error
    except UnicodeDecodeError as error:
        raise DataError([Finding("toml-not-utf8", Severity.FATAL, Position(str(toml)))]) from error
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        where = Position(str(toml), int(place[1]) if place else None)
        raise DataError(
            [Finding("toml-broken", Severity.FATAL, where, {"why": str(error)})]
        ) from error


def _problems(facts: dict[str, Any], toml: Path) -> list[Finding]:
    def line_of(key: str) -> Position:
        for number, text in enumerate(toml.read_text("utf-8-sig").splitlines(), 1):
            if re.match(rf"\s*\[?\s*[\"']?{re.escape(key)}\b", text):
                return Position(str(toml), number)
        return Position(str(toml))

    findings = []
    for key, value in facts.items():
        if key not in KEYS:
            near = close_matches(key, KEYS, 1) or sorted(KEYS)
            findings.append(Finding("toml-unknown-key", Severity.FATAL, line_of(key),
                                    {"key": key, "near": near}))
        elif not KEYS[key][0](value):
            findings.append(Finding("toml-bad-value", Severity.FATAL, line_of(key),
                                    {"key": key, "value": value,
                                     "expected": _UNFILLED if value == "" else KEYS[key][1]}))
    findings += [
        Finding("toml-unknown-role", Severity.FATAL, line_of(role),
                {"role": role, "near": close_matches(role, known, 1), "known": known})
        for known in [sorted(roles())]
        for key in ("columns", "carry") if key in facts and KEYS[key][0](facts[key])
        for role in facts[key] if role not in known
    ]
    findings += [
        Finding("toml-missing-key", Severity.FATAL, Position(str(toml)),
                {"key": key, "expected": KEYS[key][1]})
        for key in _NEEDED
        if key not in facts
    ]
    return findings
