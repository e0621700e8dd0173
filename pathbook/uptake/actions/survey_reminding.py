"""Reminding those who have not answered: on their own page always, and by e-mail where the school has set up its mail.

It is known who has answered and not what, so those under an anonymous survey are reminded too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.framework.in_words import day_in_words
from pathbook.people.accounts import students_own
from pathbook.people.letters import send_each
from pathbook.people.models import Account
from pathbook.people.visibility import Viewer
from pathbook.uptake.models import Survey
from pathbook.uptake.queries.asked import asked_of


@dataclass(frozen=True, slots=True)
class Reminded:
    """`waiting` have not answered; `mailed` of them were written to; `failed`: names whose mail was not taken."""

    waiting: int
    mailed: int
    failed: tuple[str, ...]
    already: bool = False


def remind(*, survey: Survey, where: str, by: Viewer, at: datetime, on: date) -> Reminded:
    """At most once a day, whoever presses. `where`: the address a mail gives."""
    waiting = [one for one in asked_of(survey, on=on) if not one.has_answered]
    if not _claim(survey, len(waiting), by, at, on):
        return Reminded(len(waiting), 0, (), already=True)
    students = [one.student_id for one in waiting if one.student_id]
    accounts = _accounts_of(students, [one.account_id for one in waiting if one.account_id], on)
    mails = {one: _mail(one, survey, where) for one in accounts} if settings.EMAIL_HOST else {}
    failed = send_each(mails)
    return Reminded(len(waiting), len(mails) - len(failed), tuple(one.name for one in failed))


@transaction.atomic
def _claim(survey: Survey, waiting: int, by: Viewer, at: datetime, on: date) -> bool:
    claimed = Survey.objects.open_on(on).filter(pk=survey.pk).exclude(reminded_on=on).update(reminded_on=on)
    if claimed:
        said = {"reminded": waiting}
        record.changes(by=by, at=at, of=[record.Change(Verb.CHANGED, "survey", survey.pk, None, said)])
    return bool(claimed)


def _accounts_of(students: Sequence[int], accounts: Sequence[int], on: date) -> list[Account]:
    """Students who sign in, and the accounts asked themselves."""
    signed = [one for theirs in students_own(students, on=on).values() for one in theirs]
    return [*signed, *Account.objects.filter(is_active=True, pk__in=accounts).order_by("pk")]


def _mail(account: Account, survey: Survey, where: str) -> EmailMessage:
    many = len(survey.questions)
    kept = "Your name is kept with your answers." if survey.is_named else "Nobody can see who gave which answer."
    return EmailMessage(
        subject=f"{survey.title}: {many} questions for you",
        body=f"Hello {account.name},\n\nThe school asks you {many} questions, until {day_in_words(survey.closes_on)}."
        f" {kept}\n\nAnswer them here: {where}\n",
        to=[account.email],
    )
