"""The reconciliation service: people's own tables linked to our collectivities, partners,
countries and projects, and to the reference."""

from __future__ import annotations

from coopdec.web.reconcile.endpoint import routes

__all__ = ["routes"]
