"""Reminding owners of what they agreed: in Pathbook always, and by e-mail where the school has set up its mail.

A mail says how much is due and where to look. It never says what was agreed: mail is read on shared screens.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.framework.in_words import day_in_words
from pathbook.people.models import Account, Enrolment, Place, Role, RoleHeld
from pathbook.people.visibility import Viewer
from pathbook.records.models import Action

Owner = Action.Owner
REMINDED = {"after": {"reminded": True}}
MOST_NAMED = 20  # first names in one mail


@dataclass(frozen=True, slots=True)
class Reminded:
    """`actions` reminded in Pathbook; `mailed` owners written to; `failed` their names; `nobody` have no account."""

    actions: int
    mailed: int
    failed: tuple[str, ...]
    nobody: int


def remind(*, actions: Sequence[Action], address: str, by: Viewer, at: datetime, on: date) -> Reminded:
    """`actions` with their students and meetings' advisers read along; `address` is where Pathbook is opened."""
    owners = _owners(actions, on)
    reached = [action for action in actions if owners.get(action.pk)]
    _note(reached, by, at)
    if not settings.EMAIL_HOST:
        return Reminded(len(reached), 0, (), len(actions) - len(reached))
    by_owner: dict[Account, list[Action]] = defaultdict(list)
    for action in reached:
        for account in owners[action.pk]:
            by_owner[account].append(action)
    failed = _send([(account, _mail(account, rows, address)) for account, rows in by_owner.items()])
    return Reminded(len(reached), len(by_owner) - len(failed), failed, len(actions) - len(reached))


@transaction.atomic
def _note(actions: Sequence[Action], by: Viewer, at: datetime) -> None:
    Action.objects.filter(pk__in=[action.pk for action in actions]).update(reminded_at=at)
    events = [record.Change(Verb.CHANGED, "action", action.pk, action.student_id, REMINDED) for action in actions]
    record.changes(by=by, at=at, of=events)


def _owners(actions: Iterable[Action], on: date) -> Mapping[int, tuple[Account, ...]]:
    """The accounts each action is for; three queries."""
    actions = list(actions)
    held = RoleHeld.objects.held_on(on).filter(account__is_active=True).select_related("account")
    students = {action.student_id for action in actions}
    forms = dict(
        Enrolment.objects.main().current(on).filter(student__in=students).values_list("student_id", "tutor_group_id")
    )
    tutors: dict[int | None, list[Account]] = defaultdict(list)
    for row in held.filter(role=Role.FORM_TUTOR, tutor_group__in=[form for form in forms.values() if form]):
        tutors[row.tutor_group_id].append(row.account)
    themselves: dict[int | None, list[Account]] = defaultdict(list)
    for row in held.filter(role=Role.STUDENT, place=Place.STUDENT, student__in=students):
        themselves[row.student_id].append(row.account)
    leaders = [row.account for row in held.filter(role=Role.CAREERS_LEADER)]
    found = {
        Owner.TUTOR: lambda one: tutors[forms.get(one.student_id)], Owner.STUDENT: lambda one: themselves[one.student_id],
        Owner.CAREERS_LEADER: lambda one: leaders, Owner.ADVISER: _adviser_of,
    }  # fmt: skip
    return {one.pk: tuple(found[Owner(one.owner)](one)) if one.owner in found else () for one in actions}


def _adviser_of(action: Action) -> list[Account]:
    adviser = action.meeting.adviser if action.meeting else None
    return [adviser.account] if adviser and adviser.account else []


def _mail(account: Account, actions: Sequence[Action], address: str) -> EmailMessage:
    many = len(actions)
    due = ", ".join(f"{action.student.forename} ({day_in_words(action.due_on)})" for action in actions[:MOST_NAMED])
    own = all(action.owner == Owner.STUDENT for action in actions)
    whose = (
        f"Due: {', '.join(day_in_words(action.due_on) for action in actions[:MOST_NAMED])}" if own else f"For: {due}"
    )
    return EmailMessage(
        subject=f"{many} agreed {'action' if many == 1 else 'actions'} to do",
        body=f"Hello {account.name},\n\nYou agreed to do {many} {'thing' if many == 1 else 'things'}. {whose}\n\n"
        f"Open Pathbook to see what was agreed, and to say what became of it: {address}\n",
        to=[account.email],
    )  # fmt: skip


def _send(mails: Sequence[tuple[Account, EmailMessage]]) -> tuple[str, ...]:
    """Names of those it could not be sent to; one failure stops nobody else's."""
    failed = []
    with get_connection() as connection:
        for account, mail in mails:
            mail.connection = connection
            try:
                mail.send()
            except (SMTPException, OSError):
                failed.append(account.name)
    return tuple(failed)
