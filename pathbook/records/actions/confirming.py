"""A student says whether what was agreed in a meeting happened, and takes that back."""

from datetime import date, datetime

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people.visibility import Viewer
from pathbook.records.models import Confirmation, GuidanceMeeting

NOUN = "confirmation"


@transaction.atomic
def say(*, meeting: GuidanceMeeting, answer: str, words: str = "", by: Viewer, at: datetime, on: date) -> bool:
    """Said twice it is said once: what was said first stands until it is taken back. False when it stood already."""
    said = {"answer": answer, "words": words, "said_on": on, "recorded_by": by.name, "recorded_at": at}
    row, made = Confirmation.objects.get_or_create(meeting=meeting, defaults=said)
    if made:
        _note(Verb.CREATED, row, meeting.student_id, by, at)
    return made


@transaction.atomic
def take_back(*, student: int, said_at: datetime, by: Viewer, at: datetime) -> bool:
    """What this student said at that moment."""
    for row in Confirmation.objects.filter(meeting__student=student, recorded_at=said_at).select_related("meeting"):
        _note(Verb.REMOVED, row, student, by, at)
        row.delete()
        return True
    return False


def _note(verb: Verb, row: Confirmation, student: int, by: Viewer, at: datetime) -> None:
    """Never the words."""
    record.changes(by=by, at=at, of=[record.Change(verb, NOUN, row.pk, student, {"after": {"answer": row.answer}})])
