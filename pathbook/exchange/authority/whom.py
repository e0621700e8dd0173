"""Whose next steps go to the authority: Years 11 to 13 and those who left lately, and nobody who objects.

This is the one place where Pathbook asks whether something may be shared with the authority.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from pathbook.framework.destinations import KEPT_YEARS
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Enrolment, Institution, Objection, Student
from pathbook.people.objections import may_share_with_authority
from pathbook.records.queries.leaving import gone_from

LAST_YEAR = 13  # an authority follows everybody to the end of what would be Year 13, longer with an EHC plan
ASKED = (11, 12, 13)


@dataclass(frozen=True, slots=True)
class Whom:
    """`rows`: one enrolment of each student, on roll or the last of a leaver; the sets say what may be told of whom."""

    rows: tuple[Enrolment, ...]
    on_roll: frozenset[int]
    plans: frozenset[int]
    support: frozenset[int]


def whom_of(school: Institution, *, on: date) -> Whom:
    """Four queries."""
    here = Enrolment.objects.main().current(on).filter(institution=school, year_group__in=ASKED)
    now = AcademicYear.of(on).start
    left = gone_from(school, years=range(now - KEPT_YEARS, now))
    rows = {row.student_id: row for row in _ordered(left) if _is_followed(row, now)}
    on_roll = {row.student_id: row for row in _ordered(here)}
    rows |= on_roll
    asked = Student.objects.filter(pk__in=rows)
    found = sorted(rows.values(), key=lambda row: row.student_id)
    return Whom(
        tuple(found),
        frozenset(on_roll),
        _may(asked, Objection.About.PLANS, on),
        _may(asked, Objection.About.SUPPORT, on),
    )


def _ordered(rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    return rows.filter(student__erasure=None).select_related("student").order_by("academic_year", "pk")


def _is_followed(row: Enrolment, now: int) -> bool:
    return row.year_group + now - row.academic_year <= LAST_YEAR or row.sen == "E"


def _may(asked: QuerySet[Student], about: str, on: date) -> frozenset[int]:
    return frozenset(may_share_with_authority(asked, about=about, on=on).values_list("pk", flat=True))
