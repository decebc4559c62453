"""Where things stand: IRIs, page paths, addresses of pages, names of files.

A *path* is what follows the base in an IRI (``country/ML``); the UN's goals, whose IRIs
are not ours, have ``goal/6`` and ``goal/6.1``. A path that ends in ``/`` is a list, the
empty one is home.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote, urlencode

from coopdec.messages import Lang
from coopdec.vocab import BASE, SDG

__all__ = ["Addresses", "file_name", "own_identifier"]

#: Names of lists' own files.
_TAKEN = re.compile(r"index|page-\d+")
#: A longer name is refused by file systems (255 bytes, suffix included).
_LONGEST = 200
#: An identifier of ours: digits that nobody searches, and that many a number would begin.
_MINTED = re.compile(r"[0-9a-f]{16}")


def own_identifier(path: str) -> str:
    """The identifier that a project's list gives it; "" where we made one."""
    last = unquote(path.rpartition("/")[2])
    return "" if _MINTED.fullmatch(last) else last


@lru_cache(maxsize=1 << 14)
def file_name(path: str) -> str:
    """The name of a path's file, without suffix: decoded, as web servers look it up; what
    could leave the folder is encoded, what is too long is cut and told apart.

    >>> file_name("project/x/a%20b")
    'project/x/a b'
    >>> file_name("project/x/..")
    'project/x/%2E%2E'
    """
    return "/".join(_segment(s) for s in unquote(path).split("/"))


def _segment(name: str) -> str:
    if name in (".", "..") or _TAKEN.fullmatch(name):
        return f"%{ord(name[0]):02X}{name[1:]}" if name[0] != "." else name.replace(".", "%2E")
    raw = name.replace("\0", "").encode("utf-8", "replace")
    if len(raw) <= _LONGEST:
        return raw.decode()
    head = raw[: _LONGEST - 20].decode("utf-8", "ignore")
    return f"{head}-{hashlib.sha256(raw).hexdigest()[:16]}"


@lru_cache(maxsize=1 << 14)
def _quoted(name: str) -> str:
    return quote(name, safe="/~!$&'()*+,;=:@-._")


@dataclass(frozen=True, slots=True)
class Addresses:
    """``base`` of the IRIs; ``root`` of the site as a path (``/``, ``/coopdec/``);
    ``live``: served by ``coopdec serve``, so that a query string is understood."""

    base: str = BASE
    root: str = "/"
    live: bool = False

    def path_of(self, iri: str) -> str | None:
        """The path of the page that speaks of an IRI; None where it is not ours. A
        fragment belongs to its document."""
        document = iri.partition("#")[0]
        if document.startswith(self.base):
            return document[len(self.base):]
        if document.startswith(SDG) and document[len(SDG):][:1].isdigit():
            return f"goal/{document[len(SDG):]}"
        return None

    def iri_of(self, path: str) -> str:
        if path.startswith("goal/") and len(path) > 5:
            return SDG + path[5:]
        return self.base + path

    def page(self, path: str, lang: Lang, number: int = 1,
             query: list[tuple[str, str]] | None = None) -> str:
        """The address of a page: its ``number``\\ th part where it has several.

        >>> Addresses().page("country/ML", "en")
        '/en/country/ML.html'
        """
        start = self.root + ("en/" if lang == "en" else "")
        name = path if self.live else file_name(path)
        if number > 1 and not self.live:
            name = f"{name.rstrip('/')}/page-{number}" if name else f"page-{number}"
        pairs = list(query or [])
        if number > 1 and self.live:
            pairs.append(("page", str(number)))
        name = _quoted(name) if not self.live or "%" not in name else name
        suffix = "" if not name or name.endswith("/") else ".html"
        return start + name + suffix + (f"?{urlencode(pairs)}" if pairs else "")

    def data(self, path: str, suffix: str) -> str:
        """The address of a resource's data: ``.ttl``, ``.jsonld``."""
        name = path if self.live else _quoted(file_name(path))
        return f"{self.root}{name}{suffix}"

    def table(self, path: str, lang: Lang, form: str) -> str:
        """The address of a list of projects as a table: ``project.csv``, ``country/ML.csv``."""
        name = path if self.live else _quoted(file_name(path))
        return f"{self.root}{'en/' if lang == 'en' else ''}{name}.{form}"

    def static(self, name: str) -> str:
        return f"{self.root}static/{name}"

    def absolute(self, address: str, site: str) -> str:
        """With the site's public address before it."""
        return site + address.removeprefix(self.root)
