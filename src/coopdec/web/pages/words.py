"""Words of the interface: ``words.toml``, French and English side by side.

A value that is a list holds singular and plural; which one, ``n`` tells (in French 0 is
singular). Fields are those of ``str.format``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from coopdec.messages import Lang, number, single
from coopdec.text import unbroken

__all__ = ["Words", "table"]


@cache
def table() -> Mapping[str, Mapping[str, Any]]:
    """Key → ``{"fr": …, "en": …}``."""
    source = files("coopdec.web.pages").joinpath("words.toml").read_text("utf-8")
    return tomllib.loads(source)


class Words:
    """``t("projects", n=3)`` in one language.

    >>> Words("fr")("n-projects", n=1)
    '1 projet'
    """

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self._own = {key: [*map(unbroken, forms)] if isinstance(forms := said[lang], list)
                     else unbroken(forms) for key, said in table().items()}

    def __call__(self, key: str, /, **fields: Any) -> str:
        said = self._own[key]
        if isinstance(said, list):
            said = said[0 if single(fields["n"], self.lang) else 1]
        if not fields:
            return str(said)
        shown = {k: number(v, self.lang) if isinstance(v, int) else v for k, v in fields.items()}
        return str(said).format_map(shown)

    def __contains__(self, key: str) -> bool:
        return key in self._own
