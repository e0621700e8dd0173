"""A student's own pages: the next step first, what they say back reaches a person, and nobody else's record is there."""

from datetime import date

import pytest

from pathbook.audit.models import Event, Verb
from pathbook.records.models import Action, Aspiration, Correction, GuidanceRequest
from tests import make
from tests.web.hand import Page, hand_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def amara():
    return make.student("Amara", "Ode", year=11, group="11A")


@pytest.fixture
def her(amara):
    return hand_of(make.as_student(amara))


def home(client):
    return Page(client.get("/me/"))


def test_home_is_their_own_page(her):
    assert her.get("/").url == "/me/"


def test_no_event_keeps_their_name_for_it_outlives_their_record(her, amara):
    action = make.action(amara)
    her.post(f"/me/done/{action.key}/")
    hand_of(make.as_parent(amara, name="Ada Ode")).get(f"/family/{amara.key}/")
    names = set(Event.objects.values_list("actor_name", flat=True))
    assert names == {"the student", "a parent or carer"}


def test_the_next_step_is_what_they_agreed_and_done_is_two_taps_away(her, amara):
    met = make.guidance_meeting(amara, adviser_name="Mr Okafor")
    action = make.action(amara, "Go to the open evening", meeting=met, due_on=date(2026, 2, 26))
    page = home(her)
    assert "Go to the open evening" in page.text and "26 Feb 2026" in page.text and "with Mr Okafor" in page.text
    page = Page(her.post(f"/me/done/{action.key}/", follow=True))
    assert (
        "marked as done" in page.notes[0]
        and "Go to the open evening" not in page.text.split("Your plan")[0].split("Hello")[1]
    )
    assert Action.objects.get().outcome == "done"
    assert "back on your list" in Page(her.post(page.undo, follow=True)).notes[0]
    assert Action.objects.get().closed_on is None


def test_only_their_own_action_is_theirs_to_close(her, amara):
    for action in (make.action(amara, owner="tutor"), make.action(make.student("Ben"))):
        assert her.post(f"/me/done/{action.key}/").status_code == 404
    assert Action.objects.still_open(make.TODAY).count() == 2


def test_a_changed_wish_keeps_the_old_one(her, amara):
    her.post("/me/wish/", {"words": "a vet"})
    her.post("/me/wish/", {"words": "a paramedic", "soc2020": "2255", "pathway": "university", "certainty": "4"})
    rows = list(Aspiration.objects.order_by("pk"))
    assert [(row.words, row.soc2020) for row in rows] == [("a vet", ""), ("a paramedic", "2255")]
    page = home(her)
    assert "University, a paramedic" in page.text and "Before that: a vet" in page.text


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Say what you would like, or choose a way there."),
        ({"words": "x" * 301}, "Shorten what you want to 300 characters."),
        ({"words": "vet", "pathway": "space"}, "Choose one of the ways listed."),
        ({"words": "vet", "soc2020": "0000"}, "Choose one of the jobs offered, or none of them."),
    ],
)
def test_a_wish_that_cannot_be_kept_is_said_so_and_stays_typed(her, said, sentence):
    answer = her.post("/me/wish/", said | {"act": "save"})
    assert answer.status_code == 422 and sentence in Page(answer).problems
    assert not Aspiration.objects.exists()


def test_asking_for_guidance_once_reaches_the_leader_and_the_answer_comes_back(her, amara):
    for _ in "12":
        her.post("/me/ask/", {"words": "My options"})
    assert GuidanceRequest.objects.count() == 1 and "You have asked for guidance" in home(her).text
    leader = hand_of(make.careers_leader())
    page = Page(leader.get("/answers/"))
    assert "Amara Ode" in page.text and "My options" in page.text
    leader.post(f"/answers/asked/{GuidanceRequest.objects.get().key}/", {"answer": "Tuesday at ten"})
    assert "Tuesday at ten" in home(her).text


def test_something_wrong_is_said_once_answered_by_a_person_and_read_by_the_student(her, amara):
    form = dict(Page(her.get("/me/wrong/")).fields) | {"about": "activity", "words": "I was at the fair"}
    for _ in "12":
        assert her.post("/me/wrong/", form).status_code == 302
    said = Correction.objects.get()
    leader = hand_of(make.careers_leader())
    answer = leader.post(f"/answers/wrong/{said.key}/", {"outcome": "put_right"})
    assert answer.status_code == 422 and "Answer the student in a sentence." in Page(answer).problems
    leader.post(f"/answers/wrong/{said.key}/", {"outcome": "put_right", "answer": "You are down as there now."})
    page = Page(leader.post(f"/answers/wrong/{said.key}/", {"outcome": "left", "answer": "No"}, follow=True))
    assert "meanwhile" in page.notes[-1] and Correction.objects.get().outcome == "put_right"
    assert "You are down as there now." in home(her).text


def test_they_reflect_on_what_they_took_part_in_and_on_nothing_else(her, amara):
    mine, theirs = (make.participation(one, make.activity()) for one in (amara, make.student("Ben")))
    assert her.post(f"/me/reflect/{mine.pk}/", {"words": "I liked the engineer"}).status_code == 302
    assert her.post(f"/me/reflect/{theirs.pk}/", {"words": "Not mine"}).status_code == 404
    assert "I liked the engineer" in Page(her.get("/me/record/")).text
    missed = make.participation(amara, make.activity("Missed"), status="absent")
    assert her.get(f"/me/reflect/{missed.pk}/").status_code == 404


def test_opening_their_own_record_counts_and_is_not_among_its_readers(her, amara):
    for url in ("/me/", "/me/record/", "/me/plan/"):
        her.get(url)
    assert Event.objects.filter(verb=Verb.READ_OWN, student_id=amara.pk).count() == 3
    hand_of(make.careers_leader()).get(f"/students/{amara.key}/")
    page = Page(her.get("/me/readers/"))
    readers = page.text.split("it is noted.")[1]
    assert "Priya Raman" in readers and "careers leader" in readers and "themselves" not in readers


def test_they_take_their_record_with_them(her, amara):
    make.guidance_meeting(amara, summary="Said", private_note="canary")
    answer = her.get("/me/record.pdf")
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")


def test_what_is_private_is_on_none_of_their_pages(her, amara):
    make.guidance_meeting(amara, summary="Shared", private_note="canary-note")
    for url in ("/me/", "/me/record/", "/me/plan/", "/me/readers/"):
        assert "canary" not in her.get(url).content.decode()


def test_the_plan_says_why_in_plain_words(her, amara):
    page = Page(her.get("/me/plan/"))
    assert "The national benchmarks say" in page.text and "severity" not in page.text.lower()
    assert "Ask for a guidance meeting." in page.text
    for staffs in ("Invite a college", "plan one", "write it down in their words", "Ask what they"):
        assert staffs not in page.text, "what only staff can do is not a student's next step"


@pytest.mark.parametrize(
    "url", ["/me/", "/me/record/", "/me/plan/", "/me/wish/", "/me/ask/", "/me/wrong/", "/me/readers/", "/me/record.pdf"]
)
def test_staff_and_parents_have_no_such_page(amara, url):
    for someone in (make.careers_leader(), make.form_tutor(make.tutor_group("11A", 11)), make.as_parent(amara)):
        assert hand_of(someone).get(url).status_code == 404


def test_a_student_has_no_list_of_others(her):
    make.student("Ben", "Canary", year=11, group="11A")
    for url in ("/students/", "/coverage/", "/needs/", "/actions/", "/answers/", "/reports/", "/set-up/staff/"):
        assert "Canary" not in her.get(url).content.decode(), url


def test_the_day_they_leave_their_page_says_so_and_still_opens(amara):
    amara.enrolments.update(end_date=date(2026, 1, 31))
    page = home(hand_of(make.as_student(amara)))
    assert page.status == 200 and "You are not on the roll today" in page.text


def test_the_same_number_of_questions_with_little_and_with_much(her, amara, django_assert_max_num_queries):
    for _ in range(2):
        her.get("/me/")
        with django_assert_max_num_queries(45):
            her.get("/me/")
        for n in range(15):
            make.participation(amara, make.activity(f"Talk {n}"))
            make.action(amara, f"Action {n}", meeting=make.guidance_meeting(amara))


def test_markup_typed_by_a_student_stays_text_for_everybody(her, amara):
    her.post("/me/wrong/", {"about": "other", "words": "<script>alert(1)</script>"})
    her.post("/me/wish/", {"words": "<img src=x onerror=alert(1)>"})
    assert Page(hand_of(make.careers_leader()).get("/answers/")).would_run == []
    assert home(her).would_run == []
