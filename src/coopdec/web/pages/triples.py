"""N-Triples of one resource, read into values that pages show.

Characters that HTML cannot hold (controls, lone surrogates) are left out here, once, so
that no template has to think of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["Block", "Term", "clean", "parse", "split"]

# https://html.spec.whatwg.org/multipage/parsing.html#preprocessing-the-input-stream:
# controls other than white space, and noncharacters, are parse errors.
_BAD = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_SHORT = {"t": "\t", "b": "", "n": "\n", "r": "\n", "f": " ", '"': '"', "'": "'", "\\": "\\"}
_LINE = re.compile(
    r'<([^>]*)> <([^>]*)> (?:<([^>]*)>|"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?) ?\.')


def clean(text: str) -> str:
    """Without what HTML cannot hold.

    >>> clean("a\\x00b")
    'ab'
    """
    if text.isprintable():
        return text
    return _BAD.sub("", text)


@dataclass(frozen=True, slots=True)
class Term:
    """``iri`` or a literal's ``text`` with its language or datatype."""

    text: str
    iri: bool = False
    lang: str = ""
    datatype: str = ""


#: Subject → predicate → objects, in the order they stand.
Block = dict[str, dict[str, list[Term]]]


@lru_cache(maxsize=1 << 15)
def _resource(iri: str) -> Term:
    return Term(_unescaped(iri) if "\\" in iri else iri, iri=True)


def parse(data: bytes) -> Block:
    """Every statement of ``data`` (N-Triples)."""
    found: Block = {}
    for subject, predicate, term in statements(data.decode("utf-8", "replace")):
        found.setdefault(subject, {}).setdefault(predicate, []).append(term)
    return found


def statements(text: str) -> Iterator[tuple[str, str, Term]]:
    for match in _LINE.finditer(text):
        subject, predicate, iri, literal, lang, datatype = match.groups()
        if iri is not None:
            yield subject, predicate, _resource(iri)
        else:
            value = _unescaped(literal) if "\\" in literal else clean(literal)
            yield subject, predicate, Term(value, False, lang or "", datatype or "")


def _unescaped(text: str) -> str:
    return clean(_ESCAPE.sub(_character, text))


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code is None:
        return _SHORT.get(match[3], match[3])
    number = int(code, 16)
    return chr(number) if number < 0x110000 else ""


def split(iri: str) -> tuple[str, str]:
    """A document's IRI and the fragment, without ``#``.

    >>> split("https://e.org/a#b")
    ('https://e.org/a', 'b')
    """
    document, _, fragment = iri.partition("#")
    return document, fragment
