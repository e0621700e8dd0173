"""The year's end from here, for one school: what to expect, what if there were one more, and the fewest that would do.

What it rests on is remembered until something is written, so that a what-if is answered at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from pathbook.audit.last import last_said, last_write
from pathbook.framework import sets
from pathbook.framework.as_planned import PlannedSchool
from pathbook.framework.attendance import attendance_of
from pathbook.framework.cohort import Cohorts, by_row
from pathbook.framework.forecast import Known, Line, RowForecast, downs, forecast, forecast_rows
from pathbook.framework.hindsight import Late, late_of
from pathbook.framework.judge import measures_for
from pathbook.framework.pass_rules import PassRule, judged_under
from pathbook.framework.what_if import Answer, Idea, rows_moved, what_if
from pathbook.framework.worlds import Alike, Down
from pathbook.people.audience import audience_of
from pathbook.people.models import Institution
from pathbook.records.history import Held, History, history_of, past_years
from pathbook.records.planned_facts import planned_school
from pathbook.records.queries.cohorts import cohorts_on, rule_of
from pathbook.reports.facts_then import facts_then
from pathbook.reports.fewest import Enough, enough_of


@dataclass(frozen=True)
class Ahead:
    """A school's year from a day on. `held`: what it has held before and could hold again."""

    known: Known
    everyone: Sequence[Down]
    rows: tuple[RowForecast, ...]
    held: tuple[Held, ...]

    @property
    def until(self) -> date:
        return self.known.planned.until

    @property
    def would_be_met(self) -> int:
        """If all that is planned happens and everyone comes."""
        return sum(is_met(one, one.total.planned.of) for one in self.rows)

    @property
    def expected_met(self) -> int:
        """More likely than not, at this school's usual attendance."""
        return sum(one.known and one.total.reached >= 0.5 for one in self.rows)


def is_met(one: RowForecast, of: int) -> bool:
    return of >= one.target * one.total.out_of - 1e-9


def ahead_of(school: Institution, *, set_id: str, as_of: date) -> Ahead:
    """Remembered until the audit shows a write (one query to find out)."""
    return _ahead(school.pk, school.kind, set_id, as_of, last_write())


@lru_cache(maxsize=4)
def _ahead(school_id: int, kind: str, set_id: str, as_of: date, written: int) -> Ahead:
    ground = _ground(school_id, kind, as_of, written)
    rows = forecast_rows(set_id, audience_of(kind))
    late = late_of(past_years(Institution(pk=school_id), as_of=as_of), rows)
    known = _known(ground, kind, set_id, as_of, late)
    return Ahead(known, ground.everyone, forecast(known, rows, ground.everyone), ground.history.held)


@dataclass(frozen=True)
class _Ground:
    """What both sets and every what-if stand on: read once, in a fixed number of queries."""

    planned: PlannedSchool
    history: History
    everyone: Sequence[Down]
    rules: Mapping[str, PassRule | None]
    cohorts: Mapping[str, Cohorts]


@lru_cache(maxsize=2)
def _ground(school_id: int, kind: str, as_of: date, written: int) -> _Ground:
    school = Institution(pk=school_id)
    planned = planned_school(school, as_of=as_of, now=facts_then(school_id, as_of, written))
    rules = {set_id: rule_of(school, set_id=set_id) for set_id in sets.SETS}
    cohorts = {set_id: cohorts_on(school, kind=kind, set_id=set_id, as_of=as_of) for set_id in sets.SETS}
    return _Ground(planned, history_of(school, as_of=as_of), downs(planned, as_of), rules, cohorts)


def _known(ground: _Ground, kind: str, set_id: str, as_of: date, late: Late) -> Known:
    """Met where the school's own pass rule says so and counted of whom it chose, as in the evaluation."""
    attendance, audience = attendance_of(ground.history.outcomes), audience_of(kind)
    met_at = judged_under(ground.rules[set_id], sets.load(set_id, audience)).met_at
    chosen = by_row(measures_for(set_id, audience), ground.cohorts[set_id])
    return Known(ground.planned, as_of, set_id, attendance, late, met_at, audience, chosen=chosen)


def forget() -> None:
    _ahead.cache_clear()
    _ground.cache_clear()


def answer_of(ahead: Ahead, idea: Idea) -> Answer:
    return what_if(ahead.known, ahead.everyone, ahead.rows, idea)


def answer_at_once(school: Institution, idea: Idea, *, set_id: str, as_of: date) -> Answer:
    """The same, forecasting only the criteria it can move: well within a second when nothing is remembered.

    Nothing an activity gives comes by no plan, so what comes late in other years is not asked; nor does it rest on who
    has opened their own record, so a class that signs in makes nothing be read again.
    """
    ground = _ground(school.pk, school.kind, as_of, last_said())
    known = _known(ground, school.kind, set_id, as_of, Late())
    alike = Alike()
    before = forecast(known, rows_moved(known, ground.everyone, idea), ground.everyone, alike)
    return what_if(known, ground.everyone, before, idea, alike)


def fewest_for(ahead: Ahead) -> dict[str, Enough]:
    """Of each row that would not be met if all that is planned happens, the fewest more activities that would do."""
    unmet = (one for one in ahead.rows if not is_met(one, one.total.planned.of))
    return {
        one.row.id: enough_of(one.row, ahead.known.counted(one.row, ahead.everyone), ahead.held, ahead.known.as_of)
        for one in unmet
    }


def as_json(ahead: Ahead, school: Institution) -> dict[str, Any]:
    """What `pathbook forecast --json` says."""
    enough = fewest_for(ahead)
    return {
        "institution": {"urn": school.urn, "name": school.name}, "set": ahead.known.set_id,
        "as_of": ahead.known.as_of.isoformat(), "until": ahead.until.isoformat(),
        "history": {"invited": ahead.known.attendance.whole[0], "came": ahead.known.attendance.whole[1]},
        "criteria": [_row(one, enough.get(one.row.id)) for one in ahead.rows],
    }  # fmt: skip


def _row(one: RowForecast, enough: Enough | None) -> dict[str, Any]:
    said = {
        "id": one.row.id, "label": one.row.label, "target": one.target, "known": one.known, **_line(one.total),
        "by_year_group": [{"year_group": group, **_line(line)} for group, line in one.by_year_group.items()],
    }  # fmt: skip
    if enough is not None:
        said["fewest"] = {
            "found": enough.found,
            "activities": [
                {"like": one.title, "kind": one.kind, "times": one.times, "places": one.places, "year_groups": list(one.year_groups)}
                for one in enough.holdings
            ],
        }  # fmt: skip
    return said


def _line(line: Line) -> dict[str, Any]:
    return {
        "now": line.now.of, "planned": line.planned.of, "denominator": line.out_of,
        "expected": round(line.expected, 1), "low": line.low, "high": line.high, "chance_met": round(line.reached, 3),
    }  # fmt: skip
