"""The follow-up board by page: overdue is never hidden, many are closed at once and undone, owners are reminded."""

from datetime import date
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from pathbook.audit.models import Event
from pathbook.people.models import Account, Place, Role
from pathbook.records.models import Action, Offer
from tests import make
from tests.web.hand import Page, hand_of

pytestmark = pytest.mark.django_db
MOST = 12


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
    assert "Once a meeting is written up" in board(leader).text


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
        ({"outcome": "done", "due_on": "2026-03-01"}, "There is a new day: carry on until then, or clear the day."),
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


def test_one_closed_with_an_application_that_is_recorded(leader, amara, late):
    by = {"recorded_by": "a test", "recorded_at": make.NOW}
    applied = Offer.objects.create(
        student=amara, provider="Marlow College", course="Plumbing", status="applied", on=date(2026, 1, 20), **by
    )
    Offer.objects.create(student=amara, provider="Too early", status="applied", on=date(2025, 12, 1), **by)
    page = Page(leader.get(f"/actions/{late.key}/"))
    assert "Marlow College, Plumbing: applied, 20 Jan 2026" in page.text and "Too early" not in page.text
    leader.post(f"/actions/{late.key}/", {"outcome": "done", "proof": f"applied-{applied.pk}"})
    late.refresh_from_db()
    assert late.applied == applied and late.is_proved and late.attended is None
    assert "Shown by Marlow College, Plumbing: applied" in Page(leader.get(f"/actions/{late.key}/")).text


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


@pytest.mark.parametrize("owner", ["tutor", "adviser", "careers_leader"])
def test_a_home_says_how_many_are_ones_own_and_each_number_is_its_lists_length(amara, late, owner):
    people = {
        "tutor": make.form_tutor(make.tutor_group("10B")),
        "adviser": make.adviser(),
        "careers_leader": make.careers_leader(),
    }
    for n in range(3):
        make.action(amara, f"Mine {n}", owner=owner, due_on=date(2026, 2, 4 + n))
    client = hand_of(people[owner])
    home = Page(client.get("/"))
    assert "3 actions are yours , 1 overdue" in home.text
    links = [url for url in home.links if "owner=mine" in url]
    assert [len(Page(client.get(url)).rows) for url in links] == [3, 1]


def test_a_home_says_when_one_was_reminded_and_nothing_when_nothing_is_ones_own(leader, amara):
    tutor = hand_of(make.form_tutor(make.tutor_group("10B")))
    assert "action is yours" not in Page(tutor.get("/")).text
    remind(leader, make.action(amara, owner="tutor"))
    assert "1 action is yours , 1 overdue . Reminded 5 Feb 2026" in Page(tutor.get("/")).text


def remind(client, *actions):
    return Page(client.post("/actions/remind/", {"who": [one.key for one in actions]}, follow=True))


def test_with_mail_each_owner_gets_one_that_gives_nothing_away(leader, amara, mailing):
    tutor = make.form_tutor(make.tutor_group("10B"))
    remind(leader, *(make.action(amara, what, owner="tutor") for what in ("canary-one", "canary-two")))
    [sent] = mail.outbox
    assert sent.to == [tutor.email] and sent.subject == "2 agreed actions to do"
    assert "- Amara, due 1 Feb 2026" in sent.body and "canary" not in sent.body and "Ode" not in sent.body
    assert "http://testserver/actions/?owner=mine" in sent.body


def test_a_mail_to_a_student_says_the_day_and_no_name_but_their_own(leader, amara, late, mailing):
    make.role(make.account("Amara"), Role.STUDENT, Place.STUDENT, student=amara)
    remind(leader, late)
    assert "- due 1 Feb 2026" in mail.outbox[0].body and "college" not in mail.outbox[0].body


def test_a_mail_with_very_many_says_how_many_more(leader, amara, mailing):
    make.form_tutor(make.tutor_group("10B"))
    remind(leader, *(make.action(amara, owner="tutor") for _ in range(25)))
    assert "- and 5 more" in mail.outbox[0].body and mail.outbox[0].body.count("- Amara") == 20


def test_pressed_twice_nobody_is_written_to_twice_in_a_day(leader, amara, mailing):
    make.form_tutor(make.tutor_group("10B"))
    one = make.action(amara, owner="tutor")
    remind(leader, one)
    assert "1 had been reminded today already" in remind(leader, one).notes[0] and len(mail.outbox) == 1


def test_nobody_of_another_school_is_written_to(amara, mailing):
    elsewhere = make.careers_leader("Somebody Else", at=make.school("Other School"))
    here = make.careers_leader("Priya Raman")
    remind(hand_of(here), make.action(amara, owner="careers_leader"))
    assert [one.to for one in mail.outbox] == [[here.email]] != [[elsewhere.email]]


def test_an_advisers_is_sent_to_whoever_held_the_meeting_and_else_to_any_adviser(leader, amara, mailing):
    dan, lena = make.adviser("Dan Okafor"), make.adviser("Lena Moss")
    met = make.guidance_meeting(amara, adviser=dan.staff)
    remind(leader, make.action(amara, owner="adviser", meeting=met))
    assert [one.to for one in mail.outbox] == [[dan.email]]
    remind(leader, make.action(amara, owner="adviser"))
    assert {one.to[0] for one in mail.outbox[1:]} == {dan.email, lena.email}


def test_an_owner_with_no_account_is_named_as_not_reached(leader, late, mailing):
    page = remind(leader, late)
    assert "For 1 no owner can sign in" in page.notes[0] and Action.objects.get().reminded_at is None


@pytest.fixture
def two_tutors(amara):
    for name, form in (("Tom Fails", "10B"), ("Ann Works", "10C")):
        make.form_tutor(make.tutor_group(form), name)
    Account.objects.filter(name="Tom Fails").update(email="fails@school.example")
    return make.action(amara, owner="tutor"), make.action(make.student("Ben", group="10C"), owner="tutor")


def test_a_mail_that_fails_is_said_by_name_kept_and_stops_nobody_elses(leader, two_tutors, mailing, settings):
    settings.EMAIL_BACKEND = "tests.web.test_actions_pages.OneFails"
    page = remind(leader, *two_tutors)
    assert "could not be sent to Tom Fails" in " ".join(page.notes) and "1 written to" in " ".join(page.notes)
    toms, anns = (Action.objects.get(pk=one.pk) for one in two_tutors)
    assert toms.reminded_at is None and anns.reminded_at is not None
    kept = "The mail to Tom Fails of 5 Feb 2026 about 1 action could not be sent"
    assert kept in board(leader).text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    remind(leader, toms)
    assert kept not in board(leader).text and len(mail.outbox) == 1


def test_a_server_that_does_not_answer_breaks_nothing(leader, two_tutors, mailing, settings):
    settings.EMAIL_BACKEND = "tests.web.test_actions_pages.NoAnswer"
    page = remind(leader, *two_tutors)
    assert "Ann Works" in " ".join(page.notes) and "Tom Fails" in " ".join(page.notes)
    assert not Action.objects.filter(reminded_at__isnull=False).exists()


class OneFails(BaseEmailBackend):
    """A mail server that refuses one address."""

    def send_messages(self, messages):
        if messages[0].to == ["fails@school.example"]:
            raise SMTPRecipientsRefused({})
        return len(messages)


class NoAnswer(BaseEmailBackend):
    """A mail server that is not there."""

    def open(self):
        raise ConnectionRefusedError


def test_typed_markup_stays_text(leader, amara):
    make.action(amara, "<script>alert(1)</script>")
    assert board(leader).would_run == []


def test_a_tutor_may_not_remind_and_is_not_offered_it(amara, late):
    tutor = hand_of(make.form_tutor(make.tutor_group("10B")))
    soon(amara, owner="tutor")
    assert "Remind" not in board(tutor).text.replace("Reminded", "")
    assert tutor.post("/actions/remind/", {"who": [late.key]}).status_code == 404


def test_whoever_may_close_nothing_is_offered_no_buttons(late):
    someone = make.account("Simon Field")
    make.role(someone, Role.SENIOR_LEADER)
    page = board(hand_of(someone))
    assert "Visit the college" in page.text and page.field("who") == [] and "No longer needed" not in page.text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?q=oDé", {"Hers"}),
        ("?year=11", {"His"}),
        ("?group=11A", {"His"}),
        ("?group=Construction+club", {"His"}),
        ("?year=left", {"Gone"}),
        ("?state=soon", {"Soon"}),
        ("?owner=tutor", {"Soon"}),
        ("?state=closed", {"Closed"}),
        ("?state=nonsense&owner=x&year=y&page=z&per=-1", {"Hers", "His", "Gone", "Soon"}),
    ],
)
def test_narrowed_by_who_when_and_whose(leader, amara, query, shown):
    ben = make.student("Ben", "Shah", year=11, group="11A")
    make.member(ben, make.group("Construction club"))
    gone = make.student("Gus", "Gone", year=11, group="11A", end_date=date(2026, 1, 20))
    for someone, what in ((amara, "Hers"), (ben, "His"), (gone, "Gone")):
        make.action(someone, what)
    make.action(make.student("Cat", "Low", year=9, group="9A"), "Soon", owner="tutor", due_on=date(2026, 2, 10))
    make.action(amara, "Closed", closed_on=date(2026, 2, 2), outcome="done")
    page = board(leader, query)
    assert {what for what in ("Hers", "His", "Gone", "Soon", "Closed") if f">{what}</a>" in page.body} == shown


def test_a_tutor_cannot_ask_who_is_in_a_group_by_its_name(amara, late):
    make.member(amara, make.group("Looked after"))
    tutor = hand_of(make.form_tutor(make.tutor_group("10B")))
    assert "Visit the college" not in board(tutor, "?group=Looked+after").text
    assert "Looked after" not in board(tutor).text


def test_closed_while_it_was_open_here_says_so_and_keeps_what_was_typed(leader, late):
    shown = Page(leader.get(f"/actions/{late.key}/")).field("version")[0]
    hand_of(make.careers_leader("Somebody Else")).post(
        f"/actions/{late.key}/", {"outcome": "not_needed", "version": shown}
    )
    said = {"outcome": "done", "evidence": "Typed with care", "version": shown}
    answer = leader.post(f"/actions/{late.key}/", said)
    page = Page(answer)
    assert answer.status_code == 422 and "Somebody Else has closed this already: no longer needed." in page.problems[0]
    assert "Typed with care" in page.body and Action.objects.get().outcome == "not_needed"
    leader.post(f"/actions/{late.key}/", said | {"version": page.field("version")[-1]})
    assert Action.objects.get().evidence == "Typed with care"


def test_an_owner_who_comes_second_is_told_and_shown_their_words(amara, leader):
    theirs = soon(amara, owner="tutor")
    leader.post(f"/actions/{theirs.key}/", {"outcome": "not_needed"})
    tutor = hand_of(make.form_tutor(make.tutor_group("10B")))
    answer = tutor.post(f"/actions/{theirs.key}/", {"outcome": "done", "evidence": "I rang them", "version": "1"})
    assert answer.status_code == 422 and "I rang them" in Page(answer).text
    assert Action.objects.get().outcome == "not_needed"


def test_opened_again_long_after_from_its_page(leader, late):
    leader.post(f"/actions/{late.key}/", {"outcome": "done"})
    page = Page(leader.get(f"/actions/{late.key}/"))
    assert "Open it again" in page.text
    leader.post(f"/actions/{late.key}/open/", {"version": page.field("version")[0]})
    assert Action.objects.get().closed_on is None


def test_one_closed_from_the_board_leads_back_to_the_board_as_it_was(leader, late):
    assert f"/actions/{late.key}/?state=overdue" in board(leader, "?state=overdue").links
    answer = leader.post(f"/actions/{late.key}/?state=overdue", {"outcome": "done"})
    assert answer.url == "/actions/?state=overdue"
    undone = leader.post(Page(leader.get(answer.url)).undo)
    assert undone.url == f"/actions/{late.key}/"


def test_opening_one_is_noted_and_is_no_reading_of_the_record(late):
    tutor = hand_of(make.form_tutor(make.tutor_group("10B")))
    tutor.get(f"/actions/{late.key}/")
    assert Event.objects.get(verb="read").noun == "action"


def test_the_table_as_csv_as_it_is_narrowed_and_noted(leader, amara, late):
    soon(amara, owner="tutor")
    lines = leader.get("/actions/export.csv?owner=tutor").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2 and lines[1].startswith("Amara Ode,10B,Write a CV,Tutor,")
    assert Event.objects.get(verb="exported").student_id == amara.pk


def test_the_board_asks_as_often_for_300_as_for_30_and_at_most_12_times(leader, amara, django_assert_max_num_queries):
    for many in (30, 270):
        for n in range(many):
            make.action(amara, f"Action {n}")
        for query in ("per=300", "per=300&q=amara&year=10&group=10B&owner=mine"):
            with django_assert_max_num_queries(MOST):
                assert leader.get(f"/actions/?{query}").status_code == 200


def test_one_action_asks_at_most_13_times_one_of_them_for_what_it_said_before(
    leader, late, django_assert_max_num_queries
):
    leader.get(f"/actions/{late.key}/")
    with django_assert_max_num_queries(MOST + 1):
        assert leader.get(f"/actions/{late.key}/").status_code == 200
