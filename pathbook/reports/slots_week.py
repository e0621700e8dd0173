"""A week of slots: what is offered, what is free, who has booked."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from pathbook.framework.schooldays import SchoolDays
from pathbook.people import access
from pathbook.people.models import Institution, Staff
from pathbook.people.visibility import Viewer, students_visible_to
from pathbook.records.models import GuidanceMeeting, GuidanceSlot
from pathbook.records.queries.slots import advisers_bookable_by, school_days, slots_between
from pathbook.reports.appointments import whose

Status = GuidanceMeeting.Status
WORDS = {Status.BOOKED: ("new", "Booked"), Status.HELD: ("done", "Held"), Status.NOT_ATTENDED: ("late", "Missed")}


@dataclass(frozen=True, slots=True)
class Cell:
    """One slot. `meeting` only where its student is the viewer's to see. `free`: it can be booked or taken back."""

    slot: GuidanceSlot
    meeting: GuidanceMeeting | None
    tint: str
    word: str
    free: bool


@dataclass(frozen=True, slots=True)
class WeekDay:
    on: date
    closed: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Friday, and the weekend where something is offered on it."""

    monday: date
    today: date
    who: Staff | None
    advisers: Sequence[Staff]
    days: tuple[WeekDay, ...]
    slots: int
    free: int
    booked: int
    ever: bool  # has this school offered any slot at all?

    @property
    def before(self) -> date:
        return self.monday - timedelta(days=7)

    @property
    def after(self) -> date:
        return self.monday + timedelta(days=7)

    @property
    def last(self) -> date:
        return self.days[-1].on


def week_of(viewer: Viewer, school: Institution, *, day: date, on: date, at: datetime, asked: str = "") -> Week:
    """Five queries, whatever the number of slots."""
    monday = day - timedelta(days=day.weekday())
    advisers = advisers_bookable_by(viewer, school, on=on)
    who = whose(viewer, advisers, asked)
    rows = slots_between(school, monday, monday + timedelta(days=6)).filter(adviser__in=[who] if who else advisers)
    slots = list(rows.select_related("adviser").order_by("starts_at", "adviser__name", "pk"))
    meetings = _meetings(slots)
    visible = set(
        students_visible_to(viewer, on, access.GUIDANCE)
        .filter(pk__in=[one.student_id for one in meetings.values()])
        .values_list("pk", flat=True)
    )
    closed = school_days(school)
    cells = [_cell(slot, meetings.get(slot.pk), visible, closed, at) for slot in slots]
    counts = Counter("free" if cell.free else cell.word for cell in cells)
    return Week(
        monday, on, who, advisers, tuple(_days(monday, cells, closed)), len(cells), counts["free"],
        sum(one.status == Status.BOOKED for one in meetings.values()),
        bool(slots) or GuidanceSlot.objects.filter(institution=school, adviser__in=advisers).exists(),
    )  # fmt: skip


def _meetings(slots: Iterable[GuidanceSlot]) -> dict[int, GuidanceMeeting]:
    rows = GuidanceMeeting.objects.filter(slot__in=[slot.pk for slot in slots]).exclude(status=Status.CANCELLED)
    return {row.slot_id: row for row in rows.select_related("student").defer("private_note", "summary") if row.slot_id}


def _cell(
    slot: GuidanceSlot, meeting: GuidanceMeeting | None, visible: set[int], days: SchoolDays, at: datetime
) -> Cell:
    if meeting:
        tint, word = WORDS[Status(meeting.status)]
        return Cell(slot, meeting if meeting.student_id in visible else None, tint, word, False)
    if slot.starts_at <= at:
        return Cell(slot, None, "", "Not used", False)
    if days.closed_on(_day(slot)):
        return Cell(slot, None, "soon", "Closed", False)
    return Cell(slot, None, "", "Free", True)


def _days(monday: date, cells: Sequence[Cell], closed: SchoolDays) -> Iterable[WeekDay]:
    for n in range(7):
        day = monday + timedelta(days=n)
        own = tuple(cell for cell in cells if _day(cell.slot) == day)
        if n < 5 or own:
            shut = closed.closed_on(day)
            yield WeekDay(day, shut.why if shut else "", own)


def _day(slot: GuidanceSlot) -> date:
    return timezone.localtime(slot.starts_at).date()
