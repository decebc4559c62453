"""The letters of a PDF's page, before they are words: what takes no room, stands above the line
or is a hyphen that no author wrote."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from coopdec.read.documents._marks import is_mark

__all__ = ["letters", "unspaced"]

#: What is raised is smaller than the letters before it, and ends above them, as shares of these.
_SMALL, _RAISED = 0.87, 0.1
#: …and follows so closely.
_NEAR = 0.35
#: Programs write a hyphen of their own so, people seldom.
_OWN = "\u2010\u00ad"
_SOFT = "\u00ad"
#: Fonts whose letters are signs, and which of these are ticks and crosses.
_OF_SIGNS = re.compile(r"dingbats|wingdings|webdings", re.IGNORECASE)
_TICKS = {"zapf": {"3": "✓", "4": "✔", "5": "✕", "6": "✕", "7": "✗", "8": "✘"},
          "": {"ü": "✓", "û": "✗", "þ": "☑", "ý": "☒"}}
#: Words printed letter by letter: so many pieces of so few letters, of little more than one on
#: average, and no farther from each other, in heights of a letter.
_RUN, _FEW, _SINGLE, _APART = 4, 2, 1.4, 1.2
#: So many such hyphens at the ends of lines tell without others beside them.
_TELLING = 3


def letters(chars: list[Any]) -> list[Any]:
    """The letters to be read: stamps across the page are left out, spaces that the next letter
    covers, and marks of footnotes; other raised letters (« 1er ») stand on the line; a hyphen
    that a program put at the end of a line is a soft one; a letter of a font of signs is a sign:
    a tick, or one of the private use area, as other programs write them."""
    level = [c for c in chars if not _aslant(c)]
    if of_signs := {f for f in {c["fontname"] for c in level} if _OF_SIGNS.search(f)}:
        level = [_sign(c) if c["fontname"] in of_signs else c for c in level]
    chars = _hyphens([a for a, b in pairwise([*level, None]) if not _covered(a, b)])
    sizes = {round(c["size"], 1) for c in chars}
    return _lowered(chars) if len(sizes) > 1 else chars


def _sign(char: Any) -> Any:
    text = char["text"]
    if len(text) != 1 or not " " < text < "\u0100":
        return char
    ticks = _TICKS["zapf" if "zapf" in char["fontname"].lower() else ""]
    return {**char, "text": ticks.get(text, chr(0xF000 + ord(text)))}


def _aslant(char: Any) -> bool:
    """Whether a letter is turned by less than a quarter, as those of « PROVISOIRE » are."""
    along, up = map(abs, char["matrix"][:2])
    return bool(min(along, up) > 0.1 * max(along, up))


def _covered(space: Any, after: Any) -> bool:
    """Whether a space takes no room: there is a soft hyphen that was not used."""
    return after is not None and bool(space["text"].isspace()) and (
        abs(after["x0"] - space["x0"]) < 0.1 * space["size"]
        and abs(after["bottom"] - space["bottom"]) < 0.1 * space["size"])


def _hyphens(chars: list[Any]) -> list[Any]:
    own = [i for i, c in enumerate(chars) if c["text"] in _OWN]
    if not own:
        return chars
    inside = any(_inside_word(chars, i) for i in own)
    others = any(c["text"] == "-" and _inside_word(chars, i) for i, c in enumerate(chars))
    sign = _SOFT if not inside and (others or len(own) >= _TELLING) else "-"
    for i in own:
        chars[i] = {**chars[i], "text": sign}
    return chars


def _inside_word(chars: list[Any], i: int) -> bool:
    if not 0 < i < len(chars) - 1:
        return False
    a, sign, b = chars[i - 1 : i + 2]
    return bool(a["text"].isalpha() and b["text"].isalpha()) and (
        abs(b["bottom"] - sign["bottom"]) < 0.1 * sign["size"]
        and abs(b["x0"] - sign["x1"]) < _NEAR * sign["size"])


def _lowered(chars: list[Any]) -> list[Any]:
    kept: list[Any] = []
    i = 0
    while i < len(chars):
        base, end = kept[-1] if kept else None, i
        while base is not None and end < len(chars) and _raised(
                chars[end], base, chars[end - 1] if end > i else base):
            end += 1
        if base is None or end == i:
            kept.append(chars[i])
            i += 1
            continue
        raised = chars[i:end]
        if not is_mark("".join(c["text"] for c in raised), _before(kept)):
            kept += [{**c, **{side: base[side] for side in ("top", "bottom", "doctop")}}
                     for c in raised]
        i = end
    return kept


def _raised(char: Any, base: Any, before: Any) -> bool:
    size = base["size"]
    return bool(char["upright"] and char["size"] < _SMALL * size
                and base["top"] < char["bottom"] < base["bottom"] - _RAISED * size
                and abs(char["x0"] - before["x1"]) < _NEAR * size
                and not base["text"].isspace())


def _before(kept: list[Any]) -> str:
    return "".join(c["text"] for c in kept[-4:])


def unspaced(words: list[Any]) -> list[Any]:
    """The words, those printed letter by letter (« P A Y S ») put together: runs of hardly any
    more than single letters, in which larger gaps part words."""
    found: list[Any] = []
    run: list[Any] = []
    for word in words:
        if run and not (len(word["text"]) <= _FEW and _follows(run[-1], word)):
            found += _joined(run)
            run = []
        if len(word["text"]) <= _FEW and word["text"].isalpha():
            run.append(word)
        else:
            found.append(word)
    return found + _joined(run)


def _follows(before: Any, word: Any) -> bool:
    size = before["bottom"] - before["top"]
    return bool(word["text"].isalpha() and abs(word["bottom"] - before["bottom"]) < 0.1 * size
                and 0 < word["x0"] - before["x1"] < _APART * size)


def _joined(run: list[Any]) -> list[Any]:
    if len(run) < _RUN or sum(len(w["text"]) for w in run) > _SINGLE * len(run):
        return run
    least = min(b["x0"] - a["x1"] for a, b in pairwise(run))
    limit = 1.5 * least + 0.1 * (run[0]["bottom"] - run[0]["top"])
    whole = [run[0]]
    for a, b in pairwise(run):
        if b["x0"] - a["x1"] > limit:
            whole.append(b)
        else:
            whole[-1] = {**whole[-1], "text": whole[-1]["text"] + b["text"], "x1": b["x1"],
                         "chars": [*whole[-1]["chars"], *b["chars"]]}
    return whole
