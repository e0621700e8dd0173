"""An employer says how the day went by a link: of that activity alone, until it ends, and never about a student."""

from datetime import timedelta

import pytest
from django.core import mail, signing
from django.core.cache import cache
from django.test import Client

from pathbook.audit.models import Event
from pathbook.framework import kinds
from pathbook.records.actions.employers import SALT, Answer, answer, token_of
from pathbook.records.models import EmployerForm
from tests import make
from tests.web.hand import Page, hand_of

pytestmark = pytest.mark.django_db
ITEMS = [item.id for item in kinds.checklist_for("employer_encounter")]
SAID = {"happened": "yes", "met": "27", "items": ITEMS[:2], "comment": "A good day.", "name": "Rita Marlow"}


@pytest.fixture(autouse=True)
def no_tally():
    cache.clear()


@pytest.fixture
def fair():
    activity = make.activity("Careers fair", meaningful=False, provider=make.provider())
    make.participation(make.student("Amara", "Zzcanary"), activity)
    return activity


def test_without_an_account_they_say_how_it_went_and_meet_no_student(fair):
    _, url = make.employer_form(fair)
    page = Page(Client().get(url))
    assert page.status == 200 and "Careers fair" in page.text and "Zzcanary" not in page.body and page.unlabelled == []
    answer = Page(Client().post(url, SAID, follow=True))
    assert "Thank you" in answer.text and "Zzcanary" not in answer.body
    form = EmployerForm.objects.get()
    assert (form.happened, form.met, form.items, form.answered_by) == (True, 27, ITEMS[:2], "Rita Marlow")
    fair.refresh_from_db()
    assert fair.checklist == [], "their word counts once the school takes it over"
    assert Event.objects.latest("pk").actor_name == "an employer" and "Rita" not in str(
        Event.objects.latest("pk").detail
    )


def test_the_leader_sees_it_and_takes_it_over_in_one_click_once(fair):
    leader = hand_of(make.careers_leader())
    leader.post(f"/activities/{fair.key}/employer/ask/")
    page = Page(leader.get(f"/activities/{fair.key}/"))
    (url,) = [value for _, value in page.fields if "/employer/" in value] or [
        page.body.split('readonly value="')[1].split('"')[0]
    ]
    assert "Not answered yet" in page.text
    Client().post(url.removeprefix("http://testserver"), SAID | {"items": ITEMS})
    page = Page(leader.get(f"/activities/{fair.key}/"))
    assert "Answered" in page.text and "27 students met" in page.text and "A good day." in page.text
    pk = EmployerForm.objects.get().pk
    (seen,) = page.field("answered_at")
    take = f"/activities/{fair.key}/employer/{pk}/take/"
    assert "counts" in Page(leader.post(take, {"answered_at": seen}, follow=True)).notes[0]
    fair.refresh_from_db()
    assert fair.meaningful and set(fair.checklist) == set(ITEMS) and fair.version == 2
    assert "already" in Page(leader.post(take, {"answered_at": seen}, follow=True)).notes[0]
    Client().post(url.removeprefix("http://testserver"), SAID | {"comment": "Changed my mind."})
    assert EmployerForm.objects.get().comment == "A good day."


def test_an_answer_that_changed_since_it_was_read_is_not_taken_over_unseen(fair):
    leader = hand_of(make.careers_leader())
    form, url = make.employer_form(fair)
    Client().post(url, SAID)
    (seen,) = Page(leader.get(f"/activities/{fair.key}/")).field("answered_at")
    Client().post(url, SAID | {"items": ITEMS})
    page = Page(leader.post(f"/activities/{fair.key}/employer/{form.pk}/take/", {"answered_at": seen}, follow=True))
    assert "changed their answer" in page.notes[0]
    fair.refresh_from_db()
    assert fair.checklist == [] and EmployerForm.objects.get().taken_at is None


@pytest.mark.parametrize(
    "meanwhile", [{"taken_by": "Priya", "taken_at": make.NOW}, {"ended_by": "Priya", "ended_at": make.NOW}]
)
def test_an_answer_that_comes_as_the_link_ends_changes_nothing(fair, meanwhile):
    form, _ = make.employer_form(fair, answered_at=make.NOW, happened=True, comment="A good day.")
    EmployerForm.objects.filter(pk=form.pk).update(**meanwhile)
    events = Event.objects.count()
    answer(form=form, said=Answer(False, None, (), "Changed my mind.", "Rita Marlow"), at=make.NOW)
    assert EmployerForm.objects.get().comment == "A good day." and Event.objects.count() == events


def broken(fair):
    """Every kind of link that opens nothing."""
    other = make.activity("Another fair")
    form, whole = make.employer_form(fair)
    _, run_out = make.employer_form(fair, expires_on=make.TODAY - timedelta(days=1))
    _, ended = make.employer_form(fair, ended_by="Priya", ended_at=make.NOW)
    of_other = signing.dumps([form.key, other.key], salt=SALT)
    forged = signing.dumps([form.key, fair.key], salt="something else")
    gone = make.activity("Gone", withdrawn_by="Priya", withdrawn_at=make.NOW)
    withdrawn = token_of(make.employer_form(gone)[0], gone)
    altered = [whole[:n] + ("A" if whole[n] != "A" else "B") + whole[n + 1 :] for n in (10, 20, len(whole) - 10)]
    odd = [signing.dumps(said, salt=SALT) for said in (7, "x", [1], ["a", "b", "c"], {}, None, [["a"], {}])]
    tokens = [of_other, forged, withdrawn, "x", "x" * 3000, *odd]
    return [run_out, ended, *altered, *(f"/employer/{token}/" for token in tokens)]


def test_run_out_ended_altered_or_of_another_activity_is_one_and_the_same_page(fair):
    answers = [Client().get(url) for url in broken(fair)] + [Client().post(url, SAID) for url in broken(fair)[:4]]
    assert {answer.status_code for answer in answers} == {404} and len({answer.content for answer in answers}) == 1
    assert "Careers fair" not in answers[0].content.decode()
    assert not EmployerForm.objects.filter(answered_at__isnull=False).exists()


def test_the_leader_ends_a_link_and_it_opens_nothing_at_once(fair):
    form, url = make.employer_form(fair)
    hand_of(make.careers_leader()).post(f"/activities/{fair.key}/employer/{form.pk}/end/")
    assert Client().get(url).status_code == 404 and Client().post(url, SAID).status_code == 404


def test_guessing_from_one_address_is_stopped(fair, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"employer_form": "20/5m/ip"}
    _, url = make.employer_form(fair)
    for guess in range(20):
        Client().post(f"/employer/guess{guess}/")
    assert Client().post(url, SAID).status_code == 404 and EmployerForm.objects.get().answered_at is None


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"happened": ""}, "took place"), ({"met": "many"}, "whole number"), ({"items": ["GB9-1"]}, "Tick only"),
     ({"name": ""}, "who you are"), ({"comment": "x" * 1001}, "Shorten"), ({"name": "\0"}, "again"), ({"met": "-1"}, "whole")],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(fair, wrong, words):
    _, url = make.employer_form(fair)
    page = Page(Client().post(url, SAID | wrong))
    assert page.status == 422 and words in page.problems[0] and len(page.problems) == 1
    assert "name" in wrong or page.field("name") == ["Rita Marlow"]
    assert EmployerForm.objects.get().answered_at is None


def test_it_is_sent_where_mail_is_set_up_and_names_nobody(fair, settings):
    settings.EMAIL_HOST, settings.EMAIL_BACKEND = "mail.example", "django.core.mail.backends.locmem.EmailBackend"
    leader = hand_of(make.careers_leader())
    page = Page(leader.post(f"/activities/{fair.key}/employer/ask/", {"email": "rita@marlow.example"}, follow=True))
    assert "was sent to rita@marlow.example" in page.notes[0]
    (letter,) = mail.outbox
    assert "http://testserver/employer/" in letter.body and "Zzcanary" not in letter.body + letter.subject
    wrong = Page(leader.post(f"/activities/{fair.key}/employer/ask/", {"email": "rita"}))
    assert "name@employer.example" in wrong.problems[0] and EmployerForm.objects.count() == 1


def test_only_who_plans_the_programme_asks_ends_and_takes_over(fair):
    form, _ = make.employer_form(fair, answered_at=make.NOW, happened=True, comment="secret words")
    tutor = hand_of(make.form_tutor(make.tutor_group("10B")))
    elsewhere = hand_of(make.careers_leader("Other Leader", at=make.school("Other School")))
    for client in (tutor, elsewhere):
        for act in ("ask", f"{form.pk}/end", f"{form.pk}/take"):
            assert client.post(f"/activities/{fair.key}/employer/{act}/").status_code == 404
    assert "secret words" not in Page(tutor.get(f"/activities/{fair.key}/")).body
    other = make.activity("Another")
    assert hand_of(make.careers_leader()).post(f"/activities/{other.key}/employer/{form.pk}/end/").status_code == 404
