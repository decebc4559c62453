"""The SPARQL editor at ``/sparql``: YASGUI, built into the package from npm."""

from __future__ import annotations

from coopdec.web.editor.page import built, page, routes

__all__ = ["built", "page", "routes"]
