"""What becomes of a booked meeting: moved, cancelled, not attended, each with its reason; and undoing any of it."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from pathbook.audit import record
from pathbook.audit.models import Event, Verb
from pathbook.people import access
from pathbook.people.visibility import Viewer, students_writable_by
from pathbook.records.actions.before import keep, overwritten
from pathbook.records.actions.booking import BookingRefusedError, facts_of
from pathbook.records.actions.diary import diary_of, is_ahead, when_booked
from pathbook.records.actions.slots import when
from pathbook.records.models import Before, GuidanceMeeting, GuidanceSlot
from pathbook.records.queries.slots import day_of

Status = GuidanceMeeting.Status


def move(
    *, meeting: GuidanceMeeting, slot: GuidanceSlot, reason: str, seen: int, by: Viewer, at: datetime, on: date
) -> GuidanceMeeting:
    """To another slot. `seen` is the meeting's sequence as it was shown: whoever acts on an older one is told."""
    try:
        return _move(meeting, slot, reason, seen, by, at, on)
    except IntegrityError:
        raise BookingRefusedError(f"{when(slot)} has just been taken: choose another slot.") from None


@transaction.atomic
def _move(
    meeting: GuidanceMeeting, slot: GuidanceSlot, reason: str, seen: int, by: Viewer, at: datetime, on: date
) -> GuidanceMeeting:
    now = _as_seen(meeting, seen, Status.BOOKED)
    diary = diary_of(slot.institution, slots=[slot], students=[now.student], on=on, at=at)
    _refuse(diary.wrong(slot, now.student, moving=now) or ("" if reason else "Say why it is moved."))
    before, over = facts_of(now), overwritten(Before.Of.MEETING, now, {"reason": reason})
    now.planned_on, now.reason_before, now.reason = day_of(slot), now.reason, reason
    _put_with(now, slot)
    return _save(now, before, over, by, at)


@transaction.atomic
def cancel(*, meeting: GuidanceMeeting, reason: str, seen: int, by: Viewer, at: datetime) -> GuidanceMeeting:
    """Its slot is free again."""
    now = _as_seen(meeting, seen, Status.BOOKED)
    _refuse("" if reason else "Say why it is cancelled.")
    before, over = facts_of(now), overwritten(Before.Of.MEETING, now, {"reason": reason})
    now.status, now.reason_before, now.reason = Status.CANCELLED, now.reason, reason
    return _save(now, before, over, by, at)


@transaction.atomic
def not_attended(*, meeting: GuidanceMeeting, reason: str, seen: int, by: Viewer, at: datetime) -> GuidanceMeeting:
    """The student did not come. Within 10 school days it has a next slot, or a reason why none."""
    now = _as_seen(meeting, seen, Status.BOOKED)
    early = f"It begins only on {when_booked(now)}: move or cancel it instead." if is_ahead(now, at) else ""
    _refuse(early or ("" if reason else "Say why they did not come, or that it is not known."))
    before, over = facts_of(now), overwritten(Before.Of.MEETING, now, {"reason": reason})
    now.status, now.reason_before, now.reason = Status.NOT_ATTENDED, now.reason, reason
    return _save(now, before, over, by, at)


@transaction.atomic
def no_next(*, meeting: GuidanceMeeting, why: str, seen: int, by: Viewer, at: datetime) -> GuidanceMeeting:
    """A missed meeting that needs no other."""
    now = _as_seen(meeting, seen, Status.NOT_ATTENDED)
    _refuse("" if why else "Say why no other meeting is needed.")
    before, over = facts_of(now), overwritten(Before.Of.MEETING, now, {"no_next": why})
    now.reason_before, now.no_next = now.reason, why
    return _save(now, before, over, by, at)


@transaction.atomic
def undo(
    *, said_at: datetime, by: Viewer, at: datetime, on: date, meetings: Collection[int] | None = None
) -> tuple[GuidanceMeeting, ...]:
    """Put back what one act changed, while nothing came after it; a booking is taken out. All of it or nothing.

    One's own act; or of `meetings`, whoever did it, where the caller knows that they are of one act.
    """
    events = [one for one in _events(said_at, by, meetings) if "sequence" in one.detail.get("after", {})]
    rows = _rows(events)
    mine = students_writable_by(by, on, access.GUIDANCE).filter(pk__in=[row.student_id for row in rows.values()])
    if not rows or mine.count() < len({row.student_id for row in rows.values()}):
        raise BookingRefusedError("There is nothing to undo: it has been undone already.")
    over = [one for row in rows.values() for one in overwritten(Before.Of.MEETING, row, _unsaid(row))]
    changes = [_put_back(event, rows.get(event.noun_id or 0), by, at, on) for event in events]
    record.changes(by=by, at=at, of=changes)
    keep(over, by=by, at=at)
    return tuple(rows.values())


def _unsaid(row: GuidanceMeeting) -> dict[str, str]:
    """What an undo puts where a reason was given."""
    return {"reason": row.reason_before, "no_next": ""}


def _events(said_at: datetime, by: Viewer, meetings: Collection[int] | None) -> Collection[Event]:
    found = Event.objects.filter(noun="meeting", at=said_at, verb__in=(Verb.CREATED, Verb.CHANGED)).order_by("pk")
    return found.filter(actor_id=by.account_id) if meetings is None else found.filter(noun_id__in=meetings)


def _rows(events: Collection[Event]) -> dict[int, GuidanceMeeting]:
    found = GuidanceMeeting.objects.filter(pk__in=[event.noun_id for event in events])
    return {row.pk: row for row in found.select_related("student", "slot", "institution")}


def _put_back(event: Event, now: GuidanceMeeting | None, by: Viewer, at: datetime, on: date) -> record.Change:
    after: dict[str, Any] = event.detail["after"]
    if now is None or (now.sequence, now.status) != (after["sequence"], after["status"]):
        raise BookingRefusedError("It was changed since, so it is not undone. This is how it stands now.")
    if event.verb == Verb.CREATED:
        return _take_out(now)
    was: dict[str, Any] = event.detail["before"]
    slot = GuidanceSlot.objects.select_related("adviser").filter(pk=was["slot"]).first()
    if was["status"] == Status.BOOKED:
        _still_free(now, slot, was["slot"], at, on)
    before = facts_of(now)
    now.status, now.slot, now.no_next = was["status"], slot, ""
    now.reason, now.reason_before = now.reason_before, ""
    now.planned_on = date.fromisoformat(was["planned_on"]) if was["planned_on"] else None
    if slot:
        _put_with(now, slot)
    now.sequence, now.recorded_by, now.recorded_at = now.sequence + 1, by.name, at
    now.save()
    return record.Change(Verb.UNDONE, "meeting", now.pk, now.student_id, {"before": before, "after": facts_of(now)})


def _still_free(now: GuidanceMeeting, slot: GuidanceSlot | None, was: int | None, at: datetime, on: date) -> None:
    if slot is None:
        _refuse("Its slot is no longer offered, so it is not undone. Book another slot." if was else "")
        return
    if now.slot_id != slot.pk or now.status == Status.CANCELLED:
        _refuse(diary_of(slot.institution, slots=[slot], students=[now.student], on=on, at=at).free(slot))


def _take_out(now: GuidanceMeeting) -> record.Change:
    if now.status != Status.BOOKED or now.drafts.exists():
        raise BookingRefusedError(
            "Somebody has begun to write this meeting up, so it is not undone. Cancel it instead."
        )
    change = record.Change(Verb.UNDONE, "meeting", now.pk, now.student_id, {"before": facts_of(now)})
    now.delete()
    return change


def _put_with(now: GuidanceMeeting, slot: GuidanceSlot) -> None:
    """Into this slot of its adviser; the one it leaves is remembered, so that their calendar hears of it."""
    if now.adviser_id and now.adviser_id != slot.adviser_id:
        now.was_with.add(now.adviser_id)
    now.slot = slot
    now.adviser, now.adviser_name, now.adviser_level = slot.adviser, slot.adviser.name, slot.adviser.level


def _as_seen(meeting: GuidanceMeeting, seen: int, status: str) -> GuidanceMeeting:
    now = GuidanceMeeting.objects.select_related("student", "slot").get(pk=meeting.pk)
    if now.sequence != seen or now.status != status:
        word = "booked for " + when_booked(now) if now.status == Status.BOOKED else now.get_status_display().lower()
        raise BookingRefusedError(f"This meeting was changed since you opened it: it is {word}. Nothing was done.")
    return now


def _refuse(problem: str) -> None:
    if problem:
        raise BookingRefusedError(problem)


def _save(
    now: GuidanceMeeting, before: dict[str, Any], over: Collection[Before], by: Viewer, at: datetime
) -> GuidanceMeeting:
    now.sequence += 1
    now.recorded_by, now.recorded_at = by.name, at
    now.save()
    detail = {"before": before, "after": facts_of(now)}
    record.changes(by=by, at=at, of=[record.Change(Verb.CHANGED, "meeting", now.pk, now.student_id, detail)])
    keep(over, by=by, at=at)
    return now
