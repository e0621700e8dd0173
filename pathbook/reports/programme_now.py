"""The programme as it stands today: what happened and waits to be confirmed, and what comes next."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.records.models import Activity, Participation
from pathbook.reports.programme import in_numbers

COMING = 4


@dataclass(frozen=True, slots=True)
class Coming:
    on: date
    title: str
    url: str
    invited: str


@dataclass(frozen=True, slots=True)
class ProgrammeNow:
    """`unconfirmed`: titles of this year's, the longest ago first, for whoever may confirm them."""

    unconfirmed: tuple[str, ...] = ()
    coming: tuple[Coming, ...] = ()


def programme_now(viewer: Viewer, school: Institution, *, on: date) -> ProgrammeNow:
    """One query, and none for whoever does not see the programme."""
    if not viewer.may(access.PROGRAMME):
        return ProgrammeNow()
    planned = Participation.objects.filter(activity=OuterRef("pk"), status="planned").order_by()
    wanted = Q(starts_on__gt=on)
    if viewer.may(access.PROGRAMME, access.WRITE):
        wanted |= Q(Exists(planned), starts_on__lte=on, academic_year=AcademicYear.of(on).start)
    ours = Activity.objects.not_withdrawn().of_our_own().filter(wanted, institution=school)
    many = Subquery(planned.values("activity").annotate(many=Count("pk")).values("many"))
    rows = ours.order_by("starts_on", "pk").values_list("starts_on", "title", "key", many)
    named = viewer.may(access.IDENTITY)
    after = [
        Coming(day, title, f"/activities/{key}/", in_numbers(n or 0, named)) for day, title, key, n in rows if day > on
    ]
    return ProgrammeNow(tuple(title for day, title, *_ in rows if day <= on), tuple(after[:COMING]))
