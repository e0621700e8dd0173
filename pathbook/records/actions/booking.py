"""Booking guidance meetings: one student, or a list in order of need into the slots that are free."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people.keys import new_key
from pathbook.people.models import Institution, Student
from pathbook.people.visibility import Viewer
from pathbook.records.actions.diary import Diary, diary_of
from pathbook.records.actions.slots import when
from pathbook.records.models import GuidanceMeeting, GuidanceSlot
from pathbook.records.queries.slots import day_of

Status = GuidanceMeeting.Status


class BookingRefusedError(Exception):
    """It cannot be booked, moved or undone so; the sentence says why and what to do."""


class AlreadyBookedError(Exception):
    """The same form was sent before: its meeting is booked."""


@dataclass(frozen=True, slots=True)
class Left:
    """A student who was not booked, and why."""

    student: Student
    why: str


@dataclass(frozen=True, slots=True)
class Booked:
    """What one act of booking a list did."""

    meetings: tuple[GuidanceMeeting, ...]
    left: tuple[Left, ...]
    at: datetime


def book(
    *, slot: GuidanceSlot, student: Student, by: Viewer, at: datetime, on: date, purpose: str = "", key: str = ""
) -> GuidanceMeeting:
    """One student into one slot. `key`, where given, is the form's own token: sent again, it books nothing twice."""
    try:
        return _book(slot, student, by, at, on, purpose, key or new_key())
    except IntegrityError:
        raise BookingRefusedError(f"{when(slot)} has just been taken: choose another slot.") from None


@transaction.atomic
def _book(
    slot: GuidanceSlot, student: Student, by: Viewer, at: datetime, on: date, purpose: str, key: str
) -> GuidanceMeeting:
    if GuidanceMeeting.objects.filter(key=key).exists():
        raise AlreadyBookedError
    diary = diary_of(slot.institution, slots=[slot], students=[student], on=on, at=at)
    problem = diary.wrong(slot, student)
    if problem:
        raise BookingRefusedError(problem)
    meeting = _meeting(slot, student, purpose, key, by, at, on)
    meeting.save()
    record.changes(by=by, at=at, of=[_created(meeting)])
    return meeting


@transaction.atomic
def book_in_order(
    *, school: Institution, students: Sequence[Student], slots: Sequence[GuidanceSlot], by: Viewer, at: datetime,
    on: date, purpose: str = "",
) -> Booked:  # fmt: skip
    """The first student into the first slot that suits, and so on; who is booked already keeps what they have.

    A fixed number of queries. Sent twice, the second finds everybody booked.
    """
    diary = diary_of(school, slots=slots, students=students, on=on, at=at)
    made, left = placed(diary, students, slots)
    meetings = [_meeting(slot, student, purpose, new_key(), by, at, on) for student, slot in made]
    made_now = GuidanceMeeting.objects.bulk_create(meetings)
    record.changes(by=by, at=at, of=[_created(meeting) for meeting in made_now])
    return Booked(tuple(made_now), left, at)


@transaction.atomic
def book_each(
    *, school: Institution, pairs: Sequence[tuple[Student, GuidanceSlot]], by: Viewer, at: datetime, on: date,
    purpose: str = "",
) -> Booked:  # fmt: skip
    """Each student into the slot chosen for them; whom something stands in the way of is left, with why."""
    slots, students = [slot for _, slot in pairs], [student for student, _ in pairs]
    diary = diary_of(school, slots=slots, students=students, on=on, at=at)
    meetings, left = [], []
    for student, slot in pairs:
        if why := diary.wrong(slot, student):
            left.append(Left(student, why))
            continue
        meetings.append(_meeting(slot, student, purpose, new_key(), by, at, on))
        diary.note(meetings[-1])
    made = GuidanceMeeting.objects.bulk_create(meetings)
    record.changes(by=by, at=at, of=[_created(meeting) for meeting in made])
    return Booked(tuple(made), tuple(left), at)


def placed(
    diary: Diary, students: Sequence[Student], slots: Sequence[GuidanceSlot]
) -> tuple[list[tuple[Student, GuidanceSlot]], tuple[Left, ...]]:
    """Who would get which of these slots. The page that asks first shows the same."""
    waiting, pairs, left = [slot for slot in slots if not diary.shut(slot)], [], []
    for student in students:
        slot, why = _first(diary, student, waiting)
        if slot is None:
            left.append(Left(student, why))
            continue
        waiting.remove(slot)
        pairs.append((student, slot))
    return pairs, tuple(left)


def _first(diary: Diary, student: Student, waiting: Sequence[GuidanceSlot]) -> tuple[GuidanceSlot | None, str]:
    why = "No free slot is left: offer more."
    for slot in waiting:
        why = diary.wrong(slot, student)
        if not why:
            return slot, ""
    return None, why


def _meeting(
    slot: GuidanceSlot, student: Student, purpose: str, key: str, by: Viewer, at: datetime, on: date
) -> GuidanceMeeting:
    return GuidanceMeeting(
        institution=slot.institution, student=student, key=key, adviser=slot.adviser, adviser_name=slot.adviser.name,
        adviser_level=slot.adviser.level, status=Status.BOOKED, slot=slot, booked_on=on, planned_on=day_of(slot),
        purpose=purpose, recorded_by=by.name, recorded_at=at,
    )  # fmt: skip


def facts_of(meeting: GuidanceMeeting) -> dict[str, Any]:
    """What the audit is told of a booking: that a reason was given, not which."""
    return {
        "status": str(meeting.status),
        "slot": meeting.slot_id,
        "planned_on": meeting.planned_on.isoformat() if meeting.planned_on else "",
        "sequence": meeting.sequence,
        "reason_given": bool(meeting.reason),
        "no_next_given": bool(meeting.no_next),
    }


def _created(meeting: GuidanceMeeting) -> record.Change:
    after = {"after": facts_of(meeting)}
    return record.Change(Verb.CREATED, "meeting", meeting.pk, meeting.student_id, after)
