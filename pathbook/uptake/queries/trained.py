"""Who of the staff came to which training, in which roles they stand today, and when each last signed in. Four queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q

from pathbook.audit.models import Event, Verb
from pathbook.framework.use import NOT_STAFF
from pathbook.people.access import FAMILY
from pathbook.people.models import Institution, Role, RoleHeld, Staff
from pathbook.people.visibility import Viewer
from pathbook.uptake.models import TourPutAway, TrainingAttendance


@dataclass(frozen=True, slots=True)
class Member:
    """One who works here today: `roles` as codes; `trained`: topic -> the last day; `signed_in`: the last time, if ever."""

    key: str  # of the Staff row "s5", or of the account of somebody not yet in the staff list "a7"
    name: str
    roles: tuple[str, ...]
    trained: dict[str, date]
    signed_in: datetime | None
    has_account: bool

    def trained_since(self, since: date, topic: str = "") -> bool:
        days = [self.trained.get(topic)] if topic else self.trained.values()
        return any(day is not None and day >= since for day in days)

    @property
    def role_labels(self) -> str:
        return ", ".join(Role(role).label for role in self.roles)


def members(school: Institution, *, on: date) -> list[Member]:
    """Everyone of the staff list who works here that day, and whoever else holds a role of staff; by name."""
    here = (Q(starts_on=None) | Q(starts_on__lte=on)) & (Q(ends_on=None) | Q(ends_on__gte=on))
    listed = Staff.objects.filter(here, institution=school).order_by("name", "pk")
    roles, names = _roles(school, on)
    trained, came = _trained(school, on), _signed_in()
    found = [
        Member(f"s{row.pk}", row.name, roles.get(row.account_id or 0, ()), trained[row.pk],
               came.get(row.account_id or 0), row.account_id is not None)
        for row in listed
    ]  # fmt: skip
    known = set(Staff.objects.filter(institution=school, account__isnull=False).values_list("account_id", flat=True))
    found += [
        Member(f"a{pk}", name, roles[pk], {}, came.get(pk), has_account=True)
        for pk, name in names.items() if pk not in known
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.name.casefold(), one.key))


def _roles(school: Institution, on: date) -> tuple[dict[int, tuple[str, ...]], dict[int, str]]:
    rows = (
        RoleHeld.objects.held_on(on)
        .filter(institution=school, account__is_active=True)
        .exclude(role__in=(*FAMILY, *NOT_STAFF))
    )
    held: dict[int, dict[str, None]] = defaultdict(dict)
    names: dict[int, str] = {}
    for account, name, role in rows.order_by("pk").values_list("account_id", "account__name", "role"):
        held[account][role], names[account] = None, name
    return {account: tuple(roles) for account, roles in held.items()}, names


def _trained(school: Institution, on: date) -> dict[int, dict[str, date]]:
    """Staff -> topic -> the last day they came to it."""
    rows = TrainingAttendance.objects.filter(session__institution=school, session__held_on__lte=on)
    found: dict[int, dict[str, date]] = defaultdict(dict)
    for staff, topic, day in rows.order_by("session__held_on").values_list(
        "staff_id", "session__topic", "session__held_on"
    ):
        found[staff][topic] = day
    return found


def _signed_in() -> dict[int, datetime]:
    rows = Event.objects.filter(verb=Verb.SIGNED_IN, actor_id__isnull=False).order_by()
    return dict(rows.values_list("actor_id").annotate(last=Max("at")))


def has_put_away(viewer: Viewer) -> bool:
    """The tour of the role that is on."""
    return TourPutAway.objects.filter(account=viewer.account_id, role=viewer.role).exists()
