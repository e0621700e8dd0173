"""Whose next steps go to the authority: Years 11 to 13 and those who left lately, and nobody who objects.

This is the one place where Pathbook asks whether something may be shared with the authority.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from pathbook.framework.destinations import KEPT_YEARS
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Enrolment, Institution
from pathbook.people.objections import About, objects_to
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
    """Two queries."""
    here = Enrolment.objects.main().current(on).filter(institution=school, year_group__in=ASKED)
    now = AcademicYear.of(on).start
    left = gone_from(school, years=range(now - KEPT_YEARS, now))
    rows = {row.student_id: row for row in _ordered(left, on) if _is_followed(row, now)}
    on_roll = {row.student_id: row for row in _ordered(here, on)}
    found = sorted((rows | on_roll).values(), key=lambda row: row.student_id)
    return Whom(
        tuple(found),
        frozenset(on_roll),
        frozenset(row.student_id for row in found if not row.keeps_plans),
        frozenset(row.student_id for row in found if not row.keeps_support),
    )


def _ordered(rows: QuerySet[Enrolment], on: date) -> Iterable[Any]:
    """With what each student objects to, by the rule of people.objections."""
    keeps = {
        "keeps_plans": objects_to(About.PLANS, on=on, student="student_id"),
        "keeps_support": objects_to(About.SUPPORT, on=on, student="student_id"),
    }
    return (
        rows.filter(student__erasure=None).annotate(**keeps).select_related("student").order_by("academic_year", "pk")
    )


def _is_followed(row: Enrolment, now: int) -> bool:
    return row.year_group + now - row.academic_year <= LAST_YEAR or row.sen == "E"
