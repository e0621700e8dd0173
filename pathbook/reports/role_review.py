"""The sheet that is looked through each term: who holds which role over what, since when, and when they last signed in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from pathbook.audit.models import Event
from pathbook.people import access
from pathbook.people.access import FAMILY
from pathbook.people.accounts import REVIEW
from pathbook.people.models import Account, Institution, Place, RoleHeld
from pathbook.people.visibility import Viewer

TERMS = ((9, "autumn"), (4, "summer"), (1, "spring"))  # the month each begins in, latest in the year first
FOUND_AT_MOST = 20  # accounts of a search; more words narrow it
HEADINGS = ("Name", "E-mail", "Role", "Over", "Since", "Ends", "Last signed in", "May sign in")


@dataclass(frozen=True, slots=True)
class Holder:
    """One role held today. `ends`: None when no end is set."""

    pk: int
    account: int
    name: str
    email: str
    role: str
    over: str
    since: date
    ends: date | None
    signed_in: datetime | None
    may_sign_in: bool

    @property
    def cells(self) -> tuple[object, ...]:
        last = self.signed_in.date() if self.signed_in else "never"
        return (
            self.name, self.email, self.role, self.over, self.since, self.ends or "", last,
            "yes" if self.may_sign_in else "no",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class RoleReview:
    """Staff roles, with how many students and parents have a door of their own, and the last review."""

    holders: tuple[Holder, ...]
    families: int
    term: str
    reviewed_at: datetime | None
    reviewed_by: str
    is_due: bool

    @property
    def never_signed_in(self) -> int:
        return sum(one.signed_in is None for one in self.holders)


def role_review(school: Institution, *, on: date) -> RoleReview:
    held = RoleHeld.objects.held_on(on).filter(institution=school)
    staff = held.exclude(role__in=FAMILY).select_related("account", "tutor_group", "group")
    last = Event.objects.filter(noun=REVIEW, noun_id=school.pk).order_by("-pk").first()
    began, term = _term(on)
    return RoleReview(
        tuple(_holders(staff.order_by("role", "account__name", "pk"))), held.filter(role__in=FAMILY).count(), term,
        last.at if last else None, last.actor_name if last else "", last is None or last.at.date() < began,
    )  # fmt: skip


def families_named(viewer: Viewer, search: str) -> list[Account]:
    """Accounts of students and parents whose name or address has these words; none for who sees no student."""
    words = search.split()
    if not words or not viewer.may(access.IDENTITY):
        return []
    rows = Account.objects.filter(roles__institution=viewer.school, roles__role__in=FAMILY)
    for word in words:
        rows = rows.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return list(rows.distinct().order_by("name", "pk")[:FOUND_AT_MOST])


def _term(on: date) -> tuple[date, str]:
    """The first day of the month the term begins in, and the term's name."""
    month, name = next((month, name) for month, name in TERMS if on.month >= month)
    return date(on.year, month, 1), f"{name} term"


def _holders(rows: Iterable[RoleHeld]) -> Iterable[Holder]:
    for row in rows:
        yield Holder(
            row.pk, row.account_id, row.account.name, row.account.email, row.get_role_display(), _over(row), row.starts_on,
            row.ends_on, row.account.last_login, row.account.is_active,
        )  # fmt: skip


def _over(row: RoleHeld) -> str:
    """A student is not named: whoever keeps the accounts need not know who is in whose care."""
    named = {
        Place.YEAR_GROUP: f"Year {row.year_group}",
        Place.TUTOR_GROUP: row.tutor_group.name if row.tutor_group else "",
        Place.GROUP: row.group.name if row.group else "",
        Place.STUDENT: "One student",
    }
    return named.get(Place(row.place), "The whole school")
