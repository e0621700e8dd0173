"""A letter by e-mail to those who hold a role, where the school has named a mail server; nowhere otherwise."""

import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from smtplib import SMTPException
from threading import Timer
from typing import TypeVar

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from pathbook.people.models import Institution, RoleHeld

Whom = TypeVar("Whom")
log = logging.getLogger(__name__)
A_MOMENT = 0.5  # seconds


def addresses(school: Institution, role: str, *, on: date) -> list[str]:
    """Of everyone who holds this role that day and can still sign in."""
    held = RoleHeld.objects.held_on(on).filter(institution=school, role=role, account__is_active=True)
    return sorted(set(held.values_list("account__email", flat=True)))


def send(to: Sequence[str], subject: str, body: str) -> bool:
    """One message each, so that nobody learns the others' addresses. False when the server did not take them all."""
    return not send_each({one: EmailMessage(subject, body, to=[one]) for one in to})


def send_each(mails: Mapping[Whom, EmailMessage]) -> tuple[Whom, ...]:
    """Whom it could not be sent to. One refusal stops nobody else's; a server that does not answer is asked once."""
    if not mails:
        return ()
    connection = get_connection()
    try:
        connection.open()
    except (SMTPException, OSError) as error:
        log.error("no letter was sent: %s", type(error).__name__)
        return tuple(mails)
    failed = tuple(whom for whom, mail in mails.items() if not _is_sent(mail, connection))
    with suppress(SMTPException, OSError):  # how the server says goodbye changes nothing of what was sent
        connection.close()
    return failed


def _is_sent(mail: EmailMessage, connection: BaseEmailBackend) -> bool:
    mail.connection = connection
    mail.subject = " ".join(mail.subject.split())  # a title read from a spreadsheet may hold a line break
    try:
        return bool(mail.send())
    except (SMTPException, OSError, ValueError) as error:  # the last: an address no mail can be sent to
        log.error("a letter was not sent: %s", type(error).__name__)
        return False


def send_soon(to: Sequence[str], subject: str, body: str) -> None:
    """As `send`, a moment after the answer, so that how long the answer takes does not tell whether there was a letter."""
    Timer(A_MOMENT, send, (to, subject, body)).start()
