"""The homes of those who keep the house and meet no student: whoever keeps the accounts, and the data protection officer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from pathbook.audit.models import Event, Verb
from pathbook.people.models import Institution
from pathbook.people.second_step import staff_without
from pathbook.reports.audit import events_of
from pathbook.reports.role_review import role_review
from pathbook.reports.todos import Todo

STALE = timedelta(days=7)  # a backup older than this is said to be late
A_WEEK = timedelta(days=7)
LOOKED = (
    (Verb.READ, "records opened"),
    (Verb.PRINTED, "students printed"),
    (Verb.EXPORTED, "copies taken in a file"),
    (Verb.CHANGED, "changes"),
    (Verb.REMOVED, "things removed"),
)


@dataclass(frozen=True, slots=True)
class AccountsHome:
    """`backed_up`: when the last backup was made, by day; None when there was none. `late`: longer ago than a week."""

    todos: tuple[Todo, ...]
    roles: int
    backed_up: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class OfficerHome:
    """`week`: what was done with records in the last seven days, as (what, how often, the audit's own list of it)."""

    todos: tuple[Todo, ...]
    week: tuple[tuple[str, int, str], ...]


def accounts_home(school: Institution, *, on: date) -> AccountsHome:
    """Five queries."""
    review = role_review(school, on=on)
    held, never = len(review.holders), review.never_signed_in
    todos = (
        Todo(
            held if review.is_due else 0, f"role{'' if held == 1 else 's'} to look through in the {review.term}", "/set-up/review/",
            "Does everyone still need what they hold? Once a term.", "Look through", "/set-up/review/",
        ),
        Todo(
            never, f"role{' is' if never == 1 else 's are'} held by somebody who has never signed in", "/set-up/review/",
            "The access review marks each. A link that was lost is sent again from their account.", "See who",
            "/set-up/review/",
        ),
        _without_second_step(school, on),
    )  # fmt: skip
    last = Event.objects.filter(noun="backup", verb=Verb.EXPORTED).order_by("-pk").values_list("at", flat=True).first()
    made = timezone.localtime(last).date() if last else None
    return AccountsHome(tuple(one for one in todos if one.figure), held, made, not made or on - made > STALE)


def _without_second_step(school: Institution, on: date) -> Todo:
    """Staff whose password alone opens their account; asked of all of them, or not asked for yet."""
    many, asked = staff_without(school, on=on), school.staff_second_step
    why = (
        "They are led to set one up before anything else; single sign-on vouches for it instead."
        if asked
        else "This school does not ask for one: pathbook sign-in second-step on."
    )
    has = "has" if many == 1 else "have"
    return Todo(
        many, f"of staff {has} no second step to sign in", "/set-up/people/", why, "See staff", "/set-up/people/"
    )


def officer_home(
    school: Institution, *, on: date, records: Collection[object], notes: Collection[object]
) -> OfficerHome:
    """One query. `records`, `notes`: due to go (privacy.due)."""
    todos = (
        Todo(
            len(records), f"record{'' if len(records) == 1 else 's'} {'has' if len(records) == 1 else 'have'} been kept long enough",
            "/requests/due/", "Nothing goes by itself: look through them, then erase them in one act.", "See who", "/requests/due/",
        ),
        Todo(
            len(notes), f"student{'’s' if len(notes) == 1 else 's’'} working notes have been kept long enough",
            "/requests/due/", "What was shared stays; only the notes go.", "See whose", "/requests/due/",
        ),
    )  # fmt: skip
    return OfficerHome(tuple(one for one in todos if one.figure), _week(school, on))


def _week(school: Institution, on: date) -> tuple[tuple[str, int, str], ...]:
    after = timezone.make_aware(datetime.combine(on - A_WEEK, datetime.max.time()))
    found = events_of(school).filter(at__gt=after).aggregate(
        **{str(verb): Count("pk", filter=Q(verb=verb)) for verb, _ in LOOKED}
    )  # fmt: skip
    return tuple((words, found[str(verb)], f"/audit/?verb={verb}") for verb, words in LOOKED)
