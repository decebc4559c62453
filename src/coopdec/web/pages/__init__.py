"""The pages for people: one set of models and templates for the static site and the server.

:class:`Pages` is given a :class:`coopdec.dataset.Dataset`, local or remote, and makes
whole HTML documents. It is safe in threads and never asynchronous.
"""

from __future__ import annotations

from coopdec.web.pages.documents import SHOWN
from coopdec.web.pages.models import Example, Page, Tombstone
from coopdec.web.pages.pages import Pages
from coopdec.web.pages.render import environment

__all__ = ["SHOWN", "Example", "Page", "Pages", "Tombstone", "environment"]
