"""Who reads a child's shared record at home, when that ended, and for whom a printed code still lets somebody in."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, QuerySet

from pathbook.people import access
from pathbook.people.models import GuardianLink, JoiningCode
from pathbook.people.visibility import Viewer, students_visible_to

AT_MOST = 500
CODES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Family:
    """One link. `state`: joined, waiting (no account yet) or ended."""

    pk: int
    name: str
    relation: str
    child: str
    key: str
    since: date
    state: str
    last: date | None


@dataclass(frozen=True, slots=True)
class Codes:
    """Sheets handed out for a child and not used: how many, and the last day of the last one."""

    child: str
    key: str
    number: int
    until: date


def links_seen_by(viewer: Viewer, *, on: date) -> QuerySet[GuardianLink]:
    """Of the students whose families they may see."""
    seen = students_visible_to(viewer, on, access.FAMILIES)
    return GuardianLink.objects.filter(student__in=seen).select_related("guardian__account", "student")


def families_of(viewer: Viewer, *, on: date, search: str = "") -> tuple[Family, ...]:
    """The latest first; one query. `search`: part of a name, the parent's or the child's."""
    rows = links_seen_by(viewer, on=on).order_by("-starts_on", "-pk")
    found = (_family(link, on) for link in rows)
    wanted = search.casefold().strip()
    kept = [one for one in found if wanted in f"{one.name} {one.child}".casefold()]
    return tuple(kept[:AT_MOST])


def codes_of(viewer: Viewer, *, on: date, search: str = "") -> tuple[tuple[Codes, ...], int]:
    """By name, the first CODES_SHOWN, and how many children there are. Two queries."""
    good = JoiningCode.objects.filter(family=True, used_at=None, expires_on__gte=on)
    counted = good.order_by().values_list("student_id").annotate(number=Count("pk"), until=Max("expires_on"))
    waiting = {student: (number, until) for student, number, until in counted}
    children = students_visible_to(viewer, on, access.FAMILIES).filter(pk__in=good.values("student"))
    wanted = search.casefold().strip()
    found = [Codes(one.name, one.key, *waiting[one.pk]) for one in children if one.pk in waiting]
    kept = sorted((one for one in found if wanted in one.child.casefold()), key=lambda one: (one.child, one.key))
    return tuple(kept[:CODES_SHOWN]), len(kept)


def _family(link: GuardianLink, on: date) -> Family:
    account = link.guardian.account
    ended = link.ends_on is not None and link.ends_on <= on
    last = account.last_login.date() if account and account.last_login else None
    state = "ended" if ended else "joined" if account else "waiting"
    return Family(
        link.pk, link.guardian.name, link.relation, link.student.name, link.student.key, link.starts_on, state, last
    )
