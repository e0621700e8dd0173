"""Work placements of a school year by phase: how many there are, took place, and their days. No names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pathbook.framework.shares import is_small
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Enrolment, Institution
from pathbook.records.models import Placement

PHASES = (("Years 7 to 9", (7, 8, 9)), ("Years 10 and 11", (10, 11)), ("Years 12 and 13", (12, 13)))


@dataclass(frozen=True, slots=True)
class PhaseDays:
    """None where a number of one to four students would point at somebody, and the days with it."""

    label: str
    planned: int | None
    took_place: int | None
    days: int | None


def placement_days(school: Institution, *, as_of: date) -> tuple[PhaseDays, ...]:
    """Of those on the roll that day; phases without a placement are left out; two queries."""
    year = AcademicYear.of(as_of)
    rows = Placement.objects.standing().filter(student__institution=school, recorded_at__date__lte=as_of)
    rows = rows.filter(starts_on__range=(year.first_day, year.last_day))
    here = Enrolment.objects.main().current(as_of).filter(institution=school)
    groups = dict(here.values_list("student_id", "year_group"))
    told = [(groups.get(one.student_id), one) for one in rows.only("student_id", "days_done", "done_at")]
    found = (_phase(label, [one for group, one in told if group in wanted], as_of) for label, wanted in PHASES)
    return tuple(phase for phase in found if phase.planned != 0)


def _phase(label: str, rows: Iterable[Placement], as_of: date) -> PhaseDays:
    planned = list(rows)
    done = [one for one in planned if one.done_at and one.done_at.date() <= as_of]
    hidden = is_small(len(done)) or is_small(len(planned) - len(done))
    return PhaseDays(
        label, None if is_small(len(planned)) else len(planned), None if hidden else len(done),
        None if hidden else sum(one.days_done or 0 for one in done),
    )  # fmt: skip
