"""How fresh is the roll? Said on every page, because a stale roll makes every figure wrong without a word."""

from dataclasses import dataclass
from datetime import date

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
    return Freshness(enrolled, None)
