"""Everyone who finished Year 11 or 13 in an academic year, whether they left or stayed: the year's leavers to confirm."""

from collections.abc import Collection

from django.db.models import Exists, F, OuterRef, QuerySet

from pathbook.people.models import Enrolment, Institution
from pathbook.records.queries.leavers import LEAVING_YEARS


def finished(school: Institution, *, years: Collection[int]) -> QuerySet[Enrolment]:
    """Main enrolments of these academic years in Years 11 and 13 that ran to their summer.

    `stayed`: the student has a main enrolment here in the year after; nobody has to be asked about those.
    """
    mains = Enrolment.objects.main().filter(institution=school)
    rows = mains.filter(academic_year__in=tuple(years), year_group__in=LEAVING_YEARS)
    to_summer = (
        rows.annotate(ends=F("academic_year") + 1)
        .exclude(end_date__year__lt=F("ends"))
        .exclude(end_date__year=F("ends"), end_date__month__lt=5)
    )  # whoever went in the middle of a year is asked after by the school they went to
    return to_summer.annotate(stayed=Exists(_after(mains)))


def gone_from(school: Institution, *, years: Collection[int]) -> QuerySet[Enrolment]:
    """Those of them who did not stay."""
    return finished(school, years=years).exclude(Exists(_after(Enrolment.objects.main().filter(institution=school))))


def _after(mains: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    return mains.filter(student=OuterRef("student"), academic_year=OuterRef("academic_year") + 1)
