"""How many places an activity still has: those down for it and those who came each take one."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution
from pathbook.records.models import Activity, Participation

TAKES_A_PLACE = (Participation.Status.PLANNED, Participation.Status.ATTENDED)


def with_places(school: Institution, *, on: date) -> QuerySet[Activity]:
    """Activities still to come this school year that say how many may come, the soonest first."""
    rows = Activity.objects.not_withdrawn().of_our_own().in_year(AcademicYear.of(on).start)
    return rows.filter(institution=school, starts_on__gt=on, capacity__isnull=False).order_by(
        "starts_on", "title", "pk"
    )


def places_taken() -> Coalesce:
    """Of each activity asked for, as an expression: each student down for it or who came, once, left since or not."""
    rows = Participation.objects.filter(activity=OuterRef("pk"), status__in=TAKES_A_PLACE).order_by()
    counted = rows.values("activity").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def places_left(activities: Iterable[Activity]) -> Mapping[int, int]:
    """By pk, of those with a limit, never below 0; one query."""
    limits = {one.pk: one.capacity for one in activities if one.capacity is not None}
    taken = dict(Activity.objects.filter(pk__in=list(limits)).order_by().values_list("pk", places_taken()))
    return {pk: max(0, limit - taken.get(pk, 0)) for pk, limit in limits.items()}
