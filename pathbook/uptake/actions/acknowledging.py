"""Saying "read and understood" of the note that stood there, and taking it back."""

from datetime import date, datetime

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Student
from pathbook.people.visibility import Viewer
from pathbook.records.models import GuidanceMeeting
from pathbook.uptake.models import Acknowledgement

NOUN = "acknowledgement"


@transaction.atomic
def acknowledge(*, student: Student, note: str, by: Viewer, at: datetime, on: date) -> int:
    """This year's note of that key, the one they were shown; how many. Said twice it is said once; "" is of no note.

    It stood before them, so it is a reading of the record too, and the student sees it among their readers.
    """
    if by.account_id is None:  # the command line is nobody who reads
        return 0
    record.reading(by=by, at=at, student_id=student.pk)
    rows = [
        Acknowledgement.objects.create(meeting=meeting, account_id=by.account_id, recorded_by=by.name, recorded_at=at)
        for meeting in _unsaid(student, note, by, on)
    ]
    record.changes(by=by, at=at, of=[_event(Verb.CREATED, row, student.pk) for row in rows])
    return len(rows)


@transaction.atomic
def take_back(*, said_at: datetime, by: Viewer, at: datetime) -> int:
    """Undo: what this person said at that moment; how many."""
    said = Acknowledgement.objects.filter(account=by.account_id, recorded_at=said_at).select_related("meeting")
    rows = list(said)
    record.changes(by=by, at=at, of=[_event(Verb.REMOVED, row, row.meeting.student_id) for row in rows])
    said.delete()
    return len(rows)


def _unsaid(student: Student, note: str, by: Viewer, on: date) -> list[GuidanceMeeting]:
    notes = GuidanceMeeting.objects.held().filter(
        key=note, student=student, held_on__range=(AcademicYear.of(on).first_day, on)
    )
    said = Acknowledgement.objects.filter(account=by.account_id).values("meeting")
    return list(notes.exclude(summary="").exclude(pk__in=said).only("pk", "student_id").order_by("pk"))


def _event(verb: Verb, row: Acknowledgement, student: int) -> record.Change:
    return record.Change(verb, NOUN, row.pk, student, {"meeting": row.meeting_id})
