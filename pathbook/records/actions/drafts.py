"""Keeping what an adviser is writing, every few seconds, so that a closed lid or a second window loses nothing.

A draft is its author's alone. Each window that shows it has a token; the draft remembers which window saved last. A
window that comes later, not having seen what another saved, is not let over it: what was typed there is kept beside.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people.visibility import Viewer
from pathbook.records.models import GuidanceMeeting, MeetingDraft

Said = Mapping[str, str]  # a form as typed, by the names of its fields


@dataclass(frozen=True, slots=True)
class Seen:
    """What a window was shown: its own token, the meeting's version, and the draft's (0 for none)."""

    window: str
    base: int
    draft: int = 0


@dataclass(frozen=True, slots=True)
class Other:
    """What was typed in a window that had not seen the draft as it is."""

    window: str
    said: Said
    at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it is kept: what was typed, and beside it what other windows typed."""

    said: Said
    others: tuple[Other, ...]
    base: int
    version: int
    at: datetime


def author_of(by: Viewer) -> int:
    """Nobody signs in as 0: the command line writes nothing up."""
    return by.account_id or 0


def draft_of(meeting: GuidanceMeeting, by: Viewer) -> Draft | None:
    """The viewer's own; nobody reads another's."""
    row = _row(meeting, by)
    return _draft(row) if row else None


@transaction.atomic
def keep(*, meeting: GuidanceMeeting, said: Said, seen: Seen, by: Viewer, at: datetime) -> bool:
    """Keep what was typed. False when somebody was here since this window was filled: it is then kept beside theirs."""
    version = GuidanceMeeting.objects.values_list("version", flat=True).get(pk=meeting.pk)
    row = _row(meeting, by)
    if row is None:
        _begin(meeting, said, seen, by, at)
        return version == seen.base
    if has_moved(row, seen) and row.says["said"] != said:
        _keep_beside(row, said, seen, at)
        return False
    shown_all = row.says["window"] != seen.window
    says = {"window": seen.window, "said": dict(said), "others": [] if shown_all else row.says["others"]}
    if says != row.says or row.base != seen.base:
        MeetingDraft.objects.filter(pk=row.pk).update(
            says=says, base=seen.base, version=row.version + 1, recorded_by=by.name, recorded_at=at
        )
    return version == seen.base


@transaction.atomic
def drop(*, meeting: GuidanceMeeting, by: Viewer, at: datetime) -> None:
    """Throw the viewer's own draft away; a meeting that was only begun, never booked in a slot, goes with it."""
    row = _row(meeting, by)
    gone = [record.Change(Verb.REMOVED, "draft", row.pk, meeting.student_id)] if row else []
    if row:
        row.delete()
    if only_begun(meeting):
        gone.append(record.Change(Verb.REMOVED, "meeting", meeting.pk, meeting.student_id))
        meeting.delete()
    record.changes(by=by, at=at, of=gone)


def only_begun(meeting: GuidanceMeeting) -> bool:
    """Started without a booking, not filed, and nobody else is writing in it."""
    walked_in = meeting.slot_id is None and meeting.booked_on == meeting.planned_on
    booked = meeting.status == GuidanceMeeting.Status.BOOKED
    return walked_in and booked and not meeting.private_note and not meeting.drafts.exists()


def has_moved(row: MeetingDraft, seen: Seen) -> bool:
    """Has another window saved since this one was shown the draft?"""
    return row.says["window"] != seen.window and row.version != seen.draft


def _row(meeting: GuidanceMeeting, by: Viewer) -> MeetingDraft | None:
    return MeetingDraft.objects.filter(meeting=meeting, author_id=author_of(by)).first()


def _draft(row: MeetingDraft) -> Draft:
    others = tuple(Other(one["window"], one["said"], datetime.fromisoformat(one["at"])) for one in row.says["others"])
    return Draft(row.says["said"], others, row.base, row.version, row.recorded_at)


def _begin(meeting: GuidanceMeeting, said: Said, seen: Seen, by: Viewer, at: datetime) -> None:
    says = {"window": seen.window, "said": dict(said), "others": []}
    row = MeetingDraft.objects.create(
        meeting=meeting, author_id=author_of(by), says=says, base=seen.base, recorded_by=by.name, recorded_at=at
    )
    record.changes(by=by, at=at, of=[record.Change(Verb.CREATED, "draft", row.pk, meeting.student_id)])


def _keep_beside(row: MeetingDraft, said: Said, seen: Seen, at: datetime) -> None:
    """The version goes up, so that whoever has not been shown this either is stopped too."""
    mine: dict[str, Any] = {"window": seen.window, "said": dict(said), "at": at.isoformat()}
    rest = [one for one in row.says["others"] if one["window"] != seen.window]
    says = row.says | {"others": [*rest, mine]}
    MeetingDraft.objects.filter(pk=row.pk).update(says=says, version=row.version + 1)
