"""Reminding owners of what they agreed: in Pathbook always, and by e-mail where the school has set up its mail.

A mail says how much is due and where to look. It never says what was agreed: mail is read on shared screens.
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
from pathbook.people.models import Account, Institution
from pathbook.people.visibility import Viewer
from pathbook.records.models import Action, Reminder
from pathbook.records.queries.owners import Accounts, owners_of

MOST_NAMED = 20  # in one mail


@dataclass(frozen=True, slots=True)
class Where:
    """Addresses that a mail gives: of the list of what a member of staff is to do, and of a student's own page."""

    staff: str
    student: str


@dataclass(frozen=True, slots=True)
class Reminded:
    """`actions` reminded; `mailed` owners written to; `failed` their names; the others say why not all were."""

    actions: int
    mailed: int
    failed: tuple[str, ...]
    nobody: int
    already: int


def remind(
    *, actions: Sequence[Action], school: Institution, where: Where, by: Viewer, at: datetime, on: date
) -> Reminded:
    """`actions` with their students and meetings' advisers read along. Nobody is reminded of one twice in a day."""
    owners = owners_of(actions, school, on=on)
    owned = [action for action in actions if owners[action.pk]]
    claimed = _claim(owned, by, at, on)
    mails = _mails(claimed, owners, where) if settings.EMAIL_HOST else {}
    failed = send_each({account: mail for account, (mail, _) in mails.items()})
    missed = [a for a in claimed if mails and all(account in failed for account in owners[a.pk])]
    _keep(school, {account: (account not in failed, len(rows)) for account, (_, rows) in mails.items()}, missed, by, at)
    return Reminded(
        len(claimed) - len(missed), len(mails) - len(failed), tuple(account.name for account in failed),
        len(actions) - len(owned), len(owned) - len(claimed),
    )  # fmt: skip


@transaction.atomic
def _claim(actions: Sequence[Action], by: Viewer, at: datetime, on: date) -> list[Action]:
    """Before anything is sent, so that of two who press at once only one sends."""
    rows = Action.objects.still_open(on).exclude(reminded_at__date=on).filter(pk__in=[one.pk for one in actions])
    free = set(rows.values_list("pk", flat=True))
    claimed = [action for action in actions if action.pk in free]
    Action.objects.filter(pk__in=free).update(reminded_at=at)
    record.changes(by=by, at=at, of=[_event(action, reminded=True) for action in claimed])
    return claimed


@transaction.atomic
def _keep(
    school: Institution, sent: Mapping[Account, tuple[bool, int]], missed: list[Action], by: Viewer, at: datetime
) -> None:
    """Who was written to and who could not be; those whose mail failed stand as they did before."""
    Reminder.objects.bulk_create(
        Reminder(
            institution=school, account=account, is_sent=is_sent, how_many=many, recorded_by=by.name, recorded_at=at
        )
        for account, (is_sent, many) in sent.items()
    )
    Action.objects.bulk_update(missed, ["reminded_at"])  # they still hold what stood before the claim
    record.changes(by=by, at=at, of=[_event(action, reminded=False) for action in missed])


def _event(action: Action, *, reminded: bool) -> record.Change:
    return record.Change(Verb.CHANGED, "action", action.pk, action.student_id, {"after": {"reminded": reminded}})


def _mails(
    actions: Sequence[Action], owners: Mapping[int, Accounts], where: Where
) -> dict[Account, tuple[EmailMessage, list[Action]]]:
    """One an owner."""
    by_owner: dict[Account, list[Action]] = defaultdict(list)
    for action in sorted(actions, key=lambda one: (one.due_on, one.pk)):
        for account in owners[action.pk]:
            by_owner[account].append(action)
    return {account: (_mail(account, rows, where), rows) for account, rows in by_owner.items()}


def _mail(account: Account, actions: Sequence[Action], where: Where) -> EmailMessage:
    """The student's first name and the day; to a student, the days alone."""
    own = actions[0].owner == Action.Owner.STUDENT
    many = "1 thing" if len(actions) == 1 else f"{len(actions)} things"
    due = [f"{'' if own else f'{one.student.forename}, '}due {day_in_words(one.due_on)}" for one in actions]
    due[MOST_NAMED:] = [f"and {len(due) - MOST_NAMED} more"] if len(due) > MOST_NAMED else []
    listed = "\n".join(f"- {line}" for line in due)
    return EmailMessage(
        subject=f"{len(actions)} agreed {'action' if len(actions) == 1 else 'actions'} to do",
        body=f"Hello {account.name},\n\nThere {'is' if len(actions) == 1 else 'are'} {many} agreed for you to do:\n{listed}\n\n"
        f"Open Pathbook to read what was agreed and to say what became of it: {where.student if own else where.staff}\n",
        to=[account.email],
    )  # fmt: skip
