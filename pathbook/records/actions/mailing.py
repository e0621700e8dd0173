"""Sending mail at once and saying whom it could not be sent to."""

from collections.abc import Mapping
from contextlib import suppress
from smtplib import SMTPException

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from pathbook.people.models import Account


def send(mails: Mapping[Account, EmailMessage]) -> tuple[Account, ...]:
    """Whom it could not be sent to. One refusal stops nobody else's; a server that does not answer is asked once."""
    if not mails:
        return ()
    connection = get_connection()
    try:
        connection.open()
    except (SMTPException, OSError):
        return tuple(mails)
    failed = tuple(account for account, mail in mails.items() if not _is_sent(mail, connection))
    with suppress(SMTPException, OSError):  # how the server says goodbye changes nothing of what was sent
        connection.close()
    return failed


def _is_sent(mail: EmailMessage, connection: BaseEmailBackend) -> bool:
    mail.connection = connection
    try:
        return bool(mail.send())
    except (SMTPException, OSError):
        return False
