"""A letter that one address refuses still reaches the others, and whoever sent it is told that not all went."""

from smtplib import SMTPRecipientsRefused

from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from pathbook.people.letters import send


def test_a_line_break_in_a_title_or_an_address_breaks_no_page_and_adds_no_header():
    assert send(["one@school.example"], "How was Fair\nBcc: all@school.example?", "Read it.") is True
    assert mail.outbox[0].subject == "How was Fair Bcc: all@school.example?" and mail.outbox[0].bcc == []
    assert send(["one@school.example\nBcc: all@school.example", "two@school.example"], "A note", "Read it.") is False
    assert [one.to for one in mail.outbox] == [["one@school.example"], ["two@school.example"]]


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
