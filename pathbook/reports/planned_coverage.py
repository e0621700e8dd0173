"""Each quantity criterion as it stands now and as it would if all that is planned happens, by year group."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pathbook.audit.last import last_write
from pathbook.framework.evaluate import CriterionResult, Evaluation, Part, evaluate
from pathbook.framework.sets import set_in_force
from pathbook.framework.shares import Share
from pathbook.framework.years import YEAR_GROUPS, AcademicYear
from pathbook.people.models import Institution
from pathbook.records.planned_facts import planned_school
from pathbook.reports.facts_then import facts_then

NOBODY = Share(0, 0)


@dataclass(frozen=True, slots=True)
class NowAndThen:
    """One cell: the share now, and if all that is planned happens. `more`: how many students that is."""

    year_group: int
    now: Share
    then: Share

    @property
    def more(self) -> int:
        return self.then.of - self.now.of


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One criterion, or one of the parts it is the sum of."""

    id: str
    label: str
    whole: NowAndThen
    by_year: tuple[NowAndThen, ...]

    @property
    def changed(self) -> tuple[NowAndThen, ...]:
        return tuple(cell for cell in self.by_year if cell.more)

    @property
    def benchmark(self) -> str:
        return self.id.removeprefix("GB").split(".")[0]


def planned_coverage(
    school: Institution, *, year: AcademicYear, on: date, audience: str = "school"
) -> tuple[PlannedRow, ...]:
    """Rows that activities or meetings can change; remembered until something is written (one query to find out)."""
    return _remembered(school.pk, audience, year, on, last_write())


@lru_cache(maxsize=4)
def _remembered(school_id: int, audience: str, year: AcademicYear, on: date, written: int) -> tuple[PlannedRow, ...]:
    """Of a year to come, "now" is what its students bring along by its end without the plan."""
    planned = planned_school(Institution(pk=school_id), as_of=on, year=year, now=facts_then(school_id, on, written))
    set_id, this = set_in_force(year.first_day), on in year
    now = evaluate(planned.now, set_id, on if this else planned.until, audience=audience)
    then = evaluate(planned.if_all_happens, set_id, planned.until, audience=audience)
    before = {row.id: row for row in _rows(now)}
    pairs = ((before[row.id], row) for row in _rows(then) if row.id in before)
    return tuple(_row(was, row) for was, row in pairs if row.id.split(".")[0] not in ("GB1", "GB3"))


def forget() -> None:
    _remembered.cache_clear()


def _rows(found: Evaluation) -> list[Part]:
    """What is counted: parts where a criterion only sums them, the criterion elsewhere."""
    return [row for one in found.benchmarks for criterion in one.criteria for row in _counted(criterion)]


def _counted(one: CriterionResult) -> list[Part]:
    if one.parts and not (one.share and one.share.out_of):
        return list(one.parts)
    if one.share is None or one.criterion.kind == "expectation":
        return []
    return [Part(one.criterion.id, one.label, one.share, one.status, one.by_year_group or {})]


def _row(was: Part, will: Part) -> PlannedRow:
    groups = [group for group in YEAR_GROUPS if will.by_year_group.get(group, NOBODY).out_of]
    cells = tuple(NowAndThen(g, was.by_year_group.get(g, NOBODY), will.by_year_group[g]) for g in groups)
    return PlannedRow(will.id, will.label, NowAndThen(0, was.share, will.share), cells)
