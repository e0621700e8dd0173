"""Training through the pages: a session and who came, what each role still lacks, who can do what."""

from datetime import date

import pytest

from pathbook.framework.shares import Share
from pathbook.framework.use.figures import FIGURES
from pathbook.people.models import Role, Staff, SubjectStudied
from pathbook.reports.training import staff_trained
from pathbook.reports.use import use_facts
from pathbook.uptake.models import TrainingAttendance, TrainingSession
from tests import make
from tests.web.hand import Page, hand_of, open_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return hand_of(make.careers_leader())


def teacher(name, **said):
    return Staff.objects.create(institution=make.school(), name=name, **said)


def said(*who, **changed):
    return {
        "token": "t1", "title": "Twilight", "topic": "every_subject", "held_on": "16/9/2025",
        "who": [f"s{one.pk}" for one in who],
    } | changed  # fmt: skip


def test_a_session_sent_twice_is_one_and_counts_for_benchmark_4_2(leader):
    anna, _ = teacher("Anna"), teacher("Ben")
    for _ in range(2):
        assert leader.post("/training/new/", said(anna)).status_code == 302
    assert TrainingSession.objects.count() == TrainingAttendance.objects.count() == 1
    share = staff_trained(make.school(), as_of=make.TODAY).share
    assert share.label == "1 of 3"  # the leader is staff too, in no list yet
    assert "1 of 3 staff trained" in open_page(leader, "/training/").text


def test_training_of_more_than_two_years_ago_and_of_somebody_who_left_no_longer_counts():
    anna = teacher("Anna")
    gone = teacher("Gone", starts_on=date(2020, 9, 1), ends_on=date(2025, 8, 31))
    make.training(who=[anna], held_on=date(2024, 2, 4))
    make.training(who=[gone])
    assert staff_trained(make.school(), as_of=make.TODAY).share.label == "0 of 1"
    make.training(who=[anna], held_on=date(2024, 2, 5))
    assert staff_trained(make.school(), as_of=make.TODAY).share.label == "1 of 1"


def test_what_a_role_lacks_is_said_with_a_count_and_names(leader):
    tutors = [make.form_tutor(make.tutor_group(name), f"Tutor {name}") for name in ("10A", "10B", "10C")]
    listed = [teacher(one.name, account=one) for one in tutors]
    make.training("tutees_records", who=listed[:1])
    text = open_page(leader, "/training/").text
    assert "Form tutor: 2 of 3 still to have “Reading your tutees' records”" in text
    assert "Tutor 10B, Tutor 10C" in text


def test_somebody_with_an_account_and_in_no_staff_list_can_be_ticked(leader):
    head = make.account("Head")
    make.role(head, Role.HEAD_OF_YEAR, "year_group", year_group=10)
    assert leader.post("/training/new/", said(who=[f"a{head.pk}"])).status_code == 302
    assert TrainingAttendance.objects.get().staff.account == head
    page = open_page(leader, "/training/who/")
    assert "16 Sep 2025" in page.text


def test_a_wrong_list_is_put_right_and_taken_out(leader):
    anna, ben = teacher("Anna"), teacher("Ben")
    made = make.training(who=[anna])
    leader.post(f"/training/{made.key}/", said(ben))
    assert TrainingAttendance.objects.get().staff == ben
    undo = Page(leader.post(f"/training/{made.key}/take-out/", follow=True))
    assert not TrainingSession.objects.exists() and "/training/put-back/" in undo.body
    for _ in range(2):
        leader.post("/training/put-back/")
    assert TrainingSession.objects.get().key == made.key and TrainingAttendance.objects.get().staff == ben


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"held_on": "1/3/2027"}, "Write it down once it was held"),
        ({"title": ""}, "Give the session a title."),
        ({"who": []}, "Tick everyone who came."),
        ({"who": ["a99999"]}, "Choose from the staff listed."),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(leader, changed, says):
    answer = leader.post("/training/new/", said(teacher("Anna"), **changed))
    assert answer.status_code == 422 and says in Page(answer).text
    assert not TrainingSession.objects.exists()


@pytest.mark.parametrize("who", [make.governor, make.data_manager, make.adviser, make.stranger])
def test_nobody_else_sees_who_was_trained(who):
    hand = hand_of(who())
    assert [hand.get(url).status_code for url in ("/training/", "/training/who/", "/training/new/")] == [404] * 3


def test_the_figure_of_use_and_the_evidence_count_the_same_people():
    school = make.school()
    make.governor()
    make.adviser()
    gone = teacher("Gone", ends_on=date(2025, 8, 31), starts_on=date(2020, 9, 1))
    make.training(who=[teacher("Anna"), gone])
    facts = use_facts(school, as_of=make.TODAY)
    figure = next(one for one in FIGURES if one.id == "reach.training")
    assert figure.share(facts, make.TODAY) == staff_trained(school, as_of=make.TODAY).share == Share(1, 2)


def test_what_was_looked_for_is_counted_as_it_was_seen():
    for n, answer in enumerate(("seen", "partly")):
        one = make.student(f"Student{n}", year=10)
        SubjectStudied.objects.create(student=one, academic_year=make.YEAR, subject=f"Subject {n}")
        make.observed(make.monitoring_round(subjects=[f"Subject {n}"]).observations.get(), answer)
    figure = next(one for one in FIGURES if one.id == "use.observed")
    assert figure.share(use_facts(make.school(), as_of=make.TODAY), make.TODAY) == Share(3, 6)


def test_the_form_as_the_page_gives_it_is_taken(leader):
    anna, page = teacher("Anna"), open_page(leader, "/training/new/")
    assert leader.post("/training/new/", said(anna, token=page.field("token"))).status_code == 302
