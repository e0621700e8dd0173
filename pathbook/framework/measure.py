"""One row of the table of criteria: how a student is judged by it, and what a verdict is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from pathbook.framework.facts import StudentFacts
from pathbook.framework.tally import Tally
from pathbook.framework.years import AcademicYear


class Verdict(NamedTuple):
    """One student against one criterion: how much was `had` of what is `needed`.

    `coming`: not met yet, but something of the kind is planned or booked.
    """

    had: float
    needed: float
    coming: bool = False

    @property
    def met(self) -> bool:
        return self.had >= self.needed


class Asked(NamedTuple):
    """What a row is given: the student, what they have done, and the day."""

    student: StudentFacts
    tally: Tally
    as_of: date

    @property
    def year(self) -> AcademicYear:
        return AcademicYear.of(self.as_of)

    def this_year(self, day: date) -> bool:
        return self.year.first_day <= day <= self.as_of


@dataclass(frozen=True, slots=True)
class Measure:
    """`due_in`: year groups of the denominator. `applies_in`: those working towards it. `kind`: what may be booked.

    `rests_on`: the student's own facts that are counted, where they are no activity and no meeting.
    """

    id: str
    label: str
    due_in: frozenset[int]
    applies_in: frozenset[int]
    count: Callable[[Asked], float]
    needed: Callable[[Asked], float] = lambda asked: 1
    includes: Callable[[Asked], bool] = lambda asked: True
    kind: str = ""
    rests_on: str = ""
    per_item: bool = False
    parts: tuple["Measure", ...] = field(default=())
    sums_parts: bool = False

    def judge(self, asked: Asked) -> Verdict:
        count, needed = self.count(asked), self.needed(asked)
        return Verdict(count, needed, count < needed and self.kind in asked.tally.planned)

    def applies(self, asked: Asked) -> bool:
        return asked.student.year_group in self.applies_in and self.includes(asked)
