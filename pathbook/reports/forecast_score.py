"""How well the forecast would have done: made again from the same day of past years, and laid beside what came of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pathbook.framework.attendance import attendance_of
from pathbook.framework.facts import SchoolFacts
from pathbook.framework.forecast import Known, downs, forecast, forecast_rows
from pathbook.framework.hindsight import as_it_stood, late_of
from pathbook.framework.judge import count, judge_facts
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution
from pathbook.records.facts import population, student_facts
from pathbook.records.history import history_of, past_years, same_day


@dataclass(frozen=True, slots=True)
class Scored:
    """One criterion and year group of one past year: the range foretold, and what it came to."""

    year: int
    row: str
    year_group: int
    now: int
    low: int
    high: int
    out_of: int
    came_to: int

    @property
    def is_open(self) -> bool:
        """Something could still change: a range of one number says nothing."""
        return self.low != self.high

    @property
    def held(self) -> bool:
        return self.low <= self.came_to <= self.high


def score(school: Institution, *, set_id: str, as_of: date, years: int) -> tuple[Scored, ...]:
    """Of so many whole years before this one, those with anybody on the roll. What came by no plan needs a year before."""
    this = AcademicYear.of(as_of).start
    past = (AcademicYear(this - back) for back in range(years, 0, -1))
    return tuple(one for year in past for one in _year(school, set_id, same_day(as_of, year), year))


def _year(school: Institution, set_id: str, day: date, year: AcademicYear) -> Iterator[Scored]:
    students = student_facts(population(school, as_of=day), as_of=year.last_day, school=school)
    history, rows = history_of(school, as_of=day), forecast_rows(set_id)
    stood = as_it_stood(students, day, year.last_day)
    known = Known(stood, day, set_id, attendance_of(history.outcomes), late_of(past_years(school, as_of=day), rows), {})
    ended = judge_facts(students, set_id, year.last_day)
    for one in forecast(known, rows, downs(known.planned, known.as_of)):
        came = count(one.row, ended, SchoolFacts(students), year.last_day).by_year_group
        for group, line in one.by_year_group.items():
            if one.known and came[group].out_of == line.out_of:
                yield Scored(
                    year.start, one.row.id, group, line.now.of, line.low, line.high, line.out_of, came[group].of
                )


def as_json(scored: tuple[Scored, ...]) -> dict[str, Any]:
    """`open`: ranges in which something could still change; `held`: those of them that held what came."""
    ranges = [one for one in scored if one.is_open]
    missed = [one for one in scored if not one.held]
    return {
        "ranges": len(scored), "open": len(ranges), "held": sum(one.held for one in ranges),
        "certain_and_wrong": sum(not one.is_open for one in missed),
        "missed": [
            {"academic_year": one.year, "criterion": one.row, "year_group": one.year_group, "low": one.low,
             "high": one.high, "came_to": one.came_to, "denominator": one.out_of}
            for one in missed
        ],
    }  # fmt: skip
