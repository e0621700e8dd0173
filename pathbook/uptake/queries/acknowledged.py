"""Who said "read and understood" of which meeting, and when."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from pathbook.records.models import GuidanceMeeting
from pathbook.uptake.models import Acknowledgement


@dataclass(frozen=True, slots=True)
class Said:
    """One person, and the day."""

    name: str
    on: date


def acknowledged(meetings: Iterable[GuidanceMeeting]) -> dict[int, tuple[Said, ...]]:
    """By the meeting's number, the first to say so first. One query."""
    found: dict[int, list[Said]] = defaultdict(list)
    rows = Acknowledgement.objects.filter(meeting__in=[one.pk for one in meetings]).select_related("account")
    for row in rows.order_by("recorded_at", "pk"):
        found[row.meeting_id].append(Said(row.account.name, timezone.localtime(row.recorded_at).date()))
    return {meeting: tuple(said) for meeting, said in found.items()}
