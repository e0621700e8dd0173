"""Whom somebody should ask after: students in a leaving year for whom several signs come together, each in words."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from pathbook.framework.destinations import days_of, round_of
from pathbook.framework.plans import HOPED, Plans
from pathbook.framework.risk import LEAVING, Sign, Signs, is_prompt, signs_of
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Enrolment, Institution, Student
from pathbook.people.visibility import Viewer
from pathbook.records.models import GuidanceMeeting, Participation
from pathbook.records.queries.next_steps import History, histories
from pathbook.reports.leaving_list import Asked, Person, enrolled, groups_of, in_order, narrowed, person_of


@dataclass(frozen=True, slots=True)
class Line:
    """`signs`: those this viewer may read; `met_on`: the last guidance meeting held."""

    who: Person
    signs: tuple[Sign, ...]
    met_on: date | None


@dataclass(frozen=True, slots=True)
class RiskPage:
    asked: Asked
    lines: tuple[Line, ...]
    out_of: int
    years: tuple[int, ...]
    groups: tuple[str, ...]


def risk_page(viewer: Viewer, school: Institution, *, on: date, asked: Asked) -> RiskPage:
    """Six queries for any number of students. In the order of the register: how many signs there are is no rank."""
    rows = enrolled(viewer, school, on=on, years=LEAVING)
    found = sorted(rows.select_related("student", "tutor_group"), key=in_order)
    students = Student.objects.filter(pk__in=rows.values("student"))
    known = histories(students, as_of=on, only=("hopes", "met", "intentions", "offers"))
    meetings, activities = _missed(students, on), _absent(students, on)
    people = [person_of(row) for row in found]
    signs = {
        row.student_id: signs_of(
            _known(row, known[row.student_id], meetings[row.student_id], activities[row.student_id], on), as_of=on
        )
        for row in found
    }
    lines = [
        Line(one, tuple(sign for sign in signs[one.pk] if viewer.may(sign.part)), _last(known[one.pk]))
        for one in narrowed(people, asked)
        if is_prompt(signs[one.pk])
    ]
    years = tuple(sorted({one.year_group for one in people}))
    return RiskPage(asked, tuple(lines), len(narrowed(people, asked)), years, groups_of(people, asked))


def _known(row: Enrolment, history: History, meetings: int, activities: int, on: date) -> Signs:
    plans = history.plans()
    this = [one for one in history.offers if one.on >= AcademicYear.of(on).first_day]
    return Signs(
        row.year_group, _decided(plans, on), plans.intended_on, bool(this), any(one.stands for one in this), meetings,
        activities, row.sen, row.looked_after, row.young_carer,
    )  # fmt: skip


def _decided(plans: Plans, on: date) -> bool:
    """A hope that names a way, or an intention of this round that is a place."""
    first, _ = days_of(AcademicYear.of(on), round_of(on))
    said = plans.intended_on is not None and plans.intended_on >= first
    return plans.hope in HOPED or (said and plans.intended not in ("", "None of these"))


def _last(history: History) -> date | None:
    return history.met[-1] if history.met else None


def _missed(students: QuerySet[Student], on: date) -> Mapping[int, int]:
    first = AcademicYear.of(on).first_day
    rows = GuidanceMeeting.objects.filter(
        student__in=students.values("pk"), status=GuidanceMeeting.Status.NOT_ATTENDED, planned_on__range=(first, on)
    )
    return Counter(dict(rows.values_list("student_id").annotate(Count("pk"))))


def _absent(students: QuerySet[Student], on: date) -> Mapping[int, int]:
    """Absent without an excuse: what is excused is no sign."""
    first = AcademicYear.of(on).first_day
    rows = Participation.objects.filter(
        student__in=students.values("pk"), status=Participation.Status.ABSENT, on__range=(first, on),
        activity__withdrawn_at__isnull=True,
    )  # fmt: skip
    return Counter(dict(rows.values_list("student_id").annotate(Count("pk"))))
