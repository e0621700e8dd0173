"""The ways things to come may go: all of them, or so many drawn where there are too many to look at."""

from collections.abc import Sequence
from itertools import product
from math import prod
from random import Random
from typing import NamedTuple

from pathbook.framework.attendance import Attendance, Kinds
from pathbook.framework.facts import StudentFacts, Took
from pathbook.framework.kinds import checklist_for

MOST = 100  # ways things may go that are all looked at; of more, so many are drawn
DRAWN = 128
Way = tuple[int, ...]  # of each thing to come: 0 did not, 1 came, 2 came and its checklist was complete


class Coming(NamedTuple):
    """One thing a student is down for. `open`: its checklist is not complete yet, so it may come to count or not."""

    id: str
    kinds: Kinds
    open: bool = False

    @property
    def ways(self) -> int:
        return 3 if self.open else 2


def coming_of(took: Took) -> Coming:
    return Coming(
        took.activity.activity_id, took.activity.kinds,
        not took.activity.meaningful and bool(checklist_for("", took.activity.kinds)),
    )  # fmt: skip


def ways_of(coming: Sequence[Coming], student: StudentFacts, attendance: Attendance) -> tuple[list[Way], bool]:
    """All of them; or so many, drawn."""
    if prod(one.ways for one in coming) <= MOST:
        return list(product(*(range(one.ways) for one in coming))), False
    rng = Random(f"{student.student_id} {len(coming)}")
    return [tuple(_draw(rng, one, student.year_group, attendance) for one in coming) for _ in range(DRAWN)], True


def _draw(rng: Random, one: Coming, year_group: int, attendance: Attendance) -> int:
    if rng.random() >= attendance.rate(one.kinds, year_group).mean:
        return 0
    return 1 + (one.open and rng.random() < attendance.meaningful.mean)
