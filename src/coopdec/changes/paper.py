"""How what changed is put on paper: headings, entries and marks, plain or in Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["MARKDOWN", "PLAIN", "Paper"]

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_SPECIAL = re.compile(r"[\\`*_{}\[\]#|~]")


@dataclass(frozen=True, slots=True)
class Paper:
    """``gone`` and ``come``: the marks around words that went and that came."""

    heading: str
    sub: str
    entry: str
    detail: str
    gone: tuple[str, str]
    come: tuple[str, str]
    strong: str
    monospaced: str
    escape: bool

    def text(self, words: str) -> str:
        """Text from the data: no control characters, and nothing that Markdown or HTML
        would take for its own."""
        words = _CONTROLS.sub("�", words)
        return _SPECIAL.sub(r"\\\g<0>", words).replace("<", "&lt;") if self.escape else words

    def code(self, words: str) -> str:
        """What is typed, or stands in the data so."""
        return self.monospaced.format(words)

    def marked(self, words: str, marks: tuple[str, str]) -> str:
        """Marks hug the words: Markdown wants no blank inside them."""
        if not words:
            return ""
        body = words.strip()
        if not body:
            return words
        start = words[:len(words) - len(words.lstrip())]
        return start + marks[0] + self.text(body) + marks[1] + words[len(words.rstrip()):]


PLAIN = Paper("{}\n", "\n{}\n", "  {}", "      {}", ("[-", "-]"), ("{+", "+}"), "{}", "{}", False)
MARKDOWN = Paper("# {}\n", "\n## {}\n", "- {}", "  - {}", ("~~", "~~"), ("**", "**"), "**{}**",
                 "`{}`", True)
