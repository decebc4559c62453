"""What was typed into the fields of a PDF form: it stands beside the page, and is no text of it."""

from __future__ import annotations

from typing import Any

__all__ = ["filled_fields"]

#: Text and choices; buttons and signatures say nothing.
_KINDS = ("Tx", "Ch")


def filled_fields(page: Any) -> list[str]:
    """The values of the page's fields, those of blanks left out."""
    from pdfminer.pdftypes import resolve1

    notes = (resolve1(note) for note in resolve1(page.page_obj.annots) or [])
    values = (_value(note) for note in notes if isinstance(note, dict))
    return [value for value in values if value.strip()]


def _value(field: dict[str, Any]) -> str:
    from pdfminer.pdftypes import resolve1
    from pdfminer.psparser import literal_name
    from pdfminer.utils import decode_text

    above = resolve1(field.get("Parent")) or {}  # several places may show one field
    kind, value = (resolve1(field.get(key, above.get(key))) for key in ("FT", "V"))
    named = kind is not None and literal_name(kind) in _KINDS
    return decode_text(value) if named and isinstance(value, bytes) else ""
