"""How fresh is the roll? Said on every page, because a stale roll makes every figure wrong without a word."""

from dataclasses import dataclass
from datetime import date

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
    """Two queries at most."""
    enrolled = Enrolment.objects.main().current(on).filter(institution=school).count()
    applied = ImportRun.objects.filter(institution=school, state=ImportRun.State.APPLIED).order_by("-pk")
    last = applied.values_list("recorded_at", "left_out").first()
    if last is None:
        return Freshness(enrolled, None)
    return Freshness(enrolled, timezone.localtime(last[0]).date(), last[1])
