"""Writing down what a student says they want. History is kept: what was said before stays as it was said."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Event, Verb
from pathbook.people.models import Student
from pathbook.people.visibility import Viewer
from pathbook.records.models import Aspiration, GuidanceMeeting


@dataclass(frozen=True, slots=True)
class Hoped:
    """As said: `words` their own; `occupation` and `soc2020` only when a person chose them; `certainty` 1 to 5."""

    words: str = ""
    occupation: str = ""
    soc2020: str = ""
    sector: str = ""
    pathway: str = ""
    certainty: int | None = None


NOTHING = Hoped()


class NotYoursError(Exception):
    """Somebody else wrote it down."""


@transaction.atomic
def record_aspiration(
    *, student: Student, hoped: Hoped, said_on: date, by: Viewer, at: datetime, meeting: GuidanceMeeting | None = None
) -> Aspiration | None:
    """A new line of their history; None when it says nothing, or nothing else than what that meeting or day has already."""
    before = said_in(meeting) if meeting is not None else _said_on(student, said_on)
    if hoped in (NOTHING, before):
        return None
    row = Aspiration.objects.create(
        student=student, meeting=meeting, said_on=said_on, words=hoped.words, occupation=hoped.occupation,
        soc2020=hoped.soc2020, sector=hoped.sector, pathway=hoped.pathway, certainty=hoped.certainty,
        recorded_by=by.name, recorded_at=at,
    )  # fmt: skip
    after = {"pathway": row.pathway, "sector": row.sector, "soc2020": row.soc2020, "certainty": row.certainty}
    of = record.Change(Verb.CREATED, "aspiration", row.pk, student.pk, {"after": after})
    record.changes(by=by, at=at, of=[of])
    return row


def _said_on(student: Student, on: date) -> Hoped:
    row = student.aspirations.filter(said_on=on).order_by("-pk").first()
    return hoped_of(row) if row else NOTHING


@transaction.atomic
def take_back(*, aspiration: Aspiration, by: Viewer, at: datetime) -> None:
    """Undo of writing it down, by whoever did."""
    written = Event.objects.filter(noun="aspiration", noun_id=aspiration.pk, verb=Verb.CREATED, actor_id=by.account_id)
    if not written.exists():
        raise NotYoursError("Only whoever wrote it down takes it back. Write down what the student says now.")
    record.changes(by=by, at=at, of=[record.Change(Verb.UNDONE, "aspiration", aspiration.pk, aspiration.student_id)])
    aspiration.delete()


def said_in(meeting: GuidanceMeeting) -> Hoped:
    """What was said in this meeting, the last line of it."""
    row = meeting.aspirations.order_by("-pk").first()
    return hoped_of(row) if row else NOTHING


def hoped_of(row: Aspiration) -> Hoped:
    return Hoped(row.words, row.occupation, row.soc2020, row.sector, row.pathway, row.certainty)
