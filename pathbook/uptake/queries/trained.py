"""Who of the staff came to which training, in which roles they stand today, and when each last signed in. Three queries."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Max

from pathbook.audit.models import Event, Verb
from pathbook.framework.use.facts import NOT_STAFF
from pathbook.people.access import FAMILY
from pathbook.people.models import Institution, Role, RoleHeld, Staff
from pathbook.people.visibility import Viewer
from pathbook.uptake.models import TourPutAway


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


def members(school: Institution, *, on: date, signed_in: bool = True) -> list[Member]:
    """Everyone of the staff list who works here that day, and whoever else holds a role of staff; by name.

    Without `signed_in` nobody's last time is looked up, which is a query less.
    """
    listed = _listed(school, on)
    roles, names = _roles(school, on)
    came = _signed_in() if signed_in else {}
    found = [
        Member(f"s{pk}", one.name, roles.get(one.account or 0, ()), one.trained, came.get(one.account or 0),
               one.account is not None)
        for pk, one in listed.items() if one.is_here
    ]  # fmt: skip
    known = {one.account for one in listed.values()}
    found += [
        Member(f"a{pk}", name, roles[pk], {}, came.get(pk), has_account=True)
        for pk, name in names.items() if pk not in known
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.name.casefold(), one.key))


@dataclass(slots=True)
class _Listed:
    """One of the staff list, with the last day they came to each topic."""

    name: str
    account: int | None
    is_here: bool
    trained: dict[str, date] = field(default_factory=dict)


def _listed(school: Institution, on: date) -> dict[int, _Listed]:
    """All who ever worked here, with what they came to by the day; one query."""
    rows = Staff.objects.filter(institution=school).order_by("name", "pk", "trained__session__held_on")
    found: dict[int, _Listed] = {}
    for pk, name, account, starts, ends, topic, day in rows.values_list(
        "pk", "name", "account_id", "starts_on", "ends_on", "trained__session__topic", "trained__session__held_on"
    ):
        is_here = (starts is None or starts <= on) and (ends is None or ends >= on)
        one = found.setdefault(pk, _Listed(name, account, is_here))
        if day is not None and day <= on:
            one.trained[topic] = day
    return found


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


def _signed_in() -> dict[int, datetime]:
    rows = Event.objects.filter(verb=Verb.SIGNED_IN, actor_id__isnull=False).order_by()
    return dict(rows.values_list("actor_id").annotate(last=Max("at")))


def has_put_away(viewer: Viewer) -> bool:
    """The tour of the role that is on."""
    return TourPutAway.objects.filter(account=viewer.account_id, role=viewer.role).exists()
