"""Where hopes, intentions, offers and outcomes differ: by name with the words of why, and as a matrix."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pathbook.framework.next_steps import NEXT_STEPS
from pathbook.framework.plans import Plans, differences, matrix_of
from pathbook.framework.shares import Share
from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.people.models import Institution, Student
from pathbook.people.visibility import Viewer, students_visible_to
from pathbook.records.queries.leaving import gone_from
from pathbook.records.queries.next_steps import codes_of, histories
from pathbook.reports.charts.draw import Chart
from pathbook.reports.charts.matrix import matrix
from pathbook.reports.leavers import leaving_years
from pathbook.reports.leaving_list import Asked, Person, enrolled, groups_of, in_order, narrowed, person_of
from pathbook.reports.next_of_student import Step, chain_of

HEADS = {True: "Hopes for / means to", False: "Meant to / went to"}
NOW = 0  # those still here; else the leaving year


@dataclass(frozen=True, slots=True)
class Line:
    who: Person
    chain: tuple[Step, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutcomesPage:
    """`lines`: those where something differs. `agree`: of those with two steps or more recorded."""

    asked: Asked
    start: int
    starts: tuple[tuple[int, str], ...]
    lines: tuple[Line, ...]
    agree: Share
    chart: Chart
    years: tuple[int, ...]
    groups: tuple[str, ...]


def outcomes_page(viewer: Viewer, school: Institution, *, on: date, asked: Asked, start: int) -> OutcomesPage:
    """Seven queries for any number of students."""
    starts = leaving_years(on)
    start = start if start in starts else NOW
    if start == NOW:
        rows = enrolled(viewer, school, on=on)
    else:
        seen = students_visible_to(viewer, on, access.ASPIRATIONS).filter(erasure=None)
        rows = gone_from(school, years=(start,)).filter(student__in=seen)
    people = [person_of(row) for row in sorted(rows.select_related("student", "tutor_group"), key=in_order)]
    known = histories(Student.objects.filter(pk__in=rows.values("student")), as_of=on)
    codes, wanted = codes_of(school), narrowed(people, asked)
    plans = {one.pk: known[one.pk].plans() for one in wanted}
    told = [one for one in wanted if _steps(plans[one.pk]) > 1]
    lines = [Line(one, chain_of(plans[one.pk], codes), differences(plans[one.pk])) for one in told]
    differ = tuple(line for line in lines if line.why)
    return OutcomesPage(
        asked, start, ((NOW, "Here now"), *((year, f"Left {AcademicYear(year).label}") for year in starts)), differ,
        Share(len(told) - len(differ), len(told)), _chart([plans[one.pk] for one in wanted], start),
        tuple(sorted({one.year_group for one in people})), groups_of(people, asked),
    )  # fmt: skip


def _steps(plans: Plans) -> int:
    return sum(map(bool, (plans.hoped, plans.intended, plans.offers, plans.did)))


def _chart(plans: Sequence[Plans], start: int) -> Chart:
    """Of those here now: hopes against intentions. Of leavers: intentions against outcomes."""
    pairs = [(one.hoped, one.intended) if start == NOW else (one.intended, one.did) for one in plans]
    both = [pair for pair in pairs if all(pair)]
    same = Share(sum(left == right for left, right in both), len(both))
    what = "mean to do what they hope for" if start == NOW else "did as they meant"
    title = f"{same.percent}% {what}" if both else "Nothing to compare yet"
    names = [name for name in NEXT_STEPS if any(name in pair for pair in both)]
    why = f"{same.label} of those with both recorded."
    return matrix("plans", title, names, matrix_of(both), why=why if both else "", head=HEADS[start == NOW])
