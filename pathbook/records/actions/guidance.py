"""Recording a guidance meeting that was held, so that Benchmark 8 counts it. The whole loop comes later."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people.keys import new_key
from pathbook.people.models import Institution, Staff, Student
from pathbook.people.visibility import Viewer
from pathbook.records.actions.before import keep, overwritten
from pathbook.records.models import Before, GuidanceMeeting


@dataclass(frozen=True, slots=True)
class Held:
    """What is known of a meeting that took place. `minutes` whole; `level` the adviser's qualification level."""

    held_on: date
    adviser_name: str
    adviser_level: int | None = None
    minutes: int | None = None
    summary: str = ""
    nothing_agreed: bool = False
    purpose: str = ""
    booked_on: date | None = None


class AlreadyRecordedError(Exception):
    """The same form was sent before: its meeting is filed."""


class RestsOnItError(Exception):
    """Something was agreed in the meeting; taking it back would take that too."""


def record_meeting(
    *,
    student: Student,
    school: Institution,
    held: Held,
    by: Viewer,
    at: datetime,
    adviser: Staff | None = None,
    key: str = "",
) -> GuidanceMeeting:
    """File a meeting as held. The audit notes that a summary was written, never its words.

    `key`, where given, is the form's own token: a second submit of the same form meets the unique key.
    """
    try:
        return _file(student, school, held, by, at, adviser, key or new_key())
    except IntegrityError:
        raise AlreadyRecordedError from None


@transaction.atomic
def _file(
    student: Student, school: Institution, held: Held, by: Viewer, at: datetime, adviser: Staff | None, key: str
) -> GuidanceMeeting:
    meeting = GuidanceMeeting.objects.create(
        institution=school, student=student, key=key, adviser=adviser, adviser_name=held.adviser_name,
        adviser_level=held.adviser_level, status=GuidanceMeeting.Status.HELD, held_on=held.held_on,
        planned_on=held.held_on, booked_on=held.booked_on or held.held_on, minutes=held.minutes,
        summary=held.summary, nothing_agreed=held.nothing_agreed, purpose=held.purpose,
        recorded_by=by.name, recorded_at=at,
    )  # fmt: skip
    said = {
        "held_on": held.held_on.isoformat(),
        "level": held.adviser_level,
        "summary_written": bool(held.summary),
    }
    record.changes(by=by, at=at, of=[record.Change(Verb.CREATED, "meeting", meeting.pk, student.pk, {"after": said})])
    return meeting


@transaction.atomic
def take_back(*, meeting: GuidanceMeeting, by: Viewer, at: datetime) -> None:
    """Undo of record_meeting: for one filed by mistake, while nothing else rests on it."""
    if meeting.actions.exists():
        raise RestsOnItError("Actions were agreed in this meeting, so it cannot be taken back.")
    over = overwritten(Before.Of.MEETING, meeting, {"purpose": "", "summary": ""})
    was = {"held_on": str(meeting.held_on), "adviser_level": meeting.adviser_level, "key": meeting.key}
    of = record.Change(Verb.UNDONE, "meeting", meeting.pk, meeting.student_id, {"before": was})
    record.changes(by=by, at=at, of=[of])
    keep(over, by=by, at=at)
    meeting.delete()
