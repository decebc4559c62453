"""What people read, in French and English, by code. The words stand in the ``.toml`` files
beside this module, one for each part of the work; a new file is found by itself.

A message says what is the matter (``fr``, ``en``) and, where someone can act, what to
do (``do_fr``, ``do_en``); all are ``str.format`` templates over the same parameters.
Tests prove that every code in use has one, that none is unused, and that both
languages fill the same parameters.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:  # every command names Lang: what it does not need must not be loaded with it
    from coopdec.model import Finding, Position

__all__ = ["LANGS", "Lang", "advice", "messages", "name", "place", "render", "sentence"]

Lang = Literal["fr", "en"]
LANGS: tuple[Lang, ...] = ("fr", "en")


@cache
def messages() -> Mapping[str, Mapping[str, str]]:
    """Code → ``{"fr": …, "en": …, "do_fr": …, "do_en": …}``; the ``do_`` keys are optional."""
    import tomllib

    found: dict[str, Mapping[str, str]] = {}
    for file in Path(__file__).parent.glob("*.toml"):
        words = tomllib.loads(file.read_text("utf-8"))
        twice = words.keys() & found.keys()
        assert not twice, f"{file.name}: {sorted(twice)}"
        found |= words
    return found


def render(code: str, params: Mapping[str, Any], lang: Lang) -> str:
    """What is the matter, in one sentence or two, without the place and the advice."""
    return messages()[code][lang].format_map(_readable(params, lang))


def advice(code: str, params: Mapping[str, Any], lang: Lang) -> str:
    """What to do about it; empty where nobody can act."""
    return messages()[code].get(f"do_{lang}", "").format_map(_readable(params, lang))


def name(code: str, lang: Lang) -> str:
    """A heading for all findings of this code; the code itself where none was given."""
    return messages()[code].get(f"name_{lang}", code)


def place(where: Position | None, lang: Lang) -> str:
    """« sources/x.txt, ligne 14, colonne « Partenaire » »; empty for None."""
    if where is None:
        return ""
    words = {
        "fr": ("page {}", "feuille « {} »", "ligne {}", "lignes {} à {}", "colonne « {} »"),
        "en": ("page {}", "sheet “{}”", "line {}", "lines {} to {}", "column “{}”"),
    }[lang]
    parts = [where.document]
    if where.sheet is not None:
        parts.append(words[1].format(where.sheet))
    if where.page is not None:
        parts.append(words[0].format(where.page))
    if where.line is not None:
        if where.last_line is not None and where.last_line != where.line:
            parts.append(words[3].format(where.line, where.last_line))
        else:
            parts.append(words[2].format(where.line))
    if where.column is not None:
        parts.append(words[4].format(where.column))
    return ", ".join(parts)


def sentence(finding: Finding, lang: Lang) -> str:
    """One readable line: place, what is the matter, what to do."""
    head = place(finding.where, lang)
    body = render(finding.code, finding.params, lang)
    do = advice(finding.code, finding.params, lang)
    colon = " : " if lang == "fr" else ": "
    return (head + colon if head else "") + body + (" " + do if do else "")


def _readable(params: Mapping[str, Any], lang: Lang) -> Mapping[str, Any]:
    """Lists become « a, b, c »; a ``{"fr": …, "en": …}`` value becomes its language."""
    return {key: value if type(value) in _PLAIN else _words(value, lang)
            for key, value in params.items()}


_PLAIN = (str, int)


def _words(value: Any, lang: Lang) -> Any:
    if isinstance(value, Mapping):
        value = value.get(lang, value)
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
