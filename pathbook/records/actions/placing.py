"""Placements: begun for a year group, a host named by the student and given by the school, approved, called off."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.framework import placements as rule
from pathbook.people import access
from pathbook.people.models import Institution, Student
from pathbook.people.visibility import Viewer, students_writable_by
from pathbook.records.models import Host, Placement, PlacementForm, Provider
from pathbook.records.queries.placements import forms_of, placed


class PlacementRefusedError(Exception):
    """It cannot be done so; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another, and how many hours of each weekday."""

    first: date
    last: date
    hours: Decimal = Decimal(5)


@transaction.atomic
def begin(*, students: Collection[int], days: Days, by: Viewer, at: datetime, on: date) -> list[Placement]:
    """One each, without a host yet; whoever has one that overlaps these days is passed over."""
    mine = students_writable_by(by, on, access.ACTIVITIES).filter(pk__in=students)
    overlap = Placement.objects.standing().filter(starts_on__lte=days.last, ends_on__gte=days.first)
    free = mine.exclude(pk__in=overlap.values("student")).order_by("pk")
    said = {"starts_on": days.first, "ends_on": days.last, "hours_a_day": days.hours}
    made = Placement.objects.bulk_create(
        Placement(student=one, recorded_by=by.name, recorded_at=at, **said) for one in free
    )
    record.changes(by=by, at=at, of=[_event(Verb.CREATED, one) for one in made])
    return made


@transaction.atomic
def undo_begin(*, said_at: datetime, by: Viewer, at: datetime, on: date) -> int:
    """Take out what one act began, where nobody has said anything since."""
    mine = students_writable_by(by, on, access.ACTIVITIES)
    rows = Placement.objects.filter(recorded_at=said_at, recorded_by=by.name, student__in=mine)
    fresh = list(rows.filter(host=None, named_host="", forms=None, called_off_at=None))
    if not fresh:
        raise PlacementRefusedError("There is nothing to undo: it has been undone, or each has moved on since.")
    record.changes(by=by, at=at, of=[_event(Verb.UNDONE, one) for one in fresh])
    Placement.objects.filter(pk__in=[one.pk for one in fresh]).delete()
    return len(fresh)


@transaction.atomic
def propose(*, student: Student, days: Days, host: str, email: str, aim: str, by: Viewer, at: datetime) -> Placement:
    """A placement the student has found by themselves, for the school to look at. One for the same days at a time."""
    same = Placement.objects.standing().filter(student=student, starts_on__lte=days.last, ends_on__gte=days.first)
    if same.exists():
        raise PlacementRefusedError(
            "You have a placement on those days already. Change that one, or choose other days."
        )
    made = Placement.objects.create(
        student=student, starts_on=days.first, ends_on=days.last, hours_a_day=days.hours, recorded_by=by.name,
        recorded_at=at,
    )  # fmt: skip
    record.changes(by=by, at=at, of=[_event(Verb.CREATED, made)])
    name_host(placement=made, host=host, email=email, aim=aim, by=by, at=at)
    return made


@transaction.atomic
def name_host(*, placement: Placement, host: str, email: str, aim: str, by: Viewer, at: datetime) -> None:
    """The student's own form: whom they propose, as long as the school has given no host, and what they want to learn."""
    now = Placement.objects.select_for_update().get(pk=placement.pk)
    if now.called_off_at or now.approved_at:
        raise PlacementRefusedError("This placement is settled. Ask the school to change it.")
    if now.host_id is None:
        now.named_host, now.named_email = host, email
        now.save(update_fields=["named_host", "named_email"])
    said = {"words": aim, "answered_by": by.name, "answered_at": at, "yes": True}
    known = PlacementForm.objects.filter(placement=now, party=rule.STUDENT)
    if not known.update(**said):
        PlacementForm.objects.create(placement=now, party=rule.STUDENT, recorded_by=by.name, recorded_at=at, **said)
    record.changes(by=by, at=at, of=[_event(Verb.CHANGED, now, student_form=True)])


@transaction.atomic
def give_host(
    *, placement: Placement, provider: str, email: str, contact: str, school: Institution, by: Viewer, at: datetime
) -> Host:
    """A known host of that name keeps what is known of it; what was answered of another host is asked again."""
    now = Placement.objects.select_for_update().get(pk=placement.pk)
    if now.approved_at or now.called_off_at:
        raise PlacementRefusedError("This placement is settled. Take the approval back first.")
    host = _host(provider, email, contact, school, by, at)
    if now.host_id not in (None, host.pk):
        PlacementForm.objects.filter(placement=now, party__in=(rule.EMPLOYER, rule.PARENT)).delete()
    now.host = host
    now.save(update_fields=["host"])
    record.changes(by=by, at=at, of=[_event(Verb.CHANGED, now, host=host.pk)])
    return host


def _host(name: str, email: str, contact: str, school: Institution, by: Viewer, at: datetime) -> Host:
    provider = Provider.objects.filter(institution=school, name__iexact=name.strip()).first()
    provider = provider or Provider.objects.create(institution=school, name=name.strip())
    host, made = Host.objects.get_or_create(
        provider=provider,
        defaults={"email": email, "contact": contact, "recorded_by": by.name, "recorded_at": at},
    )
    new = {name: said for name, said in (("email", email), ("contact", contact)) if said}
    if not made and new:
        Host.objects.filter(pk=host.pk).update(**new)
    return host


@transaction.atomic
def approve(*, placement: Placement, by: Viewer, at: datetime) -> None:
    """Refused with one sentence for the first thing that stands in the way; once approved, approving again is nothing."""
    now = Placement.objects.select_for_update(of=("self",)).select_related("host").get(pk=placement.pk)
    if now.called_off_at:
        raise PlacementRefusedError("It was called off, so there is nothing to approve.")
    if now.approved_at:
        return
    why = rule.blocks(placed(now, forms_of([now]).get(now.pk, {})))
    if why:
        raise PlacementRefusedError(f"It cannot be approved yet. {why[0]}")
    Placement.objects.filter(pk=now.pk).update(approved_by=by.name, approved_at=at)
    record.changes(by=by, at=at, of=[_event(Verb.CHANGED, now, approved=True)])


@transaction.atomic
def take_back_approval(*, placement: Placement, by: Viewer, at: datetime) -> bool:
    done = Placement.objects.filter(pk=placement.pk, done_at=None, approved_at__isnull=False)
    changed = done.update(approved_by="", approved_at=None)
    if changed:
        record.changes(by=by, at=at, of=[_event(Verb.UNDONE, placement, approved=False)])
    return bool(changed)


@transaction.atomic
def call_off(*, placement: Placement, why: str, by: Viewer, at: datetime) -> bool:
    """Every link to its forms opens nothing from now on."""
    rows = Placement.objects.standing().filter(pk=placement.pk, done_at=None)
    done = rows.update(called_off_why=why, called_off_by=by.name, called_off_at=at)
    if done:
        record.changes(by=by, at=at, of=[_event(Verb.CHANGED, placement, called_off=True)])
    return bool(done)


@transaction.atomic
def call_on(*, placement: Placement, by: Viewer, at: datetime) -> bool:
    """Undo of call_off."""
    rows = Placement.objects.filter(pk=placement.pk, called_off_at__isnull=False)
    done = rows.update(called_off_why="", called_off_by="", called_off_at=None)
    if done:
        record.changes(by=by, at=at, of=[_event(Verb.UNDONE, placement, called_off=False)])
    return bool(done)


def _event(verb: Verb, one: Placement, **after: object) -> record.Change:
    """Never the words."""
    return record.Change(verb, "placement", one.pk, one.student_id, {"after": after} if after else {})
