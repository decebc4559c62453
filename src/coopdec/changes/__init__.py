"""What changed between two releases, for people and for machines."""

from coopdec.changes.compare import changes
from coopdec.changes.dump import opened
from coopdec.changes.model import Changes, FieldChange, Likeness, Nature, records
from coopdec.changes.patch import rdf_patch, sparql_update

__all__ = ["Changes", "FieldChange", "Likeness", "Nature", "changes", "opened", "rdf_patch",
           "records", "sparql_update"]
