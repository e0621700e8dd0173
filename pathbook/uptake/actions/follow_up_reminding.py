"""Reminding those who are asked to do something after a round: on their home always, and by e-mail where mail is set up.

A mail says how many and by when, never what was found: mail is read on shared screens.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.framework.in_words import day_in_words
from pathbook.people.letters import send_each
from pathbook.people.models import Account
from pathbook.people.visibility import Viewer
from pathbook.uptake.models import FollowUp


@dataclass(frozen=True, slots=True)
class Reminded:
    """Follow-ups reminded of now; `mailed` owners; `failed` their names; `nobody`: their owner cannot sign in any more."""

    reminded: int
    mailed: int
    failed: tuple[str, ...]
    nobody: int
    already: int


def remind(*, follow_ups: Sequence[FollowUp], where: str, by: Viewer, at: datetime, on: date) -> Reminded:
    """`follow_ups` with their owners' accounts read along; each at most once a day. `where`: the address a mail gives."""
    reached = [one for one in follow_ups if _account(one)]
    claimed = _claim(reached, by, at, on)
    owners: dict[Account, list[FollowUp]] = defaultdict(list)
    for one in claimed:
        if account := _account(one):
            owners[account].append(one)
    mails = {account: _mail(account, rows, where) for account, rows in owners.items()} if settings.EMAIL_HOST else {}
    failed = send_each(mails)
    _keep(owners, failed)
    return Reminded(
        len(claimed), len(mails) - len(failed), tuple(one.name for one in failed), len(follow_ups) - len(reached),
        len(reached) - len(claimed),
    )  # fmt: skip


def _account(one: FollowUp) -> Account | None:
    account = one.owner.account if one.owner else None
    return account if account and account.is_active else None


@transaction.atomic
def _claim(follow_ups: Sequence[FollowUp], by: Viewer, at: datetime, on: date) -> list[FollowUp]:
    """Before anything is sent, so that of two who press at once only one sends."""
    rows = FollowUp.objects.open().exclude(reminded_on=on).filter(pk__in=[one.pk for one in follow_ups])
    free = set(rows.values_list("pk", flat=True))
    FollowUp.objects.filter(pk__in=free).update(reminded_on=on, is_unsent=False)
    claimed = [one for one in follow_ups if one.pk in free]
    said = {"after": {"reminded": True}}
    changes = [record.Change(Verb.CHANGED, "follow-up", one.pk, None, said) for one in claimed]
    record.changes(by=by, at=at, of=changes)
    return claimed


def _keep(owners: Mapping[Account, Sequence[FollowUp]], failed: Sequence[Account]) -> None:
    """Whose mail was not taken stands beside what they were to be reminded of, until it is sent."""
    unsent = [one.pk for account in failed for one in owners[account]]
    FollowUp.objects.filter(pk__in=unsent).update(is_unsent=True)


def _mail(account: Account, follow_ups: Sequence[FollowUp], where: str) -> EmailMessage:
    many = "1 thing" if len(follow_ups) == 1 else f"{len(follow_ups)} things"
    ending = f": {where}" if where else "."
    due = "\n".join(f"- by {day_in_words(day)}" for day in sorted(one.due_on for one in follow_ups))
    return EmailMessage(
        subject=f"{many} to do after a look at books and lessons",
        body=f"Hello {account.name},\n\nYou are asked to do {many} after a look at books and lessons:\n{due}\n\n"
        f"What it is stands on your first page in Pathbook, where you can say that it is done{ending}\n",
        to=[account.email],
    )
