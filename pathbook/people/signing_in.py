"""Who of the staff has a way in, in which roles, and on which days they came. Three queries."""

from collections import defaultdict
from datetime import date, datetime, time

from django.db.models.functions import TruncDate
from django.utils import timezone

from pathbook.audit.models import Event, Verb
from pathbook.framework.use.facts import StaffFacts
from pathbook.people.access import FAMILY
from pathbook.people.models import Institution, RoleHeld, Staff

Held = tuple[str, date, date | None]
Named = tuple[int | None, date | None, date | None]  # account, from, to


def staff_facts(school: Institution, *, since: date, training: str = "") -> tuple[StaffFacts, ...]:
    """Everyone named as staff, and whoever else holds a role that is not a student's or a parent's.

    `training`: from a member of staff to the days they came to it, as the room that keeps those names the way.
    """
    roles, came = _roles(school), _signed_in(since)
    named: dict[int, Named] = {}
    trained: dict[int, list[date]] = defaultdict(list)
    rows = Staff.objects.filter(institution=school).order_by("pk")
    for pk, account, start, end, *days in rows.values_list(
        "pk", "account_id", "starts_on", "ends_on", *filter(None, [training])
    ):
        named[pk] = account, start, end
        trained[pk] += [day for day in days if day]
    named_already = {account for account, _, _ in named.values()}
    known = [
        StaffFacts(a, start, end, tuple(roles.get(a, ())), tuple(came.get(a, ())), tuple(trained[pk]))
        for pk, (a, start, end) in named.items()
    ]
    # known by nothing but the role: only while it is held
    others = [(a, held) for a, held in roles.items() if a not in named_already]
    more = [StaffFacts(a, date.max, None, tuple(held), tuple(came.get(a, ()))) for a, held in others]
    return (*known, *more)


def _roles(school: Institution) -> dict[int | None, list[Held]]:
    found: dict[int | None, list[Held]] = defaultdict(list)
    rows = RoleHeld.objects.filter(institution=school, account__is_active=True).exclude(role__in=FAMILY)
    for account, role, start, end in rows.order_by("pk").values_list("account_id", "role", "starts_on", "ends_on"):
        found[account].append((role, start, end))
    return found


def _signed_in(since: date) -> dict[int | None, list[date]]:
    first = timezone.make_aware(datetime.combine(since, time()))
    rows = Event.objects.filter(verb=Verb.SIGNED_IN, at__gte=first, actor_id__isnull=False)
    found: dict[int | None, list[date]] = defaultdict(list)
    for account, day in rows.annotate(day=TruncDate("at")).values_list("actor_id", "day").distinct():
        found[account].append(day)
    return found
