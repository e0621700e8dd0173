"""Why a student cannot have a slot, in one sentence: asked inside the transaction that books it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from pathbook.framework.in_words import day_in_words
from pathbook.framework.kinds import takes_the_day
from pathbook.framework.schooldays import SchoolDays
from pathbook.people.models import Institution, Student
from pathbook.records.actions.slots import when
from pathbook.records.models import GuidanceMeeting, GuidanceSlot, Participation
from pathbook.records.queries.slots import day_of, on_roll, school_days, taken

Status = GuidanceMeeting.Status


@dataclass(frozen=True, slots=True)
class Away:
    """A visit, placement or half day that a student is down for."""

    student: int
    title: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Diary:
    """What is known of these slots and students as they stand now. `booked`: meetings booked of either."""

    at: datetime
    days: SchoolDays
    offered: frozenset[int]
    taken: set[int]
    booked: list[GuidanceMeeting]
    away: tuple[Away, ...] = ()
    stays: dict[int, date] = field(default_factory=dict)  # student -> last day on the roll

    def wrong(self, slot: GuidanceSlot, student: Student, *, moving: GuidanceMeeting | None = None) -> str:
        """One sentence, or nothing. `moving` is a meeting already booked, which does not stand in its own way."""
        others = [one for one in self.booked if moving is None or one.pk != moving.pk]
        return (
            self.shut(slot)
            or self._adviser(slot, others)
            or self._student(slot, student, [one for one in others if one.student_id == student.pk], moving)
        )

    def note(self, meeting: GuidanceMeeting) -> None:
        """Booked just now, by the same act."""
        self.taken.add(meeting.slot_id or 0)
        self.booked.append(meeting)

    def free(self, slot: GuidanceSlot) -> str:
        """Only whether it is still there and nobody's: what undoing asks, also of a slot that has begun."""
        if slot.pk not in self.offered:
            return f"{when(slot)} is no longer offered: choose another slot."
        if slot.pk in self.taken:
            return f"{when(slot)} has just been taken: choose another slot."
        return ""

    def shut(self, slot: GuidanceSlot) -> str:
        """Whoever asks: gone, taken, begun, or on a day the school is closed."""
        if problem := self.free(slot):
            return problem
        if slot.starts_at <= self.at:
            return f"{when(slot)} has begun already: choose a later slot."
        closed = self.days.closed_on(day_of(slot))
        return f"The school is closed on {_day(day_of(slot))} ({closed.why}): choose another day." if closed else ""

    def _adviser(self, slot: GuidanceSlot, others: Iterable[GuidanceMeeting]) -> str:
        theirs = (one for one in others if one.adviser_id == slot.adviser_id and _meets(one, slot))
        clash = next(theirs, None)
        return (
            f"{slot.adviser.name} has another meeting at that time, {_span(clash)}: choose another slot."
            if clash
            else ""
        )

    def _student(
        self, slot: GuidanceSlot, student: Student, theirs: Collection[GuidanceMeeting], moving: GuidanceMeeting | None
    ) -> str:
        if student.pk not in self.stays:
            return f"{student.name} is not on the roll, so no meeting can be booked."
        if self.stays[student.pk] < day_of(slot):
            return f"{student.name} leaves the school before {_day(day_of(slot))}: choose an earlier slot."
        if any(_meets(one, slot) for one in theirs):
            return f"{student.name} has another meeting at that time: choose another slot."
        day = day_of(slot)
        gone = next((one for one in self.away if one.student == student.pk and one.first <= day <= one.last), None)
        if gone:
            return f"{student.name} is down for {gone.title} on {day_in_words(day)}: choose another day."
        ahead = next((one for one in theirs if is_ahead(one, self.at)), None)
        if ahead and moving is None:
            return f"{student.name} is booked already, for {when_booked(ahead)}: move that meeting instead."
        return ""


def diary_of(
    school: Institution, *, slots: Collection[GuidanceSlot], students: Collection[Student], on: date, at: datetime
) -> Diary:
    """Six queries, whatever their number."""
    keys = [slot.pk for slot in slots]
    offered = dict(GuidanceSlot.objects.filter(pk__in=keys).values_list("pk", taken()))
    stays = on_roll(school, on=on, day=on).filter(student__in=[one.pk for one in students])
    return Diary(
        at, school_days(school), frozenset(offered), {pk for pk, is_taken in offered.items() if is_taken}, _booked(slots, students),
        _away(slots, students),
        {student: ends or date.max for student, ends in stays.values_list("student_id", "end_date")},
    )  # fmt: skip


def _booked(slots: Collection[GuidanceSlot], students: Collection[Student]) -> list[GuidanceMeeting]:
    whose = Q(student__in=[one.pk for one in students])
    if slots:
        day = timedelta(days=1)
        first, last = min(slot.starts_at for slot in slots) - day, max(slot.starts_at for slot in slots) + day
        advisers = {slot.adviser_id for slot in slots}
        whose |= Q(adviser__in=advisers, slot__starts_at__gte=first, slot__starts_at__lte=last)
    rows = GuidanceMeeting.objects.filter(whose, status=Status.BOOKED).select_related("slot").defer("private_note")
    return list(rows.order_by("planned_on", "pk"))


def _away(slots: Collection[GuidanceSlot], students: Collection[Student]) -> tuple[Away, ...]:
    """What takes the day of any of these students on the days of these slots."""
    if not slots:
        return ()
    days = [day_of(slot) for slot in slots]
    rows = Participation.objects.filter(
        student__in=[one.pk for one in students], status=Participation.Status.PLANNED,
        activity__withdrawn_at__isnull=True, activity__starts_on__lte=max(days), activity__ends_on__gte=min(days),
    ).order_by("activity__starts_on", "pk")  # fmt: skip
    return tuple(
        Away(part.student_id, part.activity.title, part.activity.starts_on, part.activity.ends_on)
        for part in rows.select_related("activity")
        if takes_the_day(part.activity.kind, part.activity.also, float(part.activity.hours))
    )


def is_ahead(meeting: GuidanceMeeting, at: datetime) -> bool:
    """Booked for a time to come. One with no slot is for a day."""
    if meeting.slot:
        return meeting.slot.starts_at > at
    return meeting.planned_on is not None and meeting.planned_on > timezone.localtime(at).date()


def when_booked(meeting: GuidanceMeeting) -> str:
    """Tue 10 Feb 2026 at 10:00; only the day where it has no slot."""
    if meeting.slot:
        return when(meeting.slot)
    return _day(meeting.planned_on) if meeting.planned_on else "a day not said"


def _meets(meeting: GuidanceMeeting, slot: GuidanceSlot) -> bool:
    return bool(meeting.slot and meeting.slot.starts_at < slot.ends_at and slot.starts_at < meeting.slot.ends_at)


def _span(meeting: GuidanceMeeting) -> str:
    slot = meeting.slot
    return (
        ""
        if slot is None
        else f"{timezone.localtime(slot.starts_at):%H:%M} to {timezone.localtime(slot.ends_at):%H:%M}"
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
