"""The year's end from here: of each criterion, the share to expect, and how far it may fall on either side.

A seeded simulation of `WORLDS` years. In each, every activity to come has its own share of those invited who come,
drawn round this school's history; a checklist not yet complete is completed or not; each student then comes or does
not, and the criterion's own row judges what they have. The interval holds nine of ten such years.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil
from zlib import crc32

import numpy as np

from pathbook.framework.as_planned import PlannedSchool
from pathbook.framework.attendance import MEETING, Attendance, Kinds, Rate
from pathbook.framework.cohort import Chosen
from pathbook.framework.hindsight import Late, comes_late
from pathbook.framework.judge import rows_for
from pathbook.framework.measure import Measure
from pathbook.framework.sets import EXPECTATIONS
from pathbook.framework.shares import Share
from pathbook.framework.ways import Coming
from pathbook.framework.worlds import Alike, Class, Down, Prospect, classes, down, prospect

WORLDS = 400
LOW, HIGH = 0.05, 0.95  # nine years in ten
KNOWN = 100  # no history binds closer than so many students would: one year is not the next
LEAST_SPREAD = 0.005
KNOWN_LATE = 40
Draws = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion over some students at the year's end. `low` to `high` holds nine of ten; `reached`: chance of the target."""

    now: Share
    planned: Share
    expected: float
    low: int
    high: int
    reached: float

    @property
    def out_of(self) -> int:
        return self.planned.out_of


@dataclass(frozen=True, slots=True)
class RowForecast:
    """`total` over those the criterion is due for; each year group on the way there by itself."""

    row: Measure
    target: float
    total: Line
    by_year_group: Mapping[int, Line]
    known: bool = True  # no: it comes late, and there is no past year to say how often


@dataclass(frozen=True)
class Known:
    """What a forecast rests on: what is planned, who comes, what comes late, the target of each row, and whom it counts."""

    planned: PlannedSchool
    as_of: date
    set_id: str
    attendance: Attendance
    late: Late
    met_at: Mapping[str, float]
    audience: str = "school"
    seed: int = 2026
    chosen: Mapping[str, Chosen | None] = field(default_factory=dict)

    @property
    def rows(self) -> tuple[Measure, ...]:
        return forecast_rows(self.set_id, self.audience)

    def target(self, row: Measure) -> float:
        return self.met_at.get(row.id, 1.0)

    def counts(self, row: Measure, one: Down) -> bool:
        """Is the row counted of this student? Of everyone, where the school has chosen nobody for it."""
        chosen = self.chosen.get(row.id)
        return chosen is None or one.ended.student.student_id in chosen.students

    def counted(self, row: Measure, everyone: Sequence[Down]) -> Sequence[Down]:
        return [one for one in everyone if self.counts(row, one)] if self.chosen.get(row.id) else everyone


def forecast_rows(set_id: str, audience: str = "school") -> tuple[Measure, ...]:
    """Those something can be planned for, or that come by themselves in the course of a year. The two expectations of
    days in workplaces are not: of the hours offered, how many each student does is not foreseen.
    """
    return tuple(row for row in rows_for(set_id, audience) if (row.kind or row.rests_on) and row.id not in EXPECTATIONS)


def forecast(
    known: Known, rows: Sequence[Measure], everyone: Sequence[Down], alike: Alike | None = None
) -> tuple[RowForecast, ...]:
    """Those of `rows` somebody is judged by; the same facts give the same answer, to the student.

    `alike`: what two forecasts of the same facts share, so that the second judges only whom it changes.
    """
    chances, shared = Chances(known), alike or Alike()
    found = (
        _row(known, row, prospects_of(known.counted(row, everyone), row, known.attendance, shared), chances)
        for row in rows
    )
    return tuple(one for one in found if one)


def downs(school: PlannedSchool, as_of: date) -> list[Down]:
    """Everyone, with what they are down for."""
    return [
        down(student, school.to_come.get(student.student_id, ()), school.meetings.get(student.student_id, ()),
             as_of, school.until)
        for student in school.now.students
    ]  # fmt: skip


def prospects_of(
    everyone: Iterable[Down], row: Measure, attendance: Attendance, alike: Alike
) -> dict[int, list[Prospect]]:
    """Everyone the row concerns, by year group."""
    found: dict[int, list[Prospect]] = {}
    for student in everyone:
        one = prospect(student, row, attendance, alike)
        if one:
            found.setdefault(student.ended.student.year_group, []).append(one)
    return found


def _row(
    known: Known, row: Measure, groups: Mapping[int, Sequence[Prospect]], chances: "Chances"
) -> RowForecast | None:
    due = [group for group in sorted(groups) if group in row.due_in]
    if not due:
        return None
    drawn = {group: chances.counts(row, group, groups[group]) for group in sorted(groups)}
    target = known.target(row)
    total = [one for group in due for one in groups[group]]
    return RowForecast(
        row, target, _line(row, total, np.sum([drawn[group] for group in due], axis=0), target),
        {group: _line(row, groups[group], drawn[group], target) for group in sorted(groups)},
        not comes_late(row) or bool(known.late.of(row.id, due[0])[1]),
    )  # fmt: skip


def _line(row: Measure, students: Sequence[Prospect], counts: Draws, target: float) -> Line:
    if row.per_item:
        out_of = int(sum(one.of.needed for one in students))
        now, planned = int(sum(one.had_now for one in students)), int(sum(one.best for one in students))
    else:
        out_of, now = len(students), sum(one.met_now for one in students)
        planned = sum(one.met_at_best for one in students)
    low, high = np.quantile(counts, (LOW, HIGH), method="inverted_cdf")
    reached = float(np.mean(counts >= ceil(Fraction(str(target)) * out_of)))
    return Line(Share(now, out_of), Share(planned, out_of), float(np.mean(counts)), int(low), int(high), reached)


class Chances:
    """The draws of one forecast. Each activity's are its own, so that one more activity leaves the others' as they were."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.seen: dict[tuple[str, int], tuple[Draws, Draws]] = {}
        self.means: dict[tuple[Kinds, int], Draws] = {}

    def counts(self, row: Measure, year_group: int, students: Sequence[Prospect]) -> Draws:
        """Of these students, how many (or how many items) are counted, in each world."""
        rng = self._rng(f"{row.id} {year_group}")
        total = np.zeros(WORLDS)
        late = self._late(row, year_group) if comes_late(row) else None
        for of, many in classes(students):
            total += self._of_class(rng, row, year_group, of, many, late)
        return total

    def _of_class(
        self, rng: np.random.Generator, row: Measure, year_group: int, of: Class, many: int, late: Draws | None
    ) -> Draws:
        chance = self._ways(of, year_group)
        had = np.array(of.had)
        if row.per_item:
            items: Draws = rng.multinomial(many, chance) @ np.minimum(had, of.needed)
            return items
        met: Draws = np.clip(chance @ (had >= of.needed), 0.0, 1.0)
        if late is not None:
            met = met + (1 - met) * late
        return rng.binomial(many, met).astype(np.float64)

    def _ways(self, of: Class, year_group: int) -> Draws:
        """The chance of each way things may go, in each world: worlds by ways."""
        if of.ways:
            return np.full((WORLDS, len(of.ways)), 1 / len(of.ways))
        chance = np.ones((WORLDS, 1))
        for one in of.coming:
            came, counted = self._of_activity(one, year_group)
            each = [1 - came, came * (1 - counted), came * counted] if one.open else [1 - came, came]
            chance = (chance[:, :, None] * np.stack(each, axis=1)[:, None, :]).reshape(WORLDS, -1)
        return chance

    def _of_activity(self, one: Coming, year_group: int) -> tuple[Draws, Draws]:
        key = one.id, year_group
        if key not in self.seen:
            whole, own = self._rng(one.id), self._rng(f"{one.id} {year_group}")
            counted = (whole.random(WORLDS) < _beta(whole, self.known.attendance.meaningful, KNOWN)).astype(np.float64)
            self.seen[key] = self._came(own, one, year_group), counted
        return self.seen[key]

    def _came(self, rng: np.random.Generator, one: Coming, year_group: int) -> Draws:
        """Round what this year group does of this kind this year, which is the same for all that is to come of it."""
        mean = self._of_kind(one.kinds, year_group)
        spread = max(LEAST_SPREAD, self.known.attendance.spread)
        return mean if one.kinds == MEETING else _around(rng, mean, 1 / spread - 1)

    def _of_kind(self, kinds: Kinds, year_group: int) -> Draws:
        key = kinds, year_group
        if key not in self.means:
            rng = self._rng(f"{sorted(kinds)} {year_group}")
            self.means[key] = _beta(rng, self.known.attendance.rate(kinds, year_group), KNOWN)
        return self.means[key]

    def _late(self, row: Measure, year_group: int) -> Draws:
        share, of = self.known.late.of(row.id, year_group)
        if not of:  # no year to go by: anything may be
            return self._rng(f"late {row.id} {year_group}").random(WORLDS)
        return _beta(self._rng(f"late {row.id} {year_group}"), Rate(share, of, of), KNOWN_LATE)

    def _rng(self, name: str) -> np.random.Generator:
        return np.random.default_rng([self.known.seed, crc32(name.encode())])


def _beta(rng: np.random.Generator, rate: Rate, most: float) -> Draws:
    return _around(rng, np.full(WORLDS, rate.mean), min(rate.weight, most))


def _around(rng: np.random.Generator, mean: Draws, weight: float) -> Draws:
    inside = np.clip(mean, 0.001, 0.999)
    return rng.beta(inside * weight, (1 - inside) * weight)
