"""What there is to book: free slots by day; and a list of students in order of need, with the slot each would get."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from pathbook.needs.queries import needs_of_school, shown_to
from pathbook.people import access
from pathbook.people.models import Institution, Staff, Student
from pathbook.people.names import plain_name
from pathbook.people.visibility import Viewer, students_writable_by
from pathbook.records.actions.booking import placed
from pathbook.records.actions.diary import diary_of
from pathbook.records.models import GuidanceSlot
from pathbook.records.queries.slots import day_of, free_slots, midnight
from pathbook.reports.appointments import whose

CHOICES = 60  # free slots offered at once; a later first day shows later ones


@dataclass(frozen=True, slots=True)
class FreeDay:
    on: date
    slots: tuple[GuidanceSlot, ...]


@dataclass(frozen=True, slots=True)
class Free:
    """The next free slots, by day. `more`: there are others after these."""

    days: tuple[FreeDay, ...]
    many: int
    more: bool
    several: bool  # of more than one adviser, so that each is named


@dataclass(frozen=True, slots=True)
class Line:
    """One student of the list: why they come here in it, and the slot they would get or why none."""

    student: Student
    group: str
    why: str
    slot: GuidanceSlot | None
    left: str


@dataclass(frozen=True, slots=True)
class ListToBook:
    """In order of need. `places`: how many would be booked."""

    lines: tuple[Line, ...]
    who: Staff | None
    free: int

    @property
    def places(self) -> int:
        return sum(line.slot is not None for line in self.lines)

    @property
    def without(self) -> int:
        return sum(line.slot is None for line in self.lines)


def free_from(school: Institution, advisers: Collection[Staff], *, at: datetime, first: date | None = None) -> Free:
    """One query."""
    after = max(at, midnight(first)) if first else at
    rows = free_slots(school, after=after, advisers=advisers).select_related("adviser", "institution")
    found = list(rows[: CHOICES + 1])
    shown = found[:CHOICES]
    days = tuple(FreeDay(day, tuple(slots)) for day, slots in groupby(shown, key=day_of))
    return Free(days, len(shown), len(found) > CHOICES, len({slot.adviser_id for slot in shown}) > 1)


def list_to_book(
    viewer: Viewer, school: Institution, keys: Collection[str], advisers: Sequence[Staff], *, on: date, at: datetime,
    asked: str = "", first: date | None = None,
) -> ListToBook:  # fmt: skip
    """A fixed number of queries. Students the viewer may not book for are left out, as if they were not there."""
    who = whose(viewer, advisers, asked)
    students, why, groups = in_order_of_need(viewer, school, keys, on=on)
    after = max(at, midnight(first)) if first else at
    offered = free_slots(school, after=after, advisers=[who] if who else advisers).select_related("adviser")
    slots = list(offered[: 4 * len(students) + CHOICES])
    pairs, left = placed(diary_of(school, slots=slots, students=students, on=on, at=at), students, slots)
    got = {student.pk: slot for student, slot in pairs}
    not_got = {one.student.pk: one.why for one in left}
    lines = (
        Line(one, groups.get(one.key, ""), why.get(one.key, ""), got.get(one.pk), not_got.get(one.pk, ""))
        for one in students
    )
    return ListToBook(tuple(lines), who, len(slots))


def in_order_of_need(
    viewer: Viewer, school: Institution, keys: Collection[str], *, on: date
) -> tuple[list[Student], dict[str, str], dict[str, str]]:
    """Most urgent first, then those with no need by name; by key the first need of each, as this viewer may be shown it,
    and their tutor group or year.
    """
    reached = students_writable_by(viewer, on, access.GUIDANCE).filter(key__in=list(keys))
    found = {one.key: one for one in reached}
    if not found:
        return [], {}, {}
    all_of_them = needs_of_school(school, as_of=on, among=reached)
    listed = shown_to(viewer, all_of_them, on=on)
    needing = [one for one in listed.students if one.needs and one.student_id in found]
    first = [found[one.student_id] for one in needing]
    others = [one for key, one in found.items() if key not in {one.student_id for one in needing}]
    others.sort(key=lambda one: (plain_name(f"{one.surname} {one.forename}"), one.key))
    groups = {one.student_id: one.tutor_group or f"Year {one.year_group}" for one in all_of_them.students}
    return [*first, *others], {one.student_id: one.needs[0].reason for one in needing}, groups
