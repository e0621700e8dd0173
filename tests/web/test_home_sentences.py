"""The careers leader's home: every sentence's number is the number of rows of the list it links to."""

from datetime import date, timedelta

import pytest

from pathbook.demo.build import Wanted, build
from pathbook.people.models import Account, Institution, Role
from pathbook.people.visibility import viewer_of
from pathbook.reports.home import home_of
from tests import make
from tests.web.hand import everyone_on, hand_of, open_page

pytestmark = pytest.mark.django_db


def sentences_of(account, school, on):
    return home_of(viewer_of(account, on), school, on=on).todos


def every_sentence_holds(client, todos):
    for todo in todos:
        assert everyone_on(client, todo.url) == todo.figure, todo
        assert everyone_on(client, todo.act_url) == todo.figure, todo


@pytest.fixture
def small_school():
    """Two who lack a meeting, one who lacks an employer, a guest, a leaver, and two fairs to confirm."""
    served, unmet, booked = (
        make.student(name, "Eleven", year=11, group="11A") for name in ("Served", "Unmet", "Booked")
    )
    younger = make.student("Younger", "Ten", year=10, group="10B")
    make.student("Guest", "Eleven", year=11, group="11A", registration="subsidiary")
    make.student("Gone", "Eleven", year=11, group="11A", end_date=date(2025, 12, 1))
    fair = make.activity()
    for one in (served, unmet, booked):
        make.participation(one, fair)
    make.guidance_meeting(served)
    make.guidance_meeting(booked, status="booked", planned_on=make.TODAY + timedelta(days=9))
    for _ in range(2):
        make.participation(younger, make.activity("Mock interviews", on=date(2026, 1, 20)), "planned")
    return make.careers_leader()


def test_each_number_is_its_lists_length(small_school):
    todos = sentences_of(small_school, make.school(), make.TODAY)
    assert 3 <= len(todos) <= 5
    assert [todo.figure for todo in todos][:2] == [2, 1]
    every_sentence_holds(hand_of(small_school), todos)


def test_two_activities_of_one_title_on_one_day_are_two_to_confirm(small_school):
    for number in range(3):
        make.guidance_meeting(make.student(f"Extra{number}", year=9, group="9A"))
    waiting = [t for t in sentences_of(small_school, make.school(), make.TODAY) if "confirmed" in t.sentence]
    assert [todo.figure for todo in waiting] == [2]


def test_what_is_booked_is_said_and_counted(small_school):
    guidance = next(t for t in sentences_of(small_school, make.school(), make.TODAY) if "gap=GB8.1a" in t.url)
    assert guidance.why == "Of 3. 1 of them has one booked or planned."


def test_the_page_says_the_very_sentences_with_their_links(small_school):
    page = open_page(hand_of(small_school), "/")
    for todo in sentences_of(small_school, make.school(), make.TODAY):
        assert todo.sentence in page.text
        assert todo.url in page.links


def test_a_sentence_speaks_of_what_counts_and_so_stays_true_of_what_does_not(small_school):
    """Someone met an employer whose checklist is not complete: "has met no employer" would be false of them."""
    someone = make.student("Nearly", "Ten", year=10, group="10B")
    make.participation(someone, make.activity("Talk", meaningful=False))
    employers = next(t for t in sentences_of(small_school, make.school(), make.TODAY) if "gap=GB5.1" in t.url)
    assert employers.figure == 2 and "counts" in employers.sentence


def test_a_tutors_sentences_are_of_their_own_group_only(small_school):
    tutor = make.form_tutor(make.tutor_group("11A", 11))
    todos = sentences_of(tutor, make.school(), make.TODAY)
    assert todos
    every_sentence_holds(hand_of(tutor), todos)


def test_a_governors_home_has_no_list_to_open():
    make.students(6)
    governor = make.governor()
    assert sentences_of(governor, make.school(), make.TODAY) == ()


def test_every_sentence_holds_on_the_demo_school_of_300():
    build(Wanted(students=300, activities=64, years=3, seed=7, today=make.TODAY))
    school = Institution.objects.get(name__contains="Northbridge")
    leader = Account.objects.filter(roles__role=Role.CAREERS_LEADER).first()
    todos = sentences_of(leader, school, make.TODAY)
    assert 3 <= len(todos) <= 5
    every_sentence_holds(hand_of(leader), todos)
    tutor = Account.objects.filter(roles__role=Role.FORM_TUTOR, roles__starts_on__gte="2025-09-01").first()
    every_sentence_holds(hand_of(tutor), sentences_of(tutor, school, make.TODAY))


def test_missed_meetings_that_wait_are_said_and_as_many_as_their_list(small_school):
    for name in ("One", "Two"):
        make.guidance_meeting(make.student(name, "Missed", year=11, group="11A"), status="not_attended",
                              planned_on=date(2026, 1, 28))  # fmt: skip
    answered = make.student("Answered", "Missed", year=11, group="11A")
    make.guidance_meeting(answered, status="not_attended", planned_on=date(2026, 1, 28), no_next="Left the course")
    todo = next(one for one in sentences_of(small_school, make.school(), make.TODAY) if one.url == "/guidance/missed/")
    assert (todo.figure, todo.sentence) == (2, "missed meetings need a new date or a reason why none")
    page = open_page(hand_of(small_school), todo.url).text
    assert "One Missed" in page and "Two Missed" in page and "Answered Missed" not in page


def test_an_advisers_home_begins_with_their_own_appointments_of_today():
    dan, una = make.adviser(), make.adviser("Una Other")
    for adviser, name, hour in ((dan, "Amara", 14), (dan, "Ben", 11), (una, "Cy", 12)):
        slot = make.slot(adviser.staff, make.at(make.TODAY, hour), place="Room 4")
        make.guidance_meeting(make.student(name, "Ode", year=11), status="booked", planned_on=make.TODAY, slot=slot,
                              adviser=adviser.staff)  # fmt: skip
    said = open_page(hand_of(dan), "/").text
    assert (
        "2 appointments today" in said and "Cy Ode" not in said.split("Today’s appointments")[1].split("The whole")[0]
    )
    assert said.index("Today’s appointments") < said.index("Ben Ode") < said.index("Amara Ode")
    assert "Today’s appointments" not in open_page(hand_of(make.careers_leader()), "/").text
