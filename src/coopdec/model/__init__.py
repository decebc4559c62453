"""The values that flow through the pipeline. Frozen, no I/O, standard library only: those made
for every row are named tuples, which are quick to make and small to send to a worker.

``Row`` (read) → ``Resolution`` (resolve) → ``Theme`` (classify) → ``Description``
(describe). A ``Finding`` may arise anywhere and travels beside them.
"""

from coopdec.model.described import (
    OWN,
    SLOT,
    Announcement,
    Description,
    LinkEvidence,
    SharedEntity,
    Theme,
    slot,
)
from coopdec.model.facts import Amount, Day, Facts, Point, Status
from coopdec.model.findings import Finding, Position, Severity
from coopdec.model.names import Candidate, Entity, Query, Question, Resolution
from coopdec.model.publisher import NOBODY_TOLD, PUBLISHER_KINDS, Publisher
from coopdec.model.rows import Code, Kind, Mention, Row, Side, Source

__all__ = [
    "NOBODY_TOLD", "OWN", "PUBLISHER_KINDS", "SLOT", "Amount", "Announcement", "Candidate", "Code",
    "Day", "Description", "Entity", "Facts", "Finding", "Kind", "LinkEvidence", "Mention", "Point",
    "Position", "Publisher", "Query", "Question", "Resolution", "Row", "Severity", "SharedEntity",
    "Side", "Source", "Status", "Theme", "slot",
]
