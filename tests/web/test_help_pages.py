"""Help where people stand: found by words, by place, only what they may do; and a first look that is put away once."""

import pytest

from pathbook.people import access
from pathbook.people.models import Role
from pathbook.web.help import how_tos, tour_for
from pathbook.web.menu import PLACES
from tests import make
from tests.web.hand import Page, hand_of, open_page

pytestmark = pytest.mark.django_db
ASKED = "How do I find what a tutee said in guidance?"


def test_what_a_tutee_said_is_found_first_by_the_words_of_the_question():
    tutor = hand_of(make.form_tutor(make.tutor_group("10B")))
    text = open_page(tutor, "/help/?q=what+my+tutees+said").text
    assert text.index(ASKED) < text.index("How do I find what a student said?")


def test_the_link_of_a_page_opens_the_texts_of_its_place():
    leader = hand_of(make.careers_leader())
    assert "/help/?at=Reports" in open_page(leader, "/monitoring/").links
    text = open_page(leader, "/help/?at=Reports").text
    assert "How do I look at twelve books?" in text and "bring in a new list" not in text


@pytest.mark.parametrize("query", ["?q=zzzz", "?q=%00", "?at=Nowhere", "?q=" + "long " * 400, ""])
def test_anything_may_be_asked(query):
    assert open_page(hand_of(make.careers_leader()), f"/help/{query}").status == 200


def test_nobody_is_told_how_to_do_what_they_may_not():
    text = open_page(hand_of(make.governor()), "/help/").text
    assert ASKED not in text and "write down staff training" not in text


def test_every_text_names_a_place_and_a_part_that_there_is():
    parts = {"", *access.STUDENT_PARTS, *access.SCHOOL_PARTS}
    for one in how_tos():
        assert one.places and set(one.places) <= set(PLACES) and one.part in parts, one.asked


def test_the_first_look_is_put_away_once_for_a_role_and_stays_away():
    someone = make.careers_leader()
    leader, sentence = hand_of(someone), tour_for(Role.CAREERS_LEADER).sentences[0]
    assert sentence in open_page(leader, "/").text
    for _ in range(2):
        assert leader.post("/training/tour/").status_code == 302
    assert sentence not in open_page(leader, "/").text
    assert sentence in open_page(hand_of(make.careers_leader("Another")), "/").text


def test_every_role_with_a_first_page_of_their_own_has_a_first_look():
    assert all(len(tour_for(role).sentences) == 3 for role in Role)


def test_students_and_a_parent_of_one_child_have_it_on_the_page_they_come_to():
    student = make.student("Ava", "Bell", year=11, group="11A")
    for someone, role in ((make.as_student(student), Role.STUDENT), (make.as_parent(student), Role.PARENT)):
        hand, first = hand_of(someone), tour_for(role).sentences[0]
        assert first in Page(hand.get("/", follow=True)).text
        hand.post("/training/tour/")
        assert first not in Page(hand.get("/", follow=True)).text
