"""Named queries as an API, and the document that describes the whole server."""

from __future__ import annotations

from coopdec.web.api.endpoint import routes

__all__ = ["routes"]
