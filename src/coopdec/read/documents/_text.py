"""What the plain-text formats share."""

from __future__ import annotations

import re

__all__ = ["INVITES", "PAGE_NUMBER", "is_page_number", "is_text", "physical_lines"]

# « 3 », « Page 3 », « - 3 - », « 3/12 », « page 3 sur 12 »; « 2010 » is a year
PAGE_NUMBER = re.compile(
    r"(?:page|p\.?)?\s*[-–—]?\s*\d{1,3}\s*[-–—]?(?:\s*(?:/|sur|of|de)\s*\d{1,4})?", re.IGNORECASE
)

#: A link that only leads elsewhere, as a page has it and a copy of its words keeps.
INVITES = re.compile(r"\W*(?:en savoir plus|lire (?:la suite|plus)|plus d['’]infos?"
                      r"|(?:voir|consulter|télécharger)(?: (?:le|la|plus|projet|fiche|détails?))*"
                      r"|(?:read|learn) more|(?:retour en )?haut(?: de page)?)\W*", re.I)

#: Where a number that stands alone is no longer that of what stands below it.
_FAR = 20

# Control characters that no text has: tab, line ends, form feed, escape and
# U+001A (the end of file of old DOS programs) are let through.
_BINARY = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f]")


def is_text(text: str) -> bool:
    """Whether decoded bytes are words at all: next to no control characters.

    >>> is_text("Pays\\tTitre"), is_text("\\x00\\x01PK")
    (True, False)
    """
    return bool(text.strip()) and len(_BINARY.findall(text)) <= len(text) // 1000


def is_page_number(line: str) -> bool:
    """Whether a line is no more than the number of its page: one that says so (« Page 3 »,
    « 3/12 ») or stands far from the margin.

    >>> is_page_number("Page 3 sur 12"), is_page_number("3"), is_page_number(f"{'':40}3")
    (True, False, True)
    """
    bare = line.strip()
    return PAGE_NUMBER.fullmatch(bare) is not None and (
        not bare.isdecimal() or len(line.rstrip()) - len(bare) >= _FAR)


def physical_lines(text: str) -> list[str]:
    """Lines as an editor counts them: only real line ends count, form feeds and vertical
    tabs stand inside lines."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
