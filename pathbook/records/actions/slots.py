"""Offering times to meet: one day's run or a timetable of weekdays; taking free ones back; undoing either."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from pathbook.audit import record
from pathbook.audit.models import Event, Verb
from pathbook.framework.schooldays import SchoolDays
from pathbook.people.keys import new_key
from pathbook.people.models import Staff
from pathbook.people.visibility import Viewer
from pathbook.records.models import GuidanceMeeting, GuidanceSlot
from pathbook.records.queries.slots import day_of, school_days, slots_between, taken

MOST_SLOTS = 1000
MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Run:
    """So many slots a day, one after another. With `weekdays` (0 is Monday) on each such day from first to last."""

    first_day: date
    first_time: time
    number: int
    minutes: int
    gap: int = 0
    place: str = ""
    online: bool = False
    last_day: date | None = None
    weekdays: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Offered:
    """What was offered, and the days left out with the reason the school is closed."""

    slots: tuple[GuidanceSlot, ...]
    skipped: tuple[tuple[date, str], ...]
    at: datetime


class SlotRefusedError(Exception):
    """It cannot be offered, taken back or undone so; the sentence says why."""


class AlreadyOfferedError(Exception):
    """The same form was sent before."""


@transaction.atomic
def offer(*, adviser: Staff, run: Run, by: Viewer, at: datetime, series: str = "") -> Offered:
    """All of it or nothing. `series`, where given, is the form's own token: sent again, it offers nothing twice."""
    if series and GuidanceSlot.objects.filter(institution=adviser.institution, series=series).exists():
        raise AlreadyOfferedError
    days, skipped = _days(run, school_days(adviser.institution))
    rows = [_slot(adviser, run, start, series or "", by, at) for day in days for start in _starts(run, day)]
    _refuse(rows, run, skipped, at)
    _refuse_overlap(adviser, rows)
    made = GuidanceSlot.objects.bulk_create(rows)
    record.changes(by=by, at=at, of=[_event(Verb.CREATED, slot, "after") for slot in made])
    return Offered(tuple(made), skipped, at)


@transaction.atomic
def withdraw(*, slots: Collection[GuidanceSlot], by: Viewer, at: datetime) -> int:
    """Take back those that are free; the ones booked stay. Returns how many were taken back."""
    asked = [slot.pk for slot in slots]
    free = list(GuidanceSlot.objects.filter(~taken(), pk__in=asked, starts_at__gt=at).order_by("pk"))
    _remove(free)
    record.changes(by=by, at=at, of=[_event(Verb.REMOVED, slot, "before") for slot in free])
    return len(free)


@transaction.atomic
def undo(*, said_at: datetime, advisers: Collection[Staff], by: Viewer, at: datetime) -> int:
    """Undo of offer (those still free are taken back) and of withdraw (they are offered again)."""
    whose = {one.pk: one for one in advisers}
    events = Event.objects.filter(noun="slot", at=said_at, actor_id=by.account_id).order_by("pk")
    ours = [event for event in events if _said(event)["adviser"] in whose]
    gone = _undone(ours)
    ours = [event for event in ours if event.pk not in gone]
    if not ours:
        raise SlotRefusedError("There is nothing to undo: it has been undone already.")
    offered = {_number(event): event for event in ours if event.verb == Verb.CREATED}
    free = list(GuidanceSlot.objects.filter(~taken(), pk__in=offered))
    _remove(free)
    back = [event for event in ours if event.verb == Verb.REMOVED]
    again = [_again(event, whose, by, at) for event in back]
    for adviser in whose.values():
        _refuse_overlap(adviser, [slot for slot in again if slot.adviser_id == adviser.pk])
    GuidanceSlot.objects.bulk_create(again)
    undone = [*(offered[slot.pk] for slot in free), *back]
    changes = [record.Change(Verb.UNDONE, "slot", one.noun_id, detail={"undid": one.pk}) for one in undone]
    return record.changes(by=by, at=at, of=changes)


def _days(run: Run, open_days: SchoolDays) -> tuple[list[date], tuple[tuple[date, str], ...]]:
    last = run.last_day or run.first_day
    span = [run.first_day + timedelta(days=n) for n in range((last - run.first_day).days + 1)]
    wanted = [day for day in span if not run.weekdays or day.weekday() in run.weekdays]
    closed = [(day, one.why) for day in wanted if (one := open_days.closed_on(day))]
    left_out = {day for day, _ in closed}
    return [day for day in wanted if day not in left_out], tuple(closed)


def _starts(run: Run, day: date) -> Iterator[datetime]:
    """Wall-clock times, so that ten o'clock stays ten o'clock when the clocks change."""
    first = datetime.combine(day, run.first_time)
    return (timezone.make_aware(first + timedelta(minutes=(run.minutes + run.gap) * n)) for n in range(run.number))


def _slot(adviser: Staff, run: Run, start: datetime, series: str, by: Viewer, at: datetime) -> GuidanceSlot:
    return GuidanceSlot(
        institution=adviser.institution, key=new_key(), adviser=adviser, starts_at=start, minutes=run.minutes,
        place=run.place, online=run.online, series=series, recorded_by=by.name, recorded_at=at,
    )  # fmt: skip


def _refuse(rows: Sequence[GuidanceSlot], run: Run, skipped: Sequence[tuple[date, str]], at: datetime) -> None:
    last = datetime.combine(run.first_day, run.first_time) + timedelta(
        minutes=run.minutes * run.number + run.gap * (run.number - 1)
    )
    if last.date() != run.first_day:
        raise SlotRefusedError("The last slot would end after midnight: offer fewer, or shorter ones.")
    if not rows and skipped:
        raise SlotRefusedError(f"The school is closed then ({skipped[0][1]}): choose another day.")
    if not rows:
        raise SlotRefusedError("No such weekday lies between the two dates: choose other days or dates.")
    if len(rows) > MOST_SLOTS:
        raise SlotRefusedError(f"That is {len(rows):,} slots at once: offer at most {MOST_SLOTS:,}.")
    if rows[0].starts_at <= at:
        raise SlotRefusedError("The first slot would begin before now: choose a later day or time.")


def _refuse_overlap(adviser: Staff, rows: Sequence[GuidanceSlot]) -> None:
    if not rows:
        return
    known = slots_between(adviser.institution, day_of(rows[0]), max(map(day_of, rows))).filter(adviser=adviser)
    by_day: dict[date, list[GuidanceSlot]] = {}
    for one in known:
        by_day.setdefault(day_of(one), []).append(one)
    clashes = ((row, one) for row in rows for one in by_day.get(day_of(row), ()) if _overlap(row, one))
    clash = next(clashes, None)
    if clash:
        row, one = clash
        raise SlotRefusedError(
            f"{when(row)} overlaps a slot already offered, {_clock(one.starts_at)} to {_clock(one.ends_at)}: "
            "choose another time."
        )


def _overlap(one: GuidanceSlot, other: GuidanceSlot) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def when(slot: GuidanceSlot) -> str:
    """Tue 10 Feb 2026 at 10:00."""
    start = timezone.localtime(slot.starts_at)
    return f"{start:%a} {start.day} {start:%b %Y} at {start:%H:%M}"


def _clock(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"


def _remove(free: Iterable[GuidanceSlot]) -> None:
    """A cancelled meeting keeps its day and loses the slot that is gone."""
    pks = [slot.pk for slot in free]
    GuidanceMeeting.objects.filter(slot__in=pks).update(slot=None)
    GuidanceSlot.objects.filter(pk__in=pks).delete()


def _event(verb: Verb, slot: GuidanceSlot, name: str) -> record.Change:
    said = {
        "adviser": slot.adviser_id, "key": slot.key, "starts_at": slot.starts_at.isoformat(), "minutes": slot.minutes,
        "place": slot.place, "online": slot.online, "series": slot.series,
    }  # fmt: skip
    return record.Change(verb, "slot", slot.pk, detail={name: said})


def _number(event: Event) -> int:
    return int(event.noun_id or 0)


def _undone(events: Collection[Event]) -> set[int]:
    rows = Event.objects.filter(noun="slot", verb=Verb.UNDONE, noun_id__in=map(_number, events))
    return {event.detail.get("undid", 0) for event in rows}


def _said(event: Event) -> dict[str, Any]:
    said: dict[str, Any] = event.detail.get("after") or event.detail.get("before") or {"adviser": None}
    return said


def _again(event: Event, whose: dict[int, Staff], by: Viewer, at: datetime) -> GuidanceSlot:
    was = _said(event)
    return GuidanceSlot(
        pk=event.noun_id, institution=whose[was["adviser"]].institution, key=was["key"], adviser=whose[was["adviser"]],
        starts_at=datetime.fromisoformat(was["starts_at"]), minutes=was["minutes"], place=was["place"],
        online=was["online"], series=was["series"], recorded_by=by.name, recorded_at=at,
    )  # fmt: skip
