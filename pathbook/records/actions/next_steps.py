"""Writing down by list what students mean to do, what they were offered and where they went; each list undone in one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from pathbook.audit import record
from pathbook.audit.models import Event, Verb
from pathbook.framework.destinations import days_of, round_of
from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.people.visibility import Viewer, students_writable_by
from pathbook.records.models import Destination, Intention, Offer

NOUNS: dict[str, type[Intention] | type[Offer] | type[Destination]] = {
    "intention": Intention, "offer": Offer, "destination": Destination,
}  # fmt: skip


class NothingToUndoError(Exception):
    """Undone already, or written down again since; the sentence says so."""


@dataclass(frozen=True, slots=True)
class Went:
    """Where one leaver is: `on` the day it is true of, `checked_on` the day somebody found out."""

    student: int
    code: str
    on: date
    source: str
    place: str = ""
    checked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """One application of one student, as it stands since `on`."""

    student: int
    provider: str
    course: str
    status: str
    on: date
    suitable: bool | None = None


@transaction.atomic
def record_intentions(*, said: Mapping[int, str], on: date, by: Viewer, at: datetime) -> int:
    """`said`: student to code. The same code again in the same round writes nothing. How many were written."""
    mine = _writable(by, on, access.INTENDS, said)
    first, last = days_of(AcademicYear.of(on), round_of(on))
    rows = Intention.objects.filter(student__in=mine, recorded_on__range=(first, min(on, last)))
    now = dict(rows.order_by("recorded_on", "pk").values_list("student_id", "code"))
    made = Intention.objects.bulk_create(
        Intention(student_id=pk, recorded_on=on, code=said[pk], recorded_by=by.name, recorded_at=at)
        for pk in sorted(mine)
        if now.get(pk) != said[pk]
    )
    return _noted("intention", made, by, at)


@transaction.atomic
def record_destinations(*, said: Sequence[Went], on: date, by: Viewer, at: datetime) -> list[int]:
    """Each a new line of somebody's history; what is there already, to the word, is not written twice. Their keys."""
    mine = _writable(by, on, access.ASPIRATIONS, [one.student for one in said])
    rows = Destination.objects.filter(student__in=mine)
    known = set(rows.values_list("student_id", "code", "as_of", "source", "place"))
    new = [one for one in said if one.student in mine and _told(one) not in known]
    made = Destination.objects.bulk_create(
        Destination(
            student_id=one.student,
            as_of=one.on,
            code=one.code,
            source=one.source,
            place=one.place,
            checked_on=one.checked_on or on,
            recorded_by=by.name,
            recorded_at=at,
        )
        for one in new
    )
    _noted("destination", made, by, at)
    return [row.pk for row in made]


@transaction.atomic
def record_offers(*, said: Sequence[Answered], on: date, by: Viewer, at: datetime) -> int:
    """The same provider and course again is its new status; nothing new is nothing written. How many were written."""
    mine = _writable(by, on, access.ASPIRATIONS, [one.student for one in said])
    rows = Offer.objects.filter(student__in=mine).order_by("on", "pk")
    known = {(row.student_id, row.provider, row.course): row for row in rows}
    done = [_offer(one, known, by, at) for one in said if one.student in mine]
    changes = [change for change in done if change]
    record.changes(by=by, at=at, of=changes)
    return len(changes)


def _offer(one: Answered, known: Mapping[Any, Offer], by: Viewer, at: datetime) -> record.Change | None:
    after = {"status": one.status, "on": one.on, "suitable": one.suitable}
    row = known.get((one.student, one.provider, one.course))
    before = {name: getattr(row, name) for name in after} if row else None
    if before and (before["status"], before["suitable"]) == (one.status, one.suitable):
        return None
    if row is None:
        row = Offer(student_id=one.student, provider=one.provider, course=one.course)
    row.status, row.on, row.suitable, row.recorded_by, row.recorded_at = one.status, one.on, one.suitable, by.name, at
    row.save()
    verb = Verb.CHANGED if before else Verb.CREATED
    return record.Change(verb, "offer", row.pk, one.student, {"before": _plain(before), "after": _plain(after)})


def _plain(said: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return {name: v.isoformat() if isinstance(v, date) else v for name, v in said.items()} if said else None


@transaction.atomic
def undo(*, noun: str, said_at: datetime, on: date, by: Viewer, at: datetime) -> int:
    """Take back one list this person wrote: new lines go, a changed offer is as it was. How many."""
    part = access.INTENDS if noun == "intention" else access.ASPIRATIONS
    events = Event.objects.filter(noun=noun, at=said_at, actor_id=by.account_id, verb__in=(Verb.CREATED, Verb.CHANGED))
    mine = _writable(by, on, part, [event.student_id or 0 for event in events])
    rows = (
        NOUNS[noun]
        .objects.filter(pk__in=[event.noun_id for event in events], recorded_at=said_at, student__in=mine)
        .in_bulk()
    )
    told = [(event, rows[event.noun_id]) for event in events if event.noun_id in rows]
    if not told:
        raise NothingToUndoError("There is nothing to undo: it has been undone, or written down again since.")
    for event, row in told:
        _take_back(row, event.detail.get("before"))
    record.changes(by=by, at=at, of=[record.Change(Verb.UNDONE, noun, e.noun_id, e.student_id) for e, _ in told])
    return len(told)


def _take_back(row: Model, before: Mapping[str, Any] | None) -> None:
    if before is None or not isinstance(row, Offer):
        row.delete()
        return
    row.status, row.suitable = before["status"], before.get("suitable")
    row.on = date.fromisoformat(before["on"])
    row.save(update_fields=["status", "suitable", "on"])


def _writable(by: Viewer, on: date, part: str, students: Iterable[int]) -> set[int]:
    return set(students_writable_by(by, on, part).filter(pk__in=set(students)).values_list("pk", flat=True))


def _told(one: Went) -> tuple[int, str, date, str, str]:
    return (one.student, one.code, one.on, one.source, one.place)


def _noted(noun: str, rows: Sequence[Intention] | Sequence[Destination], by: Viewer, at: datetime) -> int:
    """The audit says which code, never the words."""
    of = [record.Change(Verb.CREATED, noun, row.pk, row.student_id, {"after": {"code": row.code}}) for row in rows]
    return record.changes(by=by, at=at, of=of)
