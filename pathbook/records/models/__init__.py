"""One file a noun; import them from here."""

from pathbook.records.models.activity import Activity
from pathbook.records.models.barrier import Barrier
from pathbook.records.models.destination import Aspiration, Destination, Intention, PriorRecord
from pathbook.records.models.guidance import Action, GuidanceMeeting
from pathbook.records.models.offer import Offer
from pathbook.records.models.participation import Participation
from pathbook.records.models.provider import Provider
from pathbook.records.models.review import AnnualReview

__all__ = [
    "Action",
    "Activity",
    "AnnualReview",
    "Aspiration",
    "Barrier",
    "Destination",
    "GuidanceMeeting",
    "Intention",
    "Offer",
    "Participation",
    "PriorRecord",
    "Provider",
]
