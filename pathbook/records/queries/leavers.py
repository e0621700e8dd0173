"""Those who left at the end of last academic year, what they meant to do, and what they did."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from pathbook.framework.years import AcademicYear
from pathbook.people.models import Enrolment, Institution
from pathbook.records.models import Destination, Intention

LEAVING_YEARS = (11, 13)


@dataclass(frozen=True, slots=True)
class Left:
    """One leaver: the last intention they gave and the last place they were known to be; empty where none is."""

    intended: str
    actual: str


def left_last_year(school: Institution, *, as_of: date) -> QuerySet[Enrolment]:
    """Main enrolments of last academic year in Year 11 or 13, of those who have none begun this year."""
    year = AcademicYear.of(as_of).start
    mains = Enrolment.objects.main().filter(institution=school)
    stayed = mains.in_year(year).filter(start_date__lte=as_of).values("student")
    return mains.in_year(year - 1).filter(year_group__in=LEAVING_YEARS).exclude(student__in=stayed)


def what_became(school: Institution, *, as_of: date) -> tuple[Left, ...]:
    """One for each leaver, the codes as they were recorded. Three queries."""
    left = left_last_year(school, as_of=as_of)
    whose = {"student__in": left.values("student")}
    before = AcademicYear.of(as_of).first_day
    meant = Intention.objects.filter(**whose, recorded_on__lt=before).order_by("recorded_on", "pk")
    went = Destination.objects.filter(**whose, as_of__lte=as_of).order_by("as_of", "pk")
    intended, actual = (dict(rows.values_list("student_id", "code")) for rows in (meant, went))
    students = set(left.values_list("student_id", flat=True))
    return tuple(Left(intended.get(pk, ""), actual.get(pk, "")) for pk in sorted(students))
