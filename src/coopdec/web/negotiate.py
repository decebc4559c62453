"""Which representation a client wants (RFC 9110 §12), by werkzeug's reading of the headers."""

from __future__ import annotations

from collections.abc import Sequence

from werkzeug.datastructures import LanguageAccept, MIMEAccept
from werkzeug.http import parse_accept_header

from coopdec.messages import LANGS, Lang

__all__ = ["best", "language"]

#: A header with more ranges than this is no browser's: the rest is not read.
_MOST = 2000


def best(accept: str | None, offered: Sequence[str]) -> str | None:
    """The one of ``offered`` that ``Accept`` likes best; the first where it says nothing or
    likes several alike. None: it takes none of them.

    A range's parameters (``text/turtle;charset=utf-8``) are left aside: what we offer has
    none that could differ.

    >>> best("text/*;q=0.5, text/turtle;q=0, */*;q=0.1", ["text/turtle", "text/html"])
    'text/html'
    """
    if accept is None or not accept.strip():
        return offered[0]
    read = parse_accept_header(accept[:_MOST], MIMEAccept)
    ranges = MIMEAccept([(value.partition(";")[0].strip(), q) for value, q in read])
    return ranges.best_match(offered)


def language(accept: str | None) -> Lang:
    """French, unless ``Accept-Language`` likes English better.

    >>> language("en-GB, fr;q=0.5"), language("de"), language(None)
    ('en', 'fr', 'fr')
    """
    if not accept:
        return "fr"
    read = parse_accept_header(accept[:_MOST], LanguageAccept)
    # By the language alone: an exact « fr » would otherwise go before a better liked « en-GB ».
    wanted = LanguageAccept([(value.partition("-")[0], q) for value, q in read])
    return "en" if wanted.best_match(LANGS, "fr") == "en" else "fr"
