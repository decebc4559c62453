"""Markdown's marks inside a cell, taken off."""

from __future__ import annotations

import html
import re

__all__ = ["plain"]

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_MARKS = (
    (re.compile(r"\[\^[^\]\s]{1,20}\]"), ""),  # a footnote
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"(?<!\w)\[([^\]]+)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)"), r"\2"),
    (re.compile(r"(?<!\*)\*\*(?=\S)(.+?)(?<=\S)\*\*(?!\*)"), r"\1"),
    (re.compile(r"(?<!\w)__(?=\S)(.+?)(?<=\S)__(?!\w)"), r"\1"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=[^\s_])([^_]+?)(?<=\S)_(?![\w_])"), r"\1"),
    (re.compile(r"</?(?:b|i|em|strong|u|sup|sub|span|small)(?:\s[^>]*)?>", re.IGNORECASE), ""),
)
# An escaped character waits here, out of reach of the marks.
_AWAY = 0xF0000


def plain(text: str) -> str:
    """The words: no emphasis, no link, entities and escapes read, ``<br>`` a newline.

    >>> plain(r"**Région** \\| [Mali](https://example.org)<br>l'*eau* &amp; 2 \\* 3")
    "Région | Mali\\nl'eau & 2 * 3"
    """
    if text.isalnum():
        return text
    text = _ESCAPED.sub(lambda m: chr(_AWAY + ord(m[1])), text)
    text = _BREAK.sub("\n", text)
    for pattern, replacement in _MARKS:
        text = pattern.sub(replacement, text)
    text = html.unescape(text)
    return "".join(chr(ord(c) - _AWAY) if _AWAY < ord(c) < _AWAY + 128 else c for c in text)
