"""What a member of staff is asked to do after a round of monitoring, and whom to remind of it."""

from datetime import date, timedelta

from django.db.models import Q

from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.uptake.models import FollowUp

SOON, A_WEEK = timedelta(days=3), timedelta(days=7)


def follow_ups_of(viewer: Viewer, school: Institution) -> tuple[FollowUp, ...]:
    """Their own that are still open, the soonest due first. One query."""
    if viewer.account_id is None:
        return ()
    own = FollowUp.objects.open().of_school(school).filter(owner__account=viewer.account_id)
    return tuple(own.order_by("due_on", "pk"))


def still_to_do(school: Institution) -> tuple[FollowUp, ...]:
    """With their owners' accounts, the soonest due first. One query."""
    rows = FollowUp.objects.open().of_school(school).select_related("owner__account")
    return tuple(rows.order_by("due_on", "pk"))


def to_remind_of(school: Institution, *, on: date) -> tuple[FollowUp, ...]:
    """Late or due within days, and nobody was reminded of them this week: what a daily job reminds of. One query."""
    long_ago = Q(reminded_on__isnull=True) | Q(reminded_on__lte=on - A_WEEK) | Q(is_unsent=True)
    rows = FollowUp.objects.open().of_school(school).filter(long_ago, due_on__lte=on + SOON)
    return tuple(rows.select_related("owner__account").order_by("due_on", "pk"))
