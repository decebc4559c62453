"""What changed between two releases, for people and for machines."""

from coopdec.changes.compare import changes, compared
from coopdec.changes.model import Changes, FieldChange, Likeness, Nature, records
from coopdec.changes.opening import opened
from coopdec.changes.patch import rdf_patch, sparql_update
from coopdec.changes.prose import command

__all__ = ["Changes", "FieldChange", "Likeness", "Nature", "changes", "command", "compared",
           "opened", "rdf_patch", "records", "sparql_update"]
