"""The school's closures to come, each with the meetings that are booked in it and have to be moved or cancelled."""

from dataclasses import dataclass
from datetime import date

from pathbook.people import access
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer, students_visible_to
from pathbook.records.models import Closure, GuidanceMeeting

Status = GuidanceMeeting.Status


@dataclass(frozen=True, slots=True)
class Shut:
    """`booked`: meetings in it whose students the viewer sees, the first first."""

    closure: Closure
    booked: tuple[GuidanceMeeting, ...]


@dataclass(frozen=True, slots=True)
class ClosuresPage:
    coming: tuple[Shut, ...]
    booked: int


def closures_page(viewer: Viewer, school: Institution, *, on: date) -> ClosuresPage:
    """Two queries, whatever their number."""
    rows = list(Closure.objects.filter(institution=school, last_day__gte=on).order_by("first_day", "pk"))
    seen = students_visible_to(viewer, on, access.GUIDANCE)
    booked = GuidanceMeeting.objects.filter(
        institution=school, status=Status.BOOKED, planned_on__gte=on, student__in=seen
    )
    meetings = list(booked.select_related("student", "slot").defer("private_note").order_by("planned_on", "pk"))
    coming = tuple(Shut(row, tuple(one for one in meetings if _in(one, row))) for row in rows)
    return ClosuresPage(coming, sum(len(one.booked) for one in coming))


def _in(meeting: GuidanceMeeting, closure: Closure) -> bool:
    return meeting.planned_on is not None and closure.first_day <= meeting.planned_on <= closure.last_day
