"""The worst off first, and every group beside what it would get by lot."""

from dataclasses import replace

import pytest

from pathbook.allocation.improve import fair_start, improve
from pathbook.allocation.problem import Menu, Offer, Problem, Student, Wish
from tests.allocation.checker import check, every_answer
from tests.allocation.problems import MONDAY, menu, offer, slots

LONG = 600


def test_the_plain_optimum_leaves_the_worst_off_with_nothing_and_this_does_not():
    """Asha can come only to the visit. Ben fits it into the same hour, and by total alone it is worth more to him."""
    visit, fair = offer("visit", 9), offer("fair", 14)
    menus = (Menu("asha", {"visit": 0.5}), Menu("ben", {"visit": 1.0}), menu("both", fair))
    students = (Student("asha"), Student("ben"))
    wishes = (Wish("asha", "guidance_due", 1.0, "asha"), Wish("ben", "a", 0.8, "ben"), Wish("ben", "b", 0.7, "both"))
    problem = Problem((visit, fair), menus, students, wishes, limit=1.0)
    plain = max(every_answer(problem), key=lambda one: sum(one.values()))
    assert "asha" not in {who for who, _ in plain}
    for answer in (fair_start(problem), improve(problem, fair_start(problem), LONG)):
        check(problem, answer)
        assert {place.student for place in answer.places} == {"asha", "ben"}
        assert answer.objective == pytest.approx(1.2)
        assert answer.ceiling == pytest.approx(sum(plain.values()))


def test_room_is_made_along_a_chain_so_that_one_more_is_reached():
    one, two = slots(2)
    students = (Student("first"), Student("second", cannot={two.id: "has a lesson"}))
    wishes = (Wish("first", "guidance_due", 0.9, "all"), Wish("second", "guidance_due", 0.5, "all"))
    answer = fair_start(Problem((one, two), (menu("all", one, two),), students, wishes))
    assert {(place.student, place.offer) for place in answer.places} == {("first", two.id), ("second", one.id)}


def two_forms(limit, places=20):
    """Twice as many in 10A as places, a little needier than as many in 10B: by total alone 10B would get nothing."""
    given = slots(places)
    students = tuple(Student(f"{form}{n:02}", frozenset({form})) for form in ("10A", "10B") for n in range(2 * places))
    wishes = tuple(Wish(one.id, "guidance_due", 0.62 if "10A" in one.groups else 0.6, "all") for one in students)
    return Problem(given, (menu("all", *given),), students, wishes, limit=limit)


@pytest.mark.parametrize("limit", [0.02, 0.05, 0.1])
def test_no_group_falls_further_below_its_share_by_lot_than_the_school_allows(limit):
    problem = two_forms(limit)
    for answer in (fair_start(problem), improve(problem, fair_start(problem), LONG)):
        check(problem, answer)
        assert answer.fair
        for group in answer.groups:
            assert group.share >= group.share_by_lot - limit - 1e-6
            assert group.share_by_lot == pytest.approx(0.25, abs=0.05)  # twenty slots for eighty who are all alike


def test_with_no_allowance_at_all_a_group_is_short_by_less_than_one_place_and_the_answer_says_so():
    """The shares by lot of 10A and 10B are no whole places: one of the two cannot quite have its own."""
    problem = two_forms(0.0, places=5)  # to prove that nothing is fairer takes a minute with twenty
    answer = improve(problem, fair_start(problem), LONG)
    check(problem, answer)
    short = [group for group in answer.groups if not group.fair]
    assert len(short) == 1 and not answer.fair
    assert short[0].floor - short[0].met < 0.6


def test_without_a_limit_the_needier_group_gets_everything():
    problem = two_forms(1.0)
    answer = improve(problem, fair_start(problem), LONG)
    assert {group.group: group.placed for group in answer.groups} == {"10A": 20, "10B": 0}


def test_another_name_on_the_hat_breaks_ties_between_equals_another_way():
    given = slots(5)
    students = tuple(Student(f"s{n}") for n in range(40))
    wishes = tuple(Wish(one.id, "guidance_due", 0.5, "all") for one in students)
    autumn = Problem(given, (menu("all", *given),), students, wishes, draw="autumn")
    spring = replace(autumn, draw="spring")
    assert {place.student for place in fair_start(autumn).places} != {
        place.student for place in fair_start(spring).places
    }


def test_a_bigger_school_comes_out_within_a_hundredth_and_as_fair():
    """Merged slots, some students free on one morning only: what the sum chooses can be seated."""
    given = slots(60, first=0)
    trip = Offer("trip", "activity", MONDAY, given[5].end, 12, "the visit to the hospital")
    mornings = [given[at : at + 12] for at in range(0, 60, 12)]
    students = tuple(
        Student(f"s{n:03}", frozenset({f"10{'ABCDEF'[n % 6]}"}), {
            one.id: "has a lesson" for one in given if n % 3 == 0 and one not in mornings[n // 3 % 5]
        })
        for n in range(600)
    )  # fmt: skip
    guidance = (Wish(one.id, "guidance_due", 0.3 + n % 7 / 10, "all") for n, one in enumerate(students))
    visits = (Wish(one.id, "aspiration_unmet", 0.25, "trip") for one in students[::2])
    problem = Problem((*given, trip), (menu("all", *given), menu("trip", trip)), students, (*guidance, *visits))
    answer = improve(problem, fair_start(problem), LONG)
    check(problem, answer)
    assert answer.fair
    assert answer.gap <= 0.01
