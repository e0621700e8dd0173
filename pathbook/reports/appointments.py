"""A day of appointments, each with what is known of the student; and those of earlier days that are not finished."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from pathbook.people import access
from pathbook.people.models import Enrolment, Institution, Staff
from pathbook.people.visibility import Viewer, students_visible_to
from pathbook.records.models import Action, Aspiration, GuidanceMeeting, GuidanceSlot
from pathbook.records.models.destination import PATHWAYS
from pathbook.records.queries.slots import advisers_bookable_by, bookable_by, free_slots, midnight, school_days
from pathbook.reports.my_group import in_a_line
from pathbook.reports.student_top import support_of

Status = GuidanceMeeting.Status
UNFINISHED = 8  # of earlier days, shown; the rest are counted


@dataclass(frozen=True, slots=True)
class Appointment:
    """One meeting of the day. `begun`: it may be written up or marked as not attended. Parts not seen are empty."""

    meeting: GuidanceMeeting
    starts: datetime | None
    ends: datetime | None
    begun: bool
    year_group: int | None
    tutor_group: str
    support: tuple[str, ...]
    last_on: date | None
    last_line: str
    actions: tuple[Action, ...]
    wants: str


@dataclass(frozen=True, slots=True)
class Day:
    """`who`: whose day, None for every adviser's. `booked` counts those still to be held."""

    on: date
    today: date
    who: Staff | None
    advisers: Sequence[Staff]
    appointments: tuple[Appointment, ...]
    free: tuple[GuidanceSlot, ...]
    closed: str
    unfinished: tuple[GuidanceMeeting, ...]
    unfinished_more: int
    before: date
    after: date

    @property
    def next_up(self) -> str:
        """The key of the meeting to write up first, if one has begun."""
        waiting = (one.meeting.key for one in self.appointments if one.begun and one.meeting.status == Status.BOOKED)
        return next(waiting, "")

    @property
    def booked(self) -> int:
        return sum(one.meeting.status == Status.BOOKED for one in self.appointments)


def whose(viewer: Viewer, advisers: Sequence[Staff], asked: str) -> Staff | None:
    """An adviser sees their own first, whoever writes for all sees all; `asked` is "all" or an adviser's number."""
    if asked and asked != "all":
        return next((one for one in advisers if str(one.pk) == asked), None)
    own = next((one for one in advisers if one.account_id == viewer.account_id), None)
    return own if not asked or len(advisers) == 1 else None


def day_of(viewer: Viewer, school: Institution, *, day: date, on: date, at: datetime, asked: str = "") -> Day:
    """Six queries, whatever the number of meetings."""
    advisers = advisers_bookable_by(viewer, school, on=on)
    who = whose(viewer, advisers, asked)
    rows = _meetings(viewer, school, day, on, who, advisers)
    todays = [row for row in rows if row.planned_on == day]
    late = [row for row in rows if row.planned_on != day]
    students = [row.student_id for row in todays]
    enrolled = _enrolled(students, school, day) if students else {}
    actions = _actions(students, on) if students else {}
    days = school_days(school)
    closed = days.closed_on(day)
    free = free_slots(school, after=max(at, midnight(day)), advisers=[who] if who else advisers)
    free_today = free.filter(starts_at__lt=midnight(days.after(day, 1))).select_related("adviser")
    appointments = (_appointment(row, enrolled.get(row.student_id), actions, viewer, at) for row in todays)
    return Day(
        day, on, who, advisers, tuple(sorted(appointments, key=_by_time)),
        tuple(slot for slot in free_today if timezone.localtime(slot.starts_at).date() == day),
        closed.why if closed else "", tuple(late[:UNFINISHED]), max(0, len(late) - UNFINISHED),
        days.before(day), days.after(day, 1),
    )  # fmt: skip


def _meetings(
    viewer: Viewer, school: Institution, day: date, on: date, who: Staff | None, advisers: Sequence[Staff]
) -> list[Any]:
    """Those of the day and, on the day itself, those booked for earlier days; with the last meeting and last hope."""
    wanted = Q(planned_on=day) & ~Q(status=Status.CANCELLED)
    if day == on:
        wanted |= Q(status=Status.BOOKED, planned_on__lt=on)
    rows = GuidanceMeeting.objects.filter(wanted, institution=school)
    rows = rows.filter(student__in=students_visible_to(viewer, on, access.GUIDANCE))
    if who or not viewer.may(access.PROGRAMME, access.WRITE):
        rows = rows.filter(adviser__in=[who] if who else list(advisers))
    return list(_with_last(rows, day).select_related("student", "slot", "adviser").order_by("-planned_on", "pk"))


def _with_last(rows: QuerySet[GuidanceMeeting], day: date) -> QuerySet[Any]:
    held = GuidanceMeeting.objects.held().filter(student=OuterRef("student"), held_on__lt=day)
    held = held.order_by("-held_on", "-pk")
    hopes = Aspiration.objects.filter(student=OuterRef("student"), said_on__lte=day).order_by("-said_on", "-pk")
    return rows.defer("private_note").annotate(
        last_on=Subquery(held.values("held_on")[:1]), last_summary=Subquery(held.values("summary")[:1]),
        hoped=Subquery(hopes.values("words")[:1]), hoped_pathway=Subquery(hopes.values("pathway")[:1]),
    )  # fmt: skip


def _enrolled(students: Collection[int], school: Institution, day: date) -> dict[int, Enrolment]:
    rows = Enrolment.objects.current(day).filter(institution=school, student__in=students)
    return {row.student_id: row for row in rows.select_related("tutor_group").order_by("-registration")}


def _actions(students: Collection[int], on: date) -> dict[int, tuple[Action, ...]]:
    found: dict[int, tuple[Action, ...]] = {}
    for row in Action.objects.still_open(on).filter(student__in=students).order_by("due_on", "pk"):
        found[row.student_id] = (*found.get(row.student_id, ()), row)
    return found


def _appointment(
    row: Any, enrolment: Enrolment | None, actions: dict[int, tuple[Action, ...]], viewer: Viewer, at: datetime
) -> Appointment:
    hopes = viewer.may(access.ASPIRATIONS)
    form = enrolment.tutor_group if enrolment else None
    slot: GuidanceSlot | None = row.slot
    said = filter(None, (PATHWAYS.get(row.hoped_pathway or "", ""), row.hoped)) if hopes else ()
    return Appointment(
        row, slot.starts_at if slot else None, slot.ends_at if slot else None,
        slot.starts_at <= at if slot else row.planned_on <= timezone.localtime(at).date(),
        enrolment.year_group if enrolment else None, form.name if form else "",
        support_of(enrolment) if enrolment and viewer.may(access.SUPPORT) else (), row.last_on,
        in_a_line(row.last_summary or ""), actions.get(row.student_id, ()), ", ".join(said),
    )  # fmt: skip


def _by_time(one: Appointment) -> tuple[bool, float, str, int]:
    """By the clock; those with no time said come last."""
    when = one.starts.timestamp() if one.starts else 0.0
    return one.starts is None, when, one.meeting.adviser_name, one.meeting.pk


def todays_own(viewer: Viewer, school: Institution, *, on: date) -> tuple[GuidanceMeeting, ...] | None:
    """Booked today with this adviser, by the clock; None for whoever has no day of their own. One query."""
    if not viewer.may(access.GUIDANCE, access.WRITE) or viewer.may(access.PROGRAMME, access.WRITE):
        return None
    own = bookable_by(viewer, school, on=on)
    rows = GuidanceMeeting.objects.filter(adviser__in=own, planned_on=on, status=Status.BOOKED)
    seen = rows.filter(student__in=students_visible_to(viewer, on, access.GUIDANCE))
    return tuple(seen.select_related("student", "slot").defer("private_note").order_by("slot__starts_at", "pk"))
