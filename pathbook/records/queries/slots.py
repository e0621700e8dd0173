"""Which slots are free, when the school is closed, and whom an adviser's slots may be booked by."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from pathbook.framework.schooldays import Closed, SchoolDays
from pathbook.people import access
from pathbook.people.models import Enrolment, Institution, Staff
from pathbook.people.visibility import Viewer
from pathbook.records.models import Closure, GuidanceMeeting, GuidanceSlot

Status = GuidanceMeeting.Status


def school_days(school: Institution) -> SchoolDays:
    """One query."""
    rows = Closure.objects.filter(institution=school).order_by("first_day", "pk")
    return SchoolDays(tuple(Closed(*row) for row in rows.values_list("first_day", "last_day", "why")))


def midnight(day: date) -> datetime:
    """The moment a day of the school begins."""
    return timezone.make_aware(datetime.combine(day, time.min))


def day_of(slot: GuidanceSlot) -> date:
    return timezone.localtime(slot.starts_at).date()


def slots_between(school: Institution, first: date, last: date) -> QuerySet[GuidanceSlot]:
    """Slots of these days, both included."""
    until = midnight(last + timedelta(days=1))
    return GuidanceSlot.objects.filter(institution=school, starts_at__gte=midnight(first), starts_at__lt=until)


def taken() -> Exists:
    """Is there a meeting in this slot that was not cancelled?"""
    return Exists(GuidanceMeeting.objects.filter(slot=OuterRef("pk")).exclude(status=Status.CANCELLED))


def free_slots(
    school: Institution, *, after: datetime, advisers: Collection[Staff] | QuerySet[Staff]
) -> QuerySet[GuidanceSlot]:
    """Not begun, not taken and not in a closure, the next first."""
    closed = Closure.objects.filter(
        institution=OuterRef("institution"), first_day__lte=OuterRef("starts_at__date"),
        last_day__gte=OuterRef("starts_at__date"),
    )  # fmt: skip
    rows = GuidanceSlot.objects.filter(institution=school, adviser__in=advisers, starts_at__gt=after)
    return rows.filter(~taken(), ~Exists(closed)).order_by("starts_at", "adviser__name", "pk")


def advisers_bookable_by(viewer: Viewer, school: Institution, *, on: date) -> list[Staff]:
    """Whose slots they may offer and book: whoever writes the programme all advisers', an adviser their own."""
    return list(bookable_by(viewer, school, on=on))


def bookable_by(viewer: Viewer, school: Institution, *, on: date) -> QuerySet[Staff]:
    """The same, to narrow another question by."""
    if not viewer.may(access.GUIDANCE, access.WRITE):
        return Staff.objects.none()
    here = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    rows = Staff.objects.filter(here, institution=school, level__isnull=False).order_by("name", "pk")
    rows = rows.exclude(account__is_active=False)  # who may not sign in meets nobody
    if not viewer.may(access.PROGRAMME, access.WRITE):
        rows = rows.filter(account=viewer.account_id)
    return rows


def may_close(viewer: Viewer) -> bool:
    """A closure is everyone's, so whoever says it must reach the whole school."""
    return viewer.may(access.GUIDANCE, access.WRITE) and viewer.reaches_all


def on_roll(school: Institution, *, on: date, day: date) -> QuerySet[Enrolment]:
    """Enrolments in force today that have not ended by the day asked about."""
    stays = Q(end_date__isnull=True) | Q(end_date__gte=day)
    return Enrolment.objects.current(on).filter(stays, institution=school)
