"""Who reads a child's shared record at home: every link of a parent or carer, whether they have joined, and when it ended."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from pathbook.people import access
from pathbook.people.models import GuardianLink
from pathbook.people.visibility import Viewer, students_visible_to

AT_MOST = 500


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


def links_seen_by(viewer: Viewer, *, on: date) -> QuerySet[GuardianLink]:
    """Of the students whose roll they may see."""
    seen = students_visible_to(viewer, on, access.ROLL)
    return GuardianLink.objects.filter(student__in=seen).select_related("guardian__account", "student")


def families_of(viewer: Viewer, *, on: date, search: str = "") -> tuple[Family, ...]:
    """The latest first; one query. `search`: part of a name, the parent's or the child's."""
    rows = links_seen_by(viewer, on=on).order_by("-starts_on", "-pk")
    found = (_family(link, on) for link in rows)
    wanted = search.casefold().strip()
    kept = [one for one in found if wanted in f"{one.name} {one.child}".casefold()]
    return tuple(kept[:AT_MOST])


def _family(link: GuardianLink, on: date) -> Family:
    account = link.guardian.account
    ended = link.ends_on is not None and link.ends_on <= on
    last = account.last_login.date() if account and account.last_login else None
    state = "ended" if ended else "joined" if account else "waiting"
    return Family(
        link.pk, link.guardian.name, link.relation, link.student.name, link.student.key, link.starts_on, state, last
    )
