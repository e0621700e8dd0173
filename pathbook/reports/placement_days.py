"""Work placements of a school year by phase: how many there are, took place, and their days. No names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery

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
    """Of those on the roll that day; phases without a placement are left out; one query."""
    year = AcademicYear.of(as_of)
    rows = Placement.objects.standing().filter(student__institution=school, recorded_at__date__lte=as_of)
    rows = rows.filter(starts_on__range=(year.first_day, year.last_day))
    here = Enrolment.objects.main().current(as_of).filter(institution=school, student=OuterRef("student"))
    grouped = rows.annotate(group=Subquery(here.order_by("start_date").values("year_group")[:1]))
    told = list(grouped.values_list("group", "days_done", "done_at"))
    found = (
        _phase(label, [(days, at) for group, days, at in told if group in wanted], as_of) for label, wanted in PHASES
    )
    return tuple(phase for phase in found if phase.planned != 0)


def _phase(label: str, planned: Sequence[tuple[int | None, datetime | None]], as_of: date) -> PhaseDays:
    """`planned`: of each its days done, and when that was said."""
    done = [days or 0 for days, at in planned if at and at.date() <= as_of]
    hidden = is_small(len(done)) or is_small(len(planned) - len(done))
    return PhaseDays(
        label, None if is_small(len(planned)) else len(planned), None if hidden else len(done),
        None if hidden else sum(done),
    )  # fmt: skip
