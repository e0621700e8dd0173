"""Opening an adviser's working note without being its author: a reason, an hour, and those it concerns are told."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people import access, letters
from pathbook.people.models import Account, Role, RoleHeld, Student
from pathbook.people.visibility import Viewer
from pathbook.records.models import GuidanceMeeting, NoteOpening

SHORTEST, FEWEST_WORDS = 20, 4
NOUN = "working note"
COPIED = "The student, or their parent, asked for a copy of everything that is held about them."
LETTER = """{by} opened an adviser's working note in Pathbook at {at:%H:%M} on {day}, and gave a reason.

Sign in to see whose note it is and why. This message names no student.
"""


class RefusedError(Exception):
    """It is not opened; the sentence says why and what to do."""


def opening_of(meeting: GuidanceMeeting, by: Viewer, at: datetime) -> NoteOpening | None:
    """The opening in force for this person, if there is one."""
    mine = NoteOpening.objects.open_at(at).filter(meeting=meeting, account=by.account_id)
    return mine.order_by("-recorded_at", "-pk").first()


@transaction.atomic
def open_note(*, meeting: GuidanceMeeting, reason: str, by: Viewer, at: datetime, on: date) -> NoteOpening:
    """Open this one note to this one person for an hour. Asked again meanwhile, the first opening stands."""
    if not meeting.private_note:
        raise RefusedError("No working note was written of this meeting: there is nothing to open.")
    said = " ".join(reason.split())
    if len(said) < SHORTEST or len(said.split()) < FEWEST_WORDS:
        raise RefusedError("Say in a sentence why you must read this note: the adviser will read your reason.")
    officers = _officers(meeting, by, on)
    if not officers:
        raise RefusedError(
            "Nobody else is the data protection officer, so nobody could be told. Give somebody that role first."
        )
    standing = opening_of(meeting, by, at)
    if standing:
        return standing
    opened = _open(meeting, said, by, at)
    _tell({*officers, *_authors([opened])}, by, at)
    return opened


@transaction.atomic
def tell_authors_of_copy(*, student: Student, by: Viewer, at: datetime) -> int:
    """The officer copied all that is held about somebody, working notes too: each author is told. How many notes."""
    noted = GuidanceMeeting.objects.filter(student=student).exclude(private_note="").select_related("adviser__account")
    opened = [_open(meeting, COPIED, by, at) for meeting in noted.order_by("pk")]
    _tell(_authors(opened), by, at)
    seen = NoteOpening.objects.filter(pk__in=[one.pk for one in opened])
    return seen.update(officer_saw_at=at, officer_saw_by=by.name)  # it is the officer who did it


def _open(meeting: GuidanceMeeting, reason: str, by: Viewer, at: datetime) -> NoteOpening:
    if by.account_id is None:
        raise RefusedError("Sign in to open a note: it is opened to one person.")
    author = _author(meeting)
    opened = NoteOpening.objects.create(
        meeting=meeting, account_id=by.account_id, author=author, reason=reason, recorded_by=by.name, recorded_at=at
    )
    told = {"meeting": meeting.pk, "ends_at": opened.ends_at.isoformat(), "author": author.pk if author else None}
    of = record.Change(Verb.CREATED, "note opening", opened.pk, meeting.student_id, told)
    record.changes(by=by, at=at, of=[of])
    return opened


def _authors(opened: Iterable[NoteOpening]) -> set[str]:
    return {one.author.email for one in opened if one.author}


def _tell(to: Collection[str], by: Viewer, at: datetime) -> None:
    """Once each, however many notes of theirs it was."""
    body = LETTER.format(by=by.name, at=at, day=f"{at.day} {at:%b %Y}")
    transaction.on_commit(lambda: letters.send(sorted(to), "A working note was opened", body))


@transaction.atomic
def read_note(*, opened: NoteOpening, by: Viewer, at: datetime) -> str:
    """The note's words; each reading is an event."""
    meeting = opened.meeting
    record.changes(by=by, at=at, of=[record.Change(Verb.READ, NOUN, meeting.pk, meeting.student_id)])
    return meeting.private_note


@transaction.atomic
def saw(*, opened: NoteOpening, by: Viewer, at: datetime) -> None:
    """Its author, or the data protection officer, has seen that it was opened. The first time counts."""
    before = (opened.author_saw_at, opened.officer_saw_at)
    if opened.author_id == by.account_id:
        opened.author_saw_at = opened.author_saw_at or at
    if by.may(access.AUDIT) and opened.officer_saw_at is None and opened.account_id != by.account_id:
        opened.officer_saw_at, opened.officer_saw_by = at, by.name
    if before == (opened.author_saw_at, opened.officer_saw_at):
        return
    opened.save(update_fields=["author_saw_at", "officer_saw_at", "officer_saw_by"])
    of = record.Change(Verb.CHANGED, "note opening", opened.pk, opened.meeting.student_id, {"fields": ["seen"]})
    record.changes(by=by, at=at, of=[of])


def _author(meeting: GuidanceMeeting) -> Account | None:
    return meeting.adviser.account if meeting.adviser else None


def _officers(meeting: GuidanceMeeting, by: Viewer, on: date) -> list[str]:
    """Other people: whoever wears both hats is not told of themselves."""
    held = RoleHeld.objects.held_on(on).filter(institution=meeting.institution_id, role=Role.DPO)
    others = held.filter(account__is_active=True).exclude(account=by.account_id)
    return list(others.values_list("account__email", flat=True))
