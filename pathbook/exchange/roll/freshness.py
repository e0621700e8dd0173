"""How fresh is the roll? Said on every page, because a stale roll makes every figure wrong without a word."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Subquery
from django.utils import timezone

from pathbook.exchange.models import ImportRun
from pathbook.people.models import Enrolment, Institution


@dataclass(frozen=True, slots=True)
class Freshness:
    """`students` enrolled on the day; `loaded_on` the last applied import, None when there was none."""

    students: int
    loaded_on: date | None
    problems: int = 0


def freshness_of(school: Institution, *, on: date) -> Freshness:
    """One query."""
    enrolled = Enrolment.objects.main().current(on).filter(institution=OuterRef("pk")).order_by().values("institution")
    applied = ImportRun.objects.filter(institution=OuterRef("pk"), state=ImportRun.State.APPLIED).order_by("-pk")
    students, loaded_at, problems = (
        Institution.objects.annotate(
            students=Subquery(enrolled.annotate(count=Count("pk")).values("count")),
            loaded_at=Subquery(applied.values("recorded_at")[:1]),
            left_out=Subquery(applied.values("left_out")[:1]),
        )
        .values_list("students", "loaded_at", "left_out")
        .get(pk=school.pk)
    )
    loaded_on = timezone.localtime(loaded_at).date() if loaded_at else None
    return Freshness(students or 0, loaded_on, problems or 0)
