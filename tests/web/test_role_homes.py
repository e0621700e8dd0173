"""The first thing each role sees is its answer: a teacher's classes, a SENDCo's reviews, a year, a senior leader's overview."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathbook.occupations.sectors import SECTORS
from pathbook.occupations.subjects import _uses, sectors_using
from pathbook.people.models import Place, Role
from pathbook.records.models import Activity, AnnualReview, Participation
from pathbook.reports import evaluation
from tests import make
from tests.web.hand import hand_of

pytestmark = pytest.mark.django_db


def text(someone, address="/"):
    return hand_of(someone).get(address).content.decode()


def holder(role, place=Place.INSTITUTION, **over):
    someone = make.account(f"Holder of {role}")
    make.role(someone, role, place, **over)
    return someone


# ---------------------------------------------------------------- a subject teacher


@pytest.fixture
def taught():
    return make.group("10A/Bs1", kind="class", subject="Business")


@pytest.fixture
def pupils(taught):
    found = make.students(3, year=10, group="10A")
    for one in found:
        make.member(one, taught)
    return found


@pytest.fixture
def teacher(taught, pupils):
    return holder(Role.SUBJECT_TEACHER, Place.GROUP, group=taught)


def lesson(teacher, taught, title="Margins and markets", on="2026-02-04", token="abcdefghjkmn", **more):
    named = {f"c{taught.pk}-title": title, f"c{taught.pk}-on": on, f"c{taught.pk}-token": token}
    return hand_of(teacher).post(f"/classes/{taught.pk}/lesson/", named | more, follow=True)


def test_a_teacher_sees_who_wants_work_that_uses_the_subject_and_nobody_elses_class(teacher, pupils):
    make.aspiration(pupils[0], sector="Finance", words="accountant")
    make.aspiration(pupils[1], sector="Construction", words="bricklayer")
    other = make.student("Other", group="10B")
    make.member(other, make.group("10B/Bs2", kind="class", subject="Business"))
    page = text(teacher)
    assert "10A/Bs1: 1 of 3 want work that uses business" in page
    assert "accountant" in page and "bricklayer" in page and "Other" not in page


def test_a_lesson_is_logged_for_the_class_once_but_for_who_was_away_and_undone(teacher, taught, pupils):
    page = lesson(teacher, taught, away=[pupils[0].key]).content.decode()
    assert "Margins and markets: 2 there, 1 away." in page
    assert "already saved" in lesson(teacher, taught).content.decode()
    (made,) = Activity.objects.all()
    assert (made.kind, made.subject) == ("curriculum_link", "Business")
    assert Participation.objects.filter(status="attended").count() == 2
    undo = page.split('action="/classes/lesson/')[1].split('"')[0]
    assert "Undone" in hand_of(teacher).post(f"/classes/lesson/{undo}", follow=True).content.decode()
    assert not Participation.objects.exists()


def test_a_lesson_without_a_name_or_to_come_is_refused_and_keeps_what_was_typed(teacher, taught):
    for said, words in (
        ({"title": ""}, "Say what the lesson was"),
        ({"on": "2026-02-06"}, "Log a lesson once it has been"),
        ({"on": "2025-07-01"}, "Choose a day of this academic year"),
    ):
        answer = lesson(teacher, taught, **said)
        assert answer.status_code == 422 and words in answer.content.decode()
    assert "Margins and markets" in answer.content.decode() and not Activity.objects.exists()


def test_a_teacher_logs_for_no_class_but_their_own_and_nothing_else(teacher, pupils):
    other = make.group("10B/Bs2", kind="class", subject="Business")
    make.member(make.student("Other", group="10B"), other)
    assert lesson(teacher, other).status_code == 404
    assert hand_of(teacher).get("/activities/log/").status_code == 404
    assert hand_of(make.careers_leader()).post(f"/classes/{other.pk}/lesson/").status_code == 404
    assert not Activity.objects.exists()


def test_a_teacher_with_no_class_or_an_empty_one_is_told_what_comes(taught):
    assert "Nobody is in this class today" in text(holder(Role.SUBJECT_TEACHER, Place.GROUP, group=taught))
    ended = make.group("Old", kind="class", subject="Business", ends_on=make.TODAY - timedelta(days=1))
    assert "Your classes appear here" in text(holder(Role.SUBJECT_TEACHER, Place.GROUP, group=ended))


def test_every_subject_names_sectors_there_are_and_a_schools_own_words_find_theirs():
    assert all(sectors and sectors <= set(SECTORS) for sectors in _uses().values())
    assert sectors_using("A level Business") == sectors_using("business") and not sectors_using("Latin")
    assert sectors_using("GCSE Computer Science") == sectors_using("Computer science")


# ---------------------------------------------------------------- a SENDCo


def review(student, days):
    due = make.TODAY + timedelta(days=days)
    AnnualReview.objects.create(student=student, due_on=due, recorded_by="a test", recorded_at=make.NOW)


def test_a_review_has_guidance_before_it_or_is_flagged():
    met, booked, late, never, _no_day = (
        make.student(name, "Plan", group="10B", sen="E") for name in ("Met", "Booked", "Late", "Never", "Noday")
    )
    for one in (met, booked, late, never):
        review(one, 30)
    make.guidance_meeting(met)
    make.guidance_meeting(booked, status="booked", planned_on=make.TODAY + timedelta(days=30))
    make.guidance_meeting(late, status="booked", planned_on=make.TODAY + timedelta(days=31))
    make.student("Nobody", "Support", group="10B", sen="K")
    page = text(holder(Role.SENDCO))
    assert "2 of 4 reviews to come have no guidance before them" in page
    assert page.count("Not before the review") == 2 and page.count("Booked 7 Mar 2026") == 1
    assert "1 with a plan has no review day recorded" in page and "Nobody Support" not in page
    assert "EHC plan 5, SEN support 1, Everyone else 0" in page


def test_a_meeting_more_than_a_year_before_the_review_is_not_before_it():
    someone = make.student("Long", "Ago", group="10B", sen="E")
    review(someone, 0)
    make.guidance_meeting(someone, on=make.TODAY - timedelta(days=366))
    assert "1 of 1 review to come has no guidance before it" in text(holder(Role.SENDCO))


def test_a_sendco_with_no_plans_is_told_where_they_come_from():
    assert "No student has an EHC plan today" in text(holder(Role.SENDCO))


# ---------------------------------------------------------------- a year, and the whole school


def test_a_head_of_year_sees_their_year_and_what_was_not_followed_up():
    mine, other = make.student("Mine", year=10, group="10B"), make.student("Other", year=11, group="11A")
    for one in (mine, other):
        make.action(one)
        make.guidance_request(one)
    page = text(holder(Role.HEAD_OF_YEAR, Place.YEAR_GROUP, year_group=10))
    assert "Year 10, 1 student." in page and "agreed action is overdue" in page and "waits for an answer" in page
    assert "Of 1 still open." in page


def test_a_senior_leader_sees_three_risks_the_benchmarks_a_year_ago_and_whether_it_is_used():
    for one in make.students(6, year=11, group="11A"):
        make.guidance_meeting(one, summary="What was said.")
        make.enrol(one, year=10, group="10A", academic_year=2024)
    page = text(holder(Role.SENIOR_LEADER))
    assert "scored criteria met; 3 risks" in page and "a year ago" in page
    assert "Is it being used?" in page and "New notes a form tutor read within 14 days" in page


def test_a_year_ago_is_judged_by_the_set_of_today():
    """In 2024/25 the 2018 set was in force, whose Benchmark 5 asks for no checklist."""
    talk = make.activity("Talk", on=date(2024, 11, 5), meaningful=False)
    for one in make.students(6, year=11, group="11A"):
        make.enrol(one, year=10, group="10A", academic_year=2024, end_date=date(2025, 8, 31))
        make.participation(one, talk)
    page = text(holder(Role.SENIOR_LEADER))
    assert "Employer encounter this year; 0% a year ago" in page


@pytest.mark.parametrize(
    ("role", "place", "most"),
    [
        (Role.FORM_TUTOR, Place.TUTOR_GROUP, 16), (Role.SUBJECT_TEACHER, Place.GROUP, 12), (Role.SENDCO, Place.INSTITUTION, 12),
        (Role.HEAD_OF_YEAR, Place.YEAR_GROUP, 14), (Role.SENIOR_LEADER, Place.INSTITUTION, 13),
        (Role.CAREERS_LEADER, "reading", 16),
    ],
)  # fmt: skip
def test_each_costs_the_same_with_3_students_and_with_60(role, place, most, taught):
    form = make.tutor_group("11A", year=11)
    over = {
        Place.TUTOR_GROUP: {"tutor_group": form},
        Place.GROUP: {"group": taught},
        Place.YEAR_GROUP: {"year_group": 11},
    }
    address, where = ("/reports/reading/", Place.INSTITUTION) if place == "reading" else ("/", place)
    hand, used = hand_of(holder(role, where, **over.get(place, {}))), []
    make.form_tutor(form)
    for more in (3, 57):
        for one in make.students(more, year=11, group="11A", sen="E"):
            make.member(one, taught)
            make.guidance_meeting(one, summary="What was said.")
            make.aspiration(one, sector="Finance")
            make.action(one)
            review(one, 30)
        hand.get(address)
        with CaptureQueriesContext(connection) as asked:
            hand.get(address)
        used.append(len(asked))
    print(role, used)
    assert used[0] == used[1] <= most, [q["sql"][:120] for q in asked]
    evaluation.forget()
