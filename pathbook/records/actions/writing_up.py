"""Writing up a guidance meeting: begun without a booking, filed as held, put right later, taken back at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people import access
from pathbook.people.models import Institution, Staff, Student
from pathbook.people.visibility import Viewer
from pathbook.records.actions.actions_of_meeting import Agreed, RefusedError, agree, taken_back
from pathbook.records.actions.aspirations import NOTHING, Hoped, record_aspiration
from pathbook.records.actions.before import keep as keep_before
from pathbook.records.actions.before import overwritten
from pathbook.records.actions.drafts import Said, Seen, author_of, has_moved, keep
from pathbook.records.models import Action, Before, GuidanceMeeting, MeetingDraft

Status = GuidanceMeeting.Status


@dataclass(frozen=True, slots=True)
class WrittenUp:
    """What is filed. `private_note` is None when it is not the writer's; `adviser_name` only where no adviser is known."""

    held_on: date
    minutes: int | None = None
    level: int | None = None
    adviser_name: str = ""
    purpose: str = ""
    sharing_agreed_on: date | None = None
    shared_with_parent: bool = False
    summary: str = ""
    private_note: str | None = None
    actions: tuple[Agreed, ...] = ()
    nothing_agreed: bool = False
    hoped: Hoped = NOTHING


class MovedOnError(Exception):
    """Somebody filed it, or another window saved it, since this window was filled."""


def adviser_writing(by: Viewer, school: Institution) -> Staff | None:
    """The viewer as a member of staff, when they are an adviser."""
    if by.account_id is None or not by.may(access.PRIVATE_NOTE, access.WRITE):
        return None
    return Staff.objects.filter(account_id=by.account_id, institution=school).first()


def note_is_theirs(meeting: GuidanceMeeting, by: Viewer) -> bool:
    """A private note is its adviser's alone; of a meeting not held yet, whichever adviser's it will be who holds it."""
    if by.account_id is None or not by.may(access.PRIVATE_NOTE, access.WRITE):
        return False
    held_by = meeting.adviser.account_id if meeting.adviser else None
    return held_by == by.account_id or (meeting.status == Status.BOOKED and not meeting.private_note)


@transaction.atomic
def begin(*, student: Student, school: Institution, by: Viewer, at: datetime, on: date) -> GuidanceMeeting:
    """A meeting nobody booked: somebody walked in. One begun today by the same person and not filed is gone on with."""
    adviser = adviser_writing(by, school)
    open_today = GuidanceMeeting.objects.filter(
        student=student, status=Status.BOOKED, planned_on=on, adviser=adviser, slot=None, recorded_by=by.name
    ).first()
    if open_today:
        return open_today
    meeting = GuidanceMeeting.objects.create(
        institution=school, student=student, adviser=adviser, adviser_name=adviser.name if adviser else "",
        adviser_level=adviser.level if adviser else None, status=Status.BOOKED, booked_on=on, planned_on=on,
        recorded_by=by.name, recorded_at=at,
    )  # fmt: skip
    of = record.Change(Verb.CREATED, "meeting", meeting.pk, student.pk, {"after": _facts(meeting)})
    record.changes(by=by, at=at, of=[of])
    return meeting


@transaction.atomic
def file(*, meeting: GuidanceMeeting, written: WrittenUp, seen: Seen, by: Viewer, at: datetime) -> GuidanceMeeting:
    """File it as held, or put right what was filed. All of it or nothing, and the audit notes what, never the words."""
    now = _unmoved(meeting, seen, by)
    problem = wrong_with(written)
    if problem:
        raise RefusedError(problem)
    before, was_held, over = _facts(now), now.held_on, _written_over(now, written)
    _write(now, written, by, at)
    detail = {"before": before, "after": _facts(now)}
    changes = [record.Change(Verb.CHANGED, "meeting", now.pk, now.student_id, detail)]
    changes += agree(now, written.actions, was_held, by, at)
    if written.nothing_agreed and now.actions.exists():
        raise RefusedError("Something was agreed in this meeting and closed since: untick that nothing was agreed.")
    record.changes(by=by, at=at, of=changes)
    keep_before(over, by=by, at=at)
    record_aspiration(student=now.student, hoped=written.hoped, said_on=written.held_on, by=by, at=at, meeting=now)
    MeetingDraft.objects.filter(meeting=now, author_id=author_of(by)).delete()
    return now


def wrong_with(written: WrittenUp) -> str:
    """One sentence, or nothing."""
    said = [one for one in written.actions if one.what]
    early = next((one for one in said if one.due_on and one.due_on < written.held_on), None)
    if early:
        return due_too_early(early.what, written.held_on)
    if any(one.due_on is None for one in said):
        return "Say by when each action is due."
    if written.nothing_agreed and said:
        return "Clear the actions, or untick that nothing was agreed: it cannot be both."
    if written.summary and written.sharing_agreed_on is None:
        return "Say when sharing was agreed with the student: the summary is shared."
    return ""


def due_too_early(what: str, held_on: date) -> str:
    return f"“{what}” would be due before its meeting: choose a day from {held_on.day} {held_on:%b %Y} on."


def _unmoved(meeting: GuidanceMeeting, seen: Seen, by: Viewer) -> GuidanceMeeting:
    now = GuidanceMeeting.objects.select_related("adviser", "student", "institution").get(pk=meeting.pk)
    draft = MeetingDraft.objects.filter(meeting=now, author_id=author_of(by)).first()
    if now.version != seen.base or (draft is not None and has_moved(draft, seen)):
        raise MovedOnError
    if now.status not in (Status.BOOKED, Status.HELD):
        raise RefusedError(f"This meeting is recorded as {now.get_status_display().lower()}. Put that right first.")
    return now


def _write(now: GuidanceMeeting, written: WrittenUp, by: Viewer, at: datetime) -> None:
    """Whoever of the advisers files a booked meeting is the adviser who held it."""
    adviser = adviser_writing(by, now.institution) if now.status == Status.BOOKED else None
    if adviser:
        now.adviser, now.adviser_name = adviser, adviser.name
    elif written.adviser_name and now.adviser is None:
        now.adviser_name = written.adviser_name
    if written.private_note is not None and (adviser or note_is_theirs(now, by)):
        now.private_note = written.private_note
    now.status, now.held_on, now.minutes = Status.HELD, written.held_on, written.minutes
    now.adviser_level, now.purpose, now.summary = written.level, written.purpose, written.summary
    now.sharing_agreed_on, now.shared_with_parent = written.sharing_agreed_on, written.shared_with_parent
    now.nothing_agreed = written.nothing_agreed
    now.recorded_by, now.recorded_at, now.version = by.name, at, now.version + 1
    now.save()


@transaction.atomic
def undo(*, meeting: GuidanceMeeting, version: int, said: Said, window: str, by: Viewer, at: datetime) -> None:
    """Take a filing back while nothing rests on it: the meeting is booked again, and `said` is a draft once more."""
    now = GuidanceMeeting.objects.select_related("adviser").get(pk=meeting.pk)
    if now.status != Status.HELD or now.version != version:
        raise MovedOnError
    rows = list(now.actions.all())
    if any(row.closed_on or row.version > 1 or row.activity_id for row in rows):
        raise RefusedError("Something has come of its actions already, so it is not taken back. Change it instead.")
    before, over = _facts(now), _emptied(now, rows)
    changes = [*taken_back(rows), *_unsaid(now)]
    if note_is_theirs(now, by):
        now.private_note = ""
    now.status, now.held_on, now.summary, now.nothing_agreed = Status.BOOKED, None, "", False
    now.minutes, now.sharing_agreed_on, now.shared_with_parent = None, None, False
    now.version += 1
    now.save()
    detail = {"before": before, "after": _facts(now)}
    changes.append(record.Change(Verb.UNDONE, "meeting", now.pk, now.student_id, detail))
    record.changes(by=by, at=at, of=changes)
    keep_before(over, by=by, at=at)
    keep(meeting=now, said=said, seen=Seen(window, now.version), by=by, at=at)


def _written_over(now: GuidanceMeeting, written: WrittenUp) -> list[Before]:
    """The words this filing changes. The working note's are not among them: it is its adviser's to change."""
    over = overwritten(Before.Of.MEETING, now, {"purpose": written.purpose, "summary": written.summary})
    known = {row.key: row for row in now.actions.all()}
    for one in written.actions:
        if one.key in known:
            said = {"what": one.what, "owner_name": one.owner_name if one.what else ""}
            over += overwritten(Before.Of.ACTION, known[one.key], said)
    return over


def _emptied(now: GuidanceMeeting, rows: Iterable[Action]) -> list[Before]:
    gone = [one for row in rows for one in overwritten(Before.Of.ACTION, row, {"what": "", "owner_name": ""})]
    return [*overwritten(Before.Of.MEETING, now, {"summary": ""}), *gone]


def _unsaid(now: GuidanceMeeting) -> Sequence[record.Change]:
    rows = list(now.aspirations.all())
    changes = [record.Change(Verb.UNDONE, "aspiration", row.pk, row.student_id) for row in rows]
    for row in rows:
        row.delete()
    return changes


def _facts(now: GuidanceMeeting) -> dict[str, Any]:
    """What the audit is told of a meeting: that something was written, not what."""
    return {
        "status": str(now.status),
        "held_on": now.held_on.isoformat() if now.held_on else "",
        "minutes": now.minutes,
        "level": now.adviser_level,
        "adviser": now.adviser_id,
        "sharing_agreed_on": now.sharing_agreed_on.isoformat() if now.sharing_agreed_on else "",
        "shared_with_parent": now.shared_with_parent,
        "summary_written": bool(now.summary),
        "nothing_agreed": now.nothing_agreed,
        "version": now.version,
    }
