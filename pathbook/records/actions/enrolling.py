"""Putting students down for an activity: as many as there are places for, the first first; the rest are told why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from pathbook.people.models import Student
from pathbook.people.visibility import Viewer
from pathbook.records.actions.attendance import record_attendance
from pathbook.records.models import Activity, Participation
from pathbook.records.queries.places import places_left


@dataclass(frozen=True, slots=True)
class Left:
    """A student who was not put down, and why."""

    student: Student
    why: str


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What one act of putting students down did."""

    students: tuple[Student, ...]
    left: tuple[Left, ...]
    at: datetime


@transaction.atomic
def enrol(*, activity: Activity, students: Sequence[Student], by: Viewer, at: datetime, on: date) -> Enrolled:
    """Whoever has been asked to it before keeps what is recorded. Undone with attendance.undo."""
    now = Activity.objects.select_for_update().get(pk=activity.pk)
    if now.withdrawn_at:
        return Enrolled(
            (), tuple(Left(one, f"{now.title} has been taken out of the programme.") for one in students), at
        )
    asked = Participation.objects.filter(activity=now, student__in=[one.pk for one in students])
    known = {row.student_id: row.get_status_display().lower() for row in asked}
    new = [one for one in students if one.pk not in known]
    left = len(new) if now.capacity is None else places_left([now])[now.pk]
    down, over = new[:left], new[left:]
    record_attendance(
        activity=now, statuses={one.pk: Participation.Status.PLANNED for one in down}, by=by, at=at, visible_on=on
    )
    refused = [Left(one, f"{one.name} is recorded for {now.title} already: {known[one.pk]}.") for one in students
               if one.pk in known]  # fmt: skip
    refused += [Left(one, f"The last place in {now.title} has been taken.") for one in over]
    return Enrolled(tuple(down), tuple(refused), at)
