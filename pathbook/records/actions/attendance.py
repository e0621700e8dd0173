"""Recording who took part: a whole year group at once, corrected later, undone as it was."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Event, Verb
from pathbook.people import access
from pathbook.people.models import Student
from pathbook.people.visibility import Viewer, students_writable_by
from pathbook.records.actions.before import keep, reflections
from pathbook.records.models import Activity, Consent, Participation
from pathbook.records.queries.consents import answers
from pathbook.records.queries.places import TAKES_A_PLACE, places_left


@dataclass(frozen=True, slots=True)
class Logged:
    """What one act of recording did. `refused` counts students the writer may not record for."""

    attended: int
    other: int
    changed: int
    refused: int
    at: datetime


class NothingToUndoError(Exception):
    """There is nothing left of that act, or something later depends on it."""


class NoPlaceError(Exception):
    """More students are put down than there are places, or a home said no; the sentence says which."""


@transaction.atomic(savepoint=False)
def record_attendance(
    *, activity: Activity, statuses: Mapping[int, str], by: Viewer, at: datetime, on: date | None = None,
    hours: Decimal | None = None, visible_on: date, made: record.Change | None = None, part: str = access.ACTIVITIES,
) -> Logged:  # fmt: skip
    """Set each student's status (student pk -> status) for this activity; the last word said stands.

    A fixed number of queries for any number of students. Students outside the writer's reach are left out. Nobody is put
    down for a place that is not there; who came is a fact, however many there were.
    `part`: of the record, by which the writer may record them. `made`: the event of making the activity in this same
    act; nobody can have been recorded at it before.
    """
    allowed = set(students_writable_by(by, visible_on, part).filter(pk__in=statuses).values_list("pk", flat=True))
    before = {} if made else _before(activity, allowed)
    offered = activity.hours if hours is None else hours
    rows = [
        Participation(
            activity=activity, student_id=student, status=status, on=on or activity.starts_on,
            hours=offered if status == Participation.Status.ATTENDED else 0, recorded_by=by.name, recorded_at=at,
        )
        for student, status in statuses.items()
        if student in allowed and before.get(student, {}).get("status") != status
    ]  # fmt: skip
    anew = [row for row in rows if _takes_a_place_anew(row, before)]
    _refuse_if_full(activity, anew)
    _refuse_if_home_said_no(activity, anew)
    _put(rows)
    events = [_event(activity, row, before) for row in rows]
    record.changes(by=by, at=at, of=[made, *events] if made else events)
    attended = sum(status == Participation.Status.ATTENDED for pk, status in statuses.items() if pk in allowed)
    return Logged(attended, len(allowed) - attended, len(rows), len(statuses) - len(allowed), at)


@transaction.atomic
def undo(
    *, activity: Activity, said_at: datetime, by: Viewer, at: datetime, visible_on: date, part: str = access.ACTIVITIES
) -> int:
    """Put back what one act of recording changed; returns how many students it touched.

    Refused when any of those students has been recorded again since, or is not the writer's to record.
    """
    events = list(_events(activity).filter(at=said_at, verb__in=(Verb.CREATED, Verb.CHANGED)).order_by("pk"))
    students = [event.student_id for event in events if event.student_id]
    if not students:
        raise NothingToUndoError("There is nothing to undo: it has been undone already.")
    _refuse_if_moved_on(activity, students, max(event.pk for event in events))
    if students_writable_by(by, visible_on, part).filter(pk__in=students).count() < len(set(students)):
        raise NothingToUndoError("Some of these students are not yours to record. Ask the careers leader to undo it.")
    fresh = [event.student_id for event in events if event.detail.get("before") is None]
    made = Participation.objects.filter(activity=activity, student_id__in=fresh)
    over = reflections(made)
    made.delete()
    back = [_row_of(activity, event, by, at) for event in events if event.detail.get("before")]
    said = {event.student_id or 0: event.detail["after"] for event in events}
    try:
        _refuse_if_full(activity, [row for row in back if _takes_a_place_anew(row, said)])
    except NoPlaceError as full:
        raise NothingToUndoError(f"It cannot be undone: {full}") from None
    _put(back)
    undone = [
        record.Change(Verb.UNDONE, "activity", activity.pk, event.student_id, {"before": event.detail.get("after")})
        for event in events
    ]
    told = record.changes(by=by, at=at, of=undone)
    keep(over, by=by, at=at)
    return told


def _takes_a_place_anew(row: Participation, before: Mapping[int, dict[str, Any]]) -> bool:
    return row.status == Participation.Status.PLANNED and (
        before.get(row.student_id, {}).get("status") not in TAKES_A_PLACE
    )


def _refuse_if_full(activity: Activity, asking: Collection[Participation]) -> None:
    """The one rule of capacity, asked inside the transaction that takes the places, with the activity locked."""
    if activity.capacity is None or not asking:
        return
    left = places_left(Activity.objects.select_for_update().filter(pk=activity.pk)).get(activity.pk)
    if left is not None and len(asking) > left:
        places = f"{left} place{'' if left == 1 else 's'}" if left else "no place"
        raise NoPlaceError(
            f"{activity.title} has {places} left, and {len(asking)} more student{'' if len(asking) == 1 else 's'} "
            "would be put down. Choose fewer, or give it more places."
        )


def _refuse_if_home_said_no(activity: Activity, asking: Collection[Participation]) -> None:
    """Nobody is put down by hand past a home's no: the newer answer is recorded first."""
    if not asking:
        return
    said = answers([activity])
    no = [row.student_id for row in asking if said.get((activity.pk, row.student_id)) == Consent.Answer.REFUSED]
    if no:
        names = ", ".join(one.name for one in Student.objects.filter(pk__in=no).order_by("pk")[:3])
        more = f" and {len(no) - 3} more" if len(no) > 3 else ""
        raise NoPlaceError(
            f"Home said no to {activity.title} for {names}{more}: record their newer answer under Consent, or leave them out."
        )


def _refuse_if_moved_on(activity: Activity, students: Collection[int], last: int) -> None:
    since = set(_events(activity).filter(student_id__in=students, pk__gt=last).values_list("verb", flat=True))
    if since == {Verb.UNDONE}:
        raise NothingToUndoError("There is nothing to undo: it has been undone already.")
    if since:
        raise NothingToUndoError("Some of these students were recorded again since. Correct them one by one.")


def _before(activity: Activity, students: Collection[int]) -> dict[int, dict[str, Any]]:
    rows = Participation.objects.filter(activity=activity, student_id__in=students)
    return {
        student: {"status": status, "hours": str(hours), "on": on.isoformat()}
        for student, status, hours, on in rows.values_list("student_id", "status", "hours", "on")
    }


def _put(rows: list[Participation]) -> None:
    """Whom a person has recorded is theirs: no rule takes them off again."""
    if rows:
        Participation.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["activity", "student"],
            update_fields=["status", "on", "hours", "by_rule", "recorded_by", "recorded_at"],
        )  # fmt: skip


def _event(activity: Activity, row: Participation, before: Mapping[int, dict[str, Any]]) -> record.Change:
    was = before.get(row.student_id)
    after = {"status": row.status, "hours": str(row.hours), "on": row.on.isoformat()}
    verb = Verb.CHANGED if was else Verb.CREATED
    return record.Change(verb, "activity", activity.pk, row.student_id, {"before": was, "after": after})


def _events(activity: Activity) -> Any:
    return Event.objects.filter(noun="activity", noun_id=activity.pk, student_id__isnull=False)


def _row_of(activity: Activity, event: Event, by: Viewer, at: datetime) -> Participation:
    was = event.detail["before"]
    return Participation(
        activity=activity, student_id=event.student_id or 0, status=was["status"], on=date.fromisoformat(was["on"]),
        hours=Decimal(was["hours"]), recorded_by=by.name, recorded_at=at,
    )  # fmt: skip
