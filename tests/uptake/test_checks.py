"""The two-minute check: the same three for a tutor and term, answered once, theirs alone, and totals that tell of nobody."""

import pytest

from pathbook.uptake.actions.checking import answer_check
from pathbook.uptake.queries.checks import Term, answers_of, three_of, totals_of
from tests import make

pytestmark = pytest.mark.django_db
SPRING, SUMMER = Term(2025, "spring"), Term(2025, "summer")


@pytest.fixture
def tutees():
    return make.students(30, year=10, group="10B")


def test_the_same_three_however_often_it_is_asked(tutees):
    three = three_of(tutees, 7, SPRING)
    assert len(three) == 3 and three == three_of(reversed(tutees), 7, SPRING)
    assert three != three_of(tutees, 7, SUMMER) and three != three_of(tutees, 8, SPRING)


def test_one_who_leaves_changes_only_their_own_place(tutees):
    three = three_of(tutees, 7, SPRING)
    without = three_of([one for one in tutees if one != three[0]], 7, SPRING)
    assert set(three[1:]) <= set(without)


def test_everybody_may_be_drawn(tutees):
    drawn = {one.pk for tutor in range(200) for one in three_of(tutees, tutor, SPRING)}
    assert len(drawn) == 30


def test_answers_are_compared_with_the_record_as_it_stood(tutees):
    tutor = make.viewer(make.form_tutor(make.tutor_group("10B")))
    make.aspiration(tutees[0], pathway="t_level")
    said = [(tutees[0], "t_level"), (tutees[1], ""), (tutees[2], "university")]
    assert answer_check(answers=said, term=SPRING, school=make.school(), by=tutor, at=make.NOW)
    make.aspiration(tutees[0], pathway="university", said_on=make.TODAY)
    assert [one.is_right for one in answers_of(tutor.account_id, SPRING)] == [True, True, False]


def test_the_first_answers_stand(tutees):
    tutor = make.viewer(make.form_tutor(make.tutor_group("10B")))
    for said in ("university", ""):
        answer_check(answers=[(tutees[0], said)], term=SPRING, school=make.school(), by=tutor, at=make.NOW)
    assert [one.said for one in answers_of(tutor.account_id, SPRING)] == ["university"]


def test_a_total_of_fewer_than_five_is_not_said_and_the_next_tells_nothing(tutees):
    for n in range(9):
        totals = totals_of(make.school(), SPRING)
        assert totals.tutors == n and (totals.right is None) == (n < 5)
        if n >= 5:
            assert (totals.right.of, totals.right.out_of) == (5, 15), "whole fives: the sixth to ninth change nothing"
        right = [(tutees[0], "", ""), (tutees[1], "t_level", ""), (tutees[2], "university", "")]
        make.tutor_check(make.account(f"Tutor {n}"), right if n < 5 else [(tutees[0], "", "")])
