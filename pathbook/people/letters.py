"""A letter by e-mail to those who hold a role, where the school has named a mail server; nowhere otherwise."""

import logging
from collections.abc import Sequence
from datetime import date
from smtplib import SMTPException
from threading import Timer

from django.core.mail import EmailMessage

from pathbook.people.models import Institution, RoleHeld

log = logging.getLogger(__name__)
A_MOMENT = 0.5  # seconds


def addresses(school: Institution, role: str, *, on: date) -> list[str]:
    """Of everyone who holds this role that day and can still sign in."""
    held = RoleHeld.objects.held_on(on).filter(institution=school, role=role, account__is_active=True)
    return sorted(set(held.values_list("account__email", flat=True)))


def send(to: Sequence[str], subject: str, body: str) -> bool:
    """One message each, so that nobody learns the others' addresses. False when the server did not take it."""
    try:
        return sum(EmailMessage(subject, body, to=[one]).send() for one in to) == len(to)
    except (OSError, SMTPException) as error:
        log.error("a letter was not sent: %s", type(error).__name__)
        return False


def send_soon(to: Sequence[str], subject: str, body: str) -> None:
    """As `send`, a moment after the answer, so that how long the answer takes does not tell whether there was a letter."""
    Timer(A_MOMENT, send, (to, subject, body)).start()
