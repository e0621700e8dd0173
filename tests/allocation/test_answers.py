"""Kept places that contradict, why a need waits, and what one more day would change."""

import pytest

from pathbook.allocation.improve import fair_start, improve
from pathbook.allocation.more import one_more
from pathbook.allocation.pins import PinsConflict
from pathbook.allocation.problem import Menu, Pin, Problem, Student, Wish
from tests.allocation.checker import check
from tests.allocation.problems import menu, offer, slots

LONG = 600
VISIT = offer("visit", 9, hours=3, title="the hospital visit")
TALK = offer("talk", 10, places=5, title="the nurse's talk")
BOTH = (menu("any", VISIT, TALK),)


def asking(*students, pins=(), offers=(VISIT, TALK), menus=BOTH):
    wishes = tuple(Wish(one.id, "aspiration_unmet", 0.5, "any", "Hopes to be a nurse.") for one in students)
    return Problem(offers, menus, students, wishes, tuple(pins))


@pytest.mark.parametrize(
    ("pins", "said"),
    [
        ([Pin("ana", "visit"), Pin("ben", "visit")], "the hospital visit has 1 for 2 (ana, ben)"),
        (
            [Pin("ana", "visit"), Pin("ana", "talk")],
            "ana in the nurse's talk and the hospital visit, which are at the same time",
        ),
        ([Pin("cat", "visit")], "cat in the hospital visit (no consent yet)"),
        ([Pin("ana", "nowhere")], "ana in nowhere, which is not offered to anyone here"),
        ([Pin("ana", "talk"), Pin("ana", "talk")], "ana twice in the nurse's talk"),
    ],
)
def test_kept_places_that_cannot_all_stand_are_named_in_one_sentence(pins, said):
    problem = asking(Student("ana"), Student("ben"), Student("cat", cannot={"visit": "no consent yet"}), pins=pins)
    with pytest.raises(PinsConflict) as refused:
        fair_start(problem)
    assert str(refused.value) == f"These kept places cannot all stand: {said}."


def test_a_kept_place_stands_even_for_a_student_who_wishes_for_nothing():
    problem = asking(Student("ana"), pins=[Pin("zoe", "visit")])
    problem = Problem(problem.offers, problem.menus, (*problem.students, Student("zoe")), problem.wishes, problem.pins)
    answer = improve(problem, fair_start(problem), LONG)
    check(problem, answer)
    kept = next(place for place in answer.places if place.student == "zoe")
    assert (kept.value, kept.need, kept.why, kept.pinned) == (0.0, "", "Kept by hand.", True)


def test_a_place_says_the_reason_of_the_need_it_meets():
    assert fair_start(asking(Student("ana"))).places[0].why == "Hopes to be a nurse."


def test_who_waits_is_told_why_and_what_would_change_it():
    full = asking(Student("ana"), Student("ben"), offers=(VISIT,), menus=(menu("any", VISIT),))
    (waits,) = fair_start(full).waiting
    assert waits.why == (
        "Every place open to this student is taken (the hospital visit) by needs as great or greater: "
        "the least is 0.50, this is 0.50."
    )
    assert waits.needs == "One more place in the hospital visit."
    barred = asking(Student("cat", cannot={"visit": "no consent yet", "talk": "has a mock exam"}))
    (waits,) = fair_start(barred).waiting
    assert waits.why == "Cannot take the hospital visit (no consent yet); the nurse's talk (has a mock exam)."
    (waits,) = fair_start(asking(Student("ana"), menus=(Menu("any", {}),))).waiting
    assert (waits.why, waits.needs) == ("Nothing on offer meets this need.", "An offer that meets it.")


def test_a_need_whose_only_offers_clash_with_another_place_says_so():
    menus = (menu("visit", VISIT), menu("talk", TALK))
    wishes = (Wish("ana", "a", 0.9, "visit"), Wish("ana", "b", 0.4, "talk"))
    (waits,) = fair_start(Problem((VISIT, TALK), menus, (Student("ana"),), wishes)).waiting
    assert waits.why == "Already has a place at the time of the nurse's talk."
    assert waits.needs == "the nurse's talk at another time."
    assert waits.placed


def test_one_more_day_reaches_those_who_waited_and_nobody_loses():
    given = slots(8)
    now_offers, bought = given[:5], given[5:]
    students = tuple(Student(f"s{n}") for n in range(10))
    wishes = tuple(Wish(one.id, "guidance_due", 0.5 + n / 20, "all") for n, one in enumerate(students))
    problem = Problem(now_offers, (menu("all", *now_offers),), students, wishes)
    now = improve(problem, fair_start(problem), LONG)
    change = one_more(now=now, bought=bought, worth={"all": 1.0}, seconds=LONG)
    check(change.after.problem, change.after)
    assert change.reached == ("s2", "s3", "s4")
    assert change.lost == ()
    assert change.gained == pytest.approx(0.6 + 0.65 + 0.7)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"offers": (VISIT, VISIT)}, "two of one offer: visit"),
        ({"offers": (offer("o", 9, hours=0),), "menus": ()}, "an offer that ends before it starts: o"),
        ({"wishes": (Wish("ana", "a", 0.0, "any"),)}, "a wish of no value: ana"),
        ({"wishes": (Wish("nobody", "a", 0.5, "any"),)}, "a wish of nobody: nobody"),
        ({"menus": (Menu("any", {"nowhere": 1.0}),)}, "a menu with no such offer: nowhere"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(broken, said):
    whole = {"offers": (VISIT, TALK), "menus": BOTH, "students": (Student("ana"),), "wishes": ()}
    with pytest.raises(ValueError, match=said):
        Problem(**(whole | broken))
