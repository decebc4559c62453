"""What people read, in French and English, by code. The words stand in the ``.toml`` files
beside this module, one for each part of the work; a new file is found by itself.

A message says what is the matter (``fr``, ``en``), which names are near where some are
(``near_fr``, ``near_en``, of the parameter ``near``) and, where someone can act, what to
do (``do_fr``, ``do_en``); all are ``str.format`` templates over the same parameters; a
:class:`Count` takes the word that goes with it: ``{n:projet|projets}``.
Tests prove that every code in use has one, that none is unused, and that both
languages fill the same parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

if TYPE_CHECKING:  # every command names Lang: what it does not need must not be loaded with it
    from coopdec.model import Finding, Position

__all__ = ["LANGS", "Count", "Lang", "advice", "begun", "messages", "name", "number", "place",
           "places", "render", "sentence", "single"]

Lang = Literal["fr", "en"]
LANGS: tuple[Lang, ...] = ("fr", "en")
#: So many characters of what a message cites.
_LONGEST = 1000


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
    words = messages()[code]
    near = words.get(f"near_{lang}") if params.get("near") else None
    return (f"{words[lang]} {near}" if near else words[lang]).format_map(_readable(params, lang))


def advice(code: str, params: Mapping[str, Any], lang: Lang) -> str:
    """What to do about it; empty where nobody can act."""
    return messages()[code].get(f"do_{lang}", "").format_map(_readable(params, lang))


def name(code: str, lang: Lang) -> str:
    """A heading for all findings of this code; the code itself where none was given."""
    return messages()[code].get(f"name_{lang}", code)


def place(where: Position | None, lang: Lang, lines: Sequence[int] = ()) -> str:
    """« sources/x.txt, ligne 14, colonne « Partenaire » »; empty for None. ``lines``: several,
    in place of its own."""
    if where is None:
        return ""
    words = {
        "fr": ("page {}", "feuille « {} »", "ligne {}", "lignes {} à {}", "colonne « {} »",
               "lignes {}"),
        "en": ("page {}", "sheet “{}”", "line {}", "lines {} to {}", "column “{}”", "lines {}"),
    }[lang]
    parts = [where.document]
    if where.sheet is not None:
        parts.append(words[1].format(where.sheet))
    if where.page is not None:
        parts.append(words[0].format(where.page))
    if lines:
        parts.append(words[5].format(", ".join(map(str, lines))))
    elif where.line is not None:
        if where.last_line is not None and where.last_line != where.line:
            parts.append(words[3].format(where.line, where.last_line))
        else:
            parts.append(words[2].format(where.line))
    if where.column is not None:
        parts.append(words[4].format(begun(where.column, _LONGEST)))
    return ", ".join(parts)


def places(found: Sequence[Position], lang: Lang) -> str:
    """« sources/x.txt, lignes 14, 20 ; sources/y.txt, ligne 3 »."""
    parts = []
    for _, others in groupby(found, lambda w: w._replace(line=None, last_line=None)):
        here = list(others)
        lines = [w.line for w in here if w.line is not None and w.last_line in (None, w.line)]
        if 1 < len(here) == len(lines):
            parts.append(place(here[0], lang, lines))
        else:
            parts += [place(w, lang) for w in here]
    return (" ; " if lang == "fr" else "; ").join(parts)


def begun(text: str, most: int) -> str:
    """A text, or the beginning of one of more than so many characters.

    >>> begun("Bamako", 6), begun("Ouagadougou", 6)
    ('Bamako', 'Ouaga…')
    """
    return text if len(text) <= most else text[: most - 1] + "…"


def number(value: float, lang: Lang) -> str:
    """« 12 345 » in French (narrow no-break space), “12,345” in English.

    >>> number(12345, "en")
    '12,345'
    """
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")
    if lang == "fr":
        text = text.replace(",", "\u202f").replace(".", ",")
    return text


def single(n: int, lang: Lang) -> bool:
    """Whether the word after a number is in the singular: in French that of 0 is, too."""
    return n < 2 if lang == "fr" else n == 1


class Count(int):
    """A number that people read, with its word.

    >>> f"{Count(1, 'fr'):projet|projets}, {Count(0, 'en'):list|lists}, {Count(1200, 'en')}"
    '1 projet, 0 lists, 1,200'
    """

    lang: Lang

    def __new__(cls, n: int, lang: Lang) -> Self:
        made = super().__new__(cls, n)
        made.lang = lang
        return made

    def __format__(self, forms: str) -> str:
        word = self.word(forms)
        return f"{number(int(self), self.lang)} {word}" if word else number(int(self), self.lang)

    def word(self, forms: str) -> str:
        """Of « projet|projets », the one that goes with the number."""
        one, _, many = forms.partition("|")
        return one if single(self, self.lang) else many


def sentence(finding: Finding, lang: Lang, where: str = "") -> str:
    """One readable line: place (``where``, if there are several), what is the matter, what
    to do."""
    head = where or place(finding.where, lang)
    body = render(finding.code, finding.params, lang)
    do = advice(finding.code, finding.params, lang)
    colon = " : " if lang == "fr" else ": "
    return (head + colon if head else "") + body + (" " + do if do else "")


def _readable(params: Mapping[str, Any], lang: Lang) -> Mapping[str, Any]:
    """Lists become « a, b, c »; a ``{"fr": …, "en": …}`` value becomes its language; of a cell
    that is far too long its beginning stands for it."""
    return {key: begun(value, _LONGEST) if type(value) is str else _words(value, lang)
            for key, value in params.items()}


class _Number(Count):
    """A number as it is, but where a message gives it a word."""

    def __format__(self, forms: str) -> str:
        return super().__format__(forms) if "|" in forms else format(int(self), forms)


def _words(value: Any, lang: Lang) -> Any:
    if isinstance(value, Mapping):
        value = value.get(lang, value)
    if type(value) is int:
        value = _Number(value, lang)
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
