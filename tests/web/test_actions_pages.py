"""The follow-up board by page: overdue is never hidden, many are closed at once and undone, owners are reminded."""

from datetime import date

import pytest
from django.core import mail

from pathbook.people.models import Account, Place, Role
from pathbook.records.models import Action
from tests import make
from tests.web.hand import Page, hand_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def amara():
    return make.student("Amara", "Ode", group="10B")


@pytest.fixture
def leader():
    return hand_of(make.careers_leader())


@pytest.fixture
def late(amara):
    return make.action(amara, "Visit the college", due_on=date(2026, 2, 1))


def soon(someone, **said):
    return make.action(someone, "Write a CV", due_on=date(2026, 2, 10), **said)


def board(client, query=""):
    return Page(client.get(f"/actions/{query}"))


def test_overdue_comes_first_and_the_heading_says_how_many(leader, amara, late):
    soon(amara)
    page = board(leader)
    assert "1 of 2 open actions is overdue" in page.text
    assert page.text.index("Visit the college") < page.text.index("Write a CV")


def test_a_filter_never_hides_that_something_is_overdue(leader, amara, late):
    soon(amara, owner="tutor")
    page = board(leader, "?owner=tutor")
    assert "Visit the college" not in page.text
    assert "1 overdue action is outside what is shown here" in page.text


def test_nothing_agreed_yet_says_where_actions_come_from(leader):
    assert "Write up a meeting" in board(leader).text


def test_ticked_closed_and_undone_with_the_filters_kept(leader, amara, late):
    other = soon(amara)
    answer = leader.post("/actions/close/?year=10", {"who": [late.key, other.key], "outcome": "done"})
    assert answer.url == "/actions/?year=10"
    page = Page(leader.get(answer.url))
    assert page.notes[0].startswith("2 actions: done.") and not Action.objects.still_open(make.TODAY).exists()
    page = Page(leader.post(page.undo, follow=True))
    assert "2 open again" in page.notes[0] and Action.objects.still_open(make.TODAY).count() == 2


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"outcome": "done", "who": []}, "Tick the actions this is about."),
        ({"outcome": "carried_on"}, "Say until when it is carried on."),
        (
            {"outcome": "carried_on", "due_on": "2026-01-01"},
            "It cannot be carried on to 1 Jan 2026: choose a day to come.",
        ),
        ({"outcome": "carried_on", "due_on": "soon"}, "Write the new day as day, month and year, such as 14/1/2026."),
        ({"outcome": "eaten"}, "Say what became of it."),
    ],
)
def test_what_is_wrong_is_said_and_the_ticks_are_kept(leader, late, said, sentence):
    answer = leader.post("/actions/close/", {"who": [late.key]} | said)
    assert answer.status_code == 422 and sentence in Page(answer).problems
    assert Action.objects.get().closed_on is None
    assert b"checked" in answer.content or not said.get("who", True)


def test_closed_by_somebody_else_meanwhile_is_said(leader, late):
    leader.post("/actions/close/", {"who": [late.key], "outcome": "done"})
    page = Page(leader.post("/actions/close/", {"who": [late.key], "outcome": "not_needed"}, follow=True))
    assert Action.objects.get().outcome == "done"
    assert any("closed by somebody else meanwhile" in note for note in page.notes)


def test_one_closed_with_what_was_attended(leader, amara, late):
    came = make.participation(amara, make.activity("Open day", on=date(2026, 1, 20)))
    make.participation(amara, make.activity("Before it was agreed", on=date(2025, 12, 1)))
    page = Page(leader.get(f"/actions/{late.key}/"))
    assert "Attended Open day, 20 Jan 2026" in page.text and "Before it was agreed" not in page.text
    leader.post(f"/actions/{late.key}/", {"outcome": "done", "proof": f"attended-{came.pk}"})
    late.refresh_from_db()
    assert late.attended == came and late.is_proved


def test_a_proof_that_is_not_offered_is_refused(leader, late):
    theirs = make.participation(make.student("Ben"), make.activity())
    answer = leader.post(f"/actions/{late.key}/", {"outcome": "done", "proof": f"attended-{theirs.pk}"})
    assert answer.status_code == 422 and "Choose one of what is listed" in Page(answer).problems[0]


def test_put_right_and_the_second_of_two_is_shown_how_it_stands(leader, late):
    url = f"/actions/{late.key}/change/"
    said = {"what": "Visit both", "owner": "tutor", "due_on": "2026-03-01", "version": "1"}
    assert leader.post(url, said).status_code == 302
    answer = leader.post(url, said | {"what": "Mine"})
    assert answer.status_code == 422 and "Somebody changed or closed this" in Page(answer).problems[0]
    assert b"Mine" in answer.content and Action.objects.get().what == "Visit both"


def test_agreed_without_a_meeting_once(leader, amara):
    form = dict(Page(leader.get(f"/actions/for/{amara.key}/")).fields)
    said = form | {"what": "Ask about bursaries", "due_on": "2026-03-01"}
    for _ in "12":
        assert leader.post(f"/actions/for/{amara.key}/", said).status_code == 302
    assert Action.objects.get().what == "Ask about bursaries"


def test_a_tutor_ticks_only_what_is_theirs(amara, late):
    mine = soon(amara, owner="tutor")
    tutor = hand_of(make.form_tutor(make.tutor_group("10B")))
    page = board(tutor)
    assert f'value="{mine.key}"' in page.body and f'value="{late.key}"' not in page.body
    assert "Visit the college" in page.text
    tutor.post("/actions/close/", {"who": [late.key, mine.key], "outcome": "done"})
    assert set(Action.objects.still_open(make.TODAY)) == {late}


def test_another_forms_actions_do_not_exist(late):
    other = hand_of(make.form_tutor(make.tutor_group("10C")))
    assert "Visit" not in board(other).text
    assert other.get(f"/actions/{late.key}/").status_code == 404
    assert other.post(f"/actions/{late.key}/", {"outcome": "done"}).status_code == 404
    assert other.get(f"/actions/{late.key}/change/").status_code == 404


def test_without_mail_owners_are_reminded_in_pathbook_and_it_says_so(leader, amara, late):
    someone = make.account("Amara herself")
    make.role(someone, Role.STUDENT, Place.STUDENT, student=amara)
    page = Page(leader.post("/actions/remind/", {"who": [late.key]}, follow=True))
    assert "1 reminded" in page.notes[0] and "No mail is set up" in page.notes[0] and mail.outbox == []
    assert Action.objects.get().reminded_at is not None


@pytest.fixture
def mailing(settings):
    settings.EMAIL_HOST = "mail.school.example"


def test_with_mail_each_owner_gets_one_that_gives_nothing_away(leader, amara, late, mailing):
    tutor = make.form_tutor(make.tutor_group("10B"))
    for what in ("canary-one", "canary-two"):
        make.action(amara, what, owner="tutor")
    keys = list(Action.objects.filter(owner="tutor").values_list("key", flat=True))
    leader.post("/actions/remind/", {"who": keys})
    [sent] = mail.outbox
    assert sent.to == [tutor.email] and "2 agreed actions" in sent.subject
    assert "Amara (1 Feb 2026)" in sent.body and "canary" not in sent.body and "Ode" not in sent.body


def test_an_owner_with_no_account_is_named_as_not_reached(leader, late, mailing):
    page = Page(leader.post("/actions/remind/", {"who": [late.key]}, follow=True))
    assert "1 have an owner with no account" in page.notes[0] and Action.objects.get().reminded_at is None


def test_a_mail_that_fails_is_said_by_name_and_stops_nobody_elses(leader, amara, mailing, settings):
    settings.EMAIL_BACKEND = "tests.web.test_actions_pages.OneFails"
    for name, form in (("Tom Fails", "10B"), ("Ann Works", "10C")):
        make.form_tutor(make.tutor_group(form), name)
    Account.objects.filter(name="Tom Fails").update(email="fails@school.example")
    keys = [make.action(amara, owner="tutor").key, make.action(make.student("Ben", group="10C"), owner="tutor").key]
    page = Page(leader.post("/actions/remind/", {"who": keys}, follow=True))
    assert "could not be sent to Tom Fails" in " ".join(page.notes) and "1 written to" in " ".join(page.notes)


class OneFails:
    """A mail server that refuses one address."""

    def __init__(self, **said):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def send_messages(self, messages):
        from smtplib import SMTPRecipientsRefused

        if messages[0].to == ["fails@school.example"]:
            raise SMTPRecipientsRefused({})
        return len(messages)


def test_typed_markup_stays_text(leader, amara):
    make.action(amara, "<script>alert(1)</script>")
    assert board(leader).would_run == []


def test_a_tutor_may_not_remind(amara, late):
    tutor = hand_of(make.form_tutor(make.tutor_group("10B")))
    assert tutor.post("/actions/remind/", {"who": [late.key]}).status_code == 404


def test_the_board_asks_as_often_for_300_as_for_30(leader, amara, django_assert_max_num_queries):
    for many in (30, 270):
        for n in range(many):
            make.action(amara, f"Action {n}")
        with django_assert_max_num_queries(14):
            assert leader.get("/actions/?per=300").status_code == 200
