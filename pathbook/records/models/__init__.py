"""One file a noun; import them from here."""

from pathbook.records.models.activity import Activity
from pathbook.records.models.destination import Aspiration, Destination, Intention, PriorRecord
from pathbook.records.models.guidance import Action, GuidanceMeeting
from pathbook.records.models.participation import Participation
from pathbook.records.models.provider import Provider

__all__ = [
    "Action",
    "Activity",
    "Aspiration",
    "Destination",
    "GuidanceMeeting",
    "Intention",
    "Participation",
    "PriorRecord",
    "Provider",
]
