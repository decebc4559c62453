"""Dates as people write them."""

from __future__ import annotations

from datetime import date

from coopdec.messages import Lang

__all__ = ["long_date"]

_MONTHS = {
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
           "octobre", "novembre", "décembre"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December"),
}


def long_date(text: str, lang: Lang) -> str:
    """« 23 juin 2020 »; what is no full date stays as it is.

    >>> long_date("2020-08-01", "fr")
    '1er août 2020'
    """
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return text
    number_ = "1er" if lang == "fr" and day.day == 1 else str(day.day)
    return f"{number_} {_MONTHS[lang][day.month - 1]} {day.year}"
