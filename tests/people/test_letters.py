"""A letter that one address refuses still reaches the others, and whoever sent it is told that not all went."""

from smtplib import SMTPRecipientsRefused

from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from pathbook.people.letters import send


class RefusesTheFirst(EmailBackend):
    def send_messages(self, messages):
        if messages[0].to == ["first@school.example"]:
            raise SMTPRecipientsRefused({})
        return super().send_messages(messages)


def test_one_refusal_stops_nobody_elses_letter(settings):
    settings.EMAIL_BACKEND = f"{__name__}.RefusesTheFirst"
    assert send(["first@school.example", "second@school.example"], "A note", "Read it.") is False
    assert [one.to for one in mail.outbox] == [["second@school.example"]]
    assert send(["second@school.example"], "A note", "Read it.") is True
