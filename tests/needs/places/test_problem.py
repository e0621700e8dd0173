"""From rows to the question of who gets which place: what is offered, who needs it, who cannot, in how many queries."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathbook.allocation.improve import fair_start
from pathbook.needs.places.problem import Edits
from tests import make
from tests.allocation.checker import check
from tests.needs import cast
from tests.needs.places import world

pytestmark = pytest.mark.django_db


def test_free_slots_and_limited_activities_to_come_are_on_offer_and_nothing_else(db):
    free, booked, past = world.slots(3)
    past.starts_at = datetime(2026, 2, 4, 9, 0, tzinfo=UTC)
    past.save()
    make.guidance_meeting(make.student(year=11), status="booked", slot=booked, planned_on=date(2026, 2, 9))
    closed = make.slot(make.staff("Una"), datetime(2026, 2, 17, 9, 0, tzinfo=UTC))
    make.closure(date(2026, 2, 16), date(2026, 2, 20))
    visit, gone = world.visit(), world.visit("Last week", on=date(2026, 1, 28))
    endless, withdrawn = world.visit("No limit", capacity=None), world.visit("Taken out")
    withdrawn.withdrawn_by, withdrawn.withdrawn_at = "a test", make.NOW
    withdrawn.save()
    offered = {one.id: one for one in world.problem().offers}
    assert set(offered) == {free.key, visit.key}, (closed.key, gone.key, endless.key)
    assert (offered[free.key].kind, offered[visit.key].kind) == ("slot", "activity")
    assert offered[free.key].start == free.starts_at and offered[free.key].end == free.ends_at
    assert offered[visit.key].start.date() == date(2026, 3, 10) and offered[visit.key].capacity == 2


def test_places_taken_are_not_offered_again(db):
    visit = world.visit(capacity=3)
    for status in ("planned", "attended", "withdrawn", "absent"):
        make.participation(make.student(year=11), visit, status)
    assert world.problem().offers[0].capacity == 1


def test_a_student_who_needs_a_meeting_is_one_wish_however_many_reasons_there_are(db):
    world.slots(2)
    amara = make.student(year=11, group="11A", sen="E")
    cast.review(amara)
    cast.aspiration(amara, "undecided")
    asked = world.problem()
    (wish,) = world.wishes(amara, asked)
    assert wish.value == max(need.severity for need in cast.needs(amara) if need.wants)
    assert len(world.menu(wish, asked)) == 2


def test_only_an_adviser_of_the_level_asked_meets_a_need_that_asks_for_one(db):
    (low,), (high,) = world.slots(1, make.staff("Low", level=4)), world.slots(1, make.staff("High", level=6))
    amara = make.student(year=11, group="11A")
    asked = world.problem()
    (wish,) = world.wishes(amara, asked)
    assert wish.need == "entitlement_gap" and set(world.menu(wish, asked)) == {high.key}, low.key


def test_a_need_met_after_its_day_counts_half_and_overdue_ones_have_four_weeks(db):
    in_time, late = world.slots(1)[0], world.slots(1, first=datetime(2026, 3, 20, 9, 0, tzinfo=UTC))[0]
    amara = make.student(year=11, group="11A")
    make.guidance_meeting(amara, status="not_attended", planned_on=date(2026, 1, 7))
    asked = world.problem()
    (wish,) = world.wishes(amara, asked)
    assert wish.need == "guidance_missed"
    assert world.menu(wish, asked) == {in_time.key: 1.0, late.key: 0.5}


def test_an_activity_that_meets_two_needs_is_preferred_to_one_that_meets_the_first_alone(db):
    builders = make.provider("Marlow Build", sector="Construction")
    both, one = world.visit("Builders", provider=builders), world.visit("Bank")
    amara = make.student(year=11, group="11A")
    cast.aspiration(amara, "university", sector="Construction")
    asked = world.problem()
    first = next(wish for wish in world.wishes(amara, asked) if both.key in world.menu(wish, asked))
    assert world.menu(first, asked) == {both.key: 1.0, one.key: 0.9}


def test_what_other_year_groups_are_invited_to_is_not_on_offer_to_this_one(db):
    visit = world.visit(capacity=9)
    make.participation(make.student(year=10), visit, "planned")
    tens, elevens = make.student(year=10), make.student(year=11)
    asked = world.problem()
    assert world.wishes(tens, asked) and not world.wishes(elevens, asked)


def test_who_is_booked_or_down_for_it_wants_nothing_more(db):
    slot, _ = world.slots(2)
    visit = world.visit(capacity=9)
    amara = make.student(year=11)
    make.guidance_meeting(amara, status="booked", slot=slot, planned_on=date(2026, 2, 9))
    make.participation(amara, visit, "planned")
    assert not world.wishes(amara, world.problem())


def test_nobody_is_given_a_slot_on_the_day_of_a_visit_or_during_a_meeting(db):
    during, later = world.slots(2)
    amara, ben = make.student(year=11), make.student("Ben", year=11)
    make.participation(amara, world.visit("All day", on=date(2026, 2, 9), capacity=1), "planned")
    busy = make.slot(make.staff("Una"), during.starts_at)
    make.guidance_meeting(ben, status="booked", slot=busy, planned_on=date(2026, 2, 9))
    asked = world.problem(Edits(pins=((ben.key, later.key),)))
    assert world.cannot(amara, asked)[during.key] == "is at All day on 9 Feb 2026"
    assert world.cannot(ben, asked)[during.key] == "has a guidance meeting on 9 Feb 2026 at 09:00"
    assert later.key not in world.cannot(ben, asked)


def test_whoever_leaves_before_it_or_was_asked_before_cannot(db):
    visit = world.visit(capacity=9)
    leaver, asked_before = make.student(year=11, end_date=date(2026, 3, 1)), make.student(year=11)
    make.participation(asked_before, visit, "withdrawn")
    asked = world.problem()
    assert world.cannot(leaver, asked) == {visit.key: "leaves on 1 Mar 2026"}
    assert world.cannot(asked_before, asked) == {visit.key: "was withdrawn from it"}


def test_an_activity_that_asks_home_is_only_for_those_whose_home_said_yes(db):
    visit, free = world.visit(capacity=9, asks_consent=True), world.visit("No form needed", capacity=1)
    given, refused, asked, unasked = make.students(4)
    for someone, answer in ((given, "given"), (refused, "given"), (refused, "refused"), (asked, "asked")):
        make.consent(someone, visit, answer)
    make.consent(given, free, "refused")
    made = world.problem()
    said = [world.cannot(one, made).get(visit.key, "") for one in (given, refused, asked, unasked)]
    assert said == ["", "no consent from home", *["consent not yet given: ask home"] * 2]
    assert free.key not in world.cannot(given, made), "it does not ask"
    answer = fair_start(made)
    check(made, answer)
    assert {one.offer for one in answer.places if one.student != given.key} <= {free.key}


def test_who_waits_for_home_is_told_so(db):
    visit = world.visit(capacity=9, asks_consent=True)
    refused, unasked = make.students(2)
    make.consent(refused, visit, "refused")
    waiting = fair_start(world.problem()).waiting
    why, takes = ({one.student: getattr(one, name) for one in waiting} for name in ("why", "needs"))
    assert why[refused.key] == "Cannot take Site visit (no consent from home)."
    assert why[unasked.key] == "Cannot take Site visit (consent not yet given: ask home)."
    assert takes[unasked.key] == "Ask home, or something else on offer." != takes[refused.key]


def test_what_is_put_aside_asks_for_no_place(db):
    world.slots(1)
    amara = make.student(year=11)
    need = next(one for one in cast.needs(amara) if one.wants and "guidance_meeting" in one.wants.kinds)
    from pathbook.needs import actions

    leader = make.viewer(make.careers_leader())
    actions.dismiss(student=amara, need=need, reason="Met elsewhere", until=date(2026, 5, 1), by=leader, at=make.NOW,
                    on=make.TODAY)  # fmt: skip
    assert not world.wishes(amara, world.problem())


def test_what_is_due_later_than_next_school_year_asks_for_no_place_now(db):
    world.slots(1)
    asked = {year: make.student(year=year, group=f"{year}A") for year in (7, 10, 11)}
    made = world.problem()
    assert [bool(world.wishes(one, made)) for one in asked.values()] == [False, True, True]


def test_groups_held_to_fairness_are_support_circumstances_and_form(db):
    world.slots(1)
    make.student(year=11, group="11A", sen="K", pupil_premium=True, looked_after=True)
    assert world.problem().students[0].groups == {"SEN", "Pupil premium", "Looked after", "Form 11A"}


def test_edits_stand_and_those_of_somebody_gone_fall_away(db):
    one, other = world.slots(2)
    amara, ben = make.student(year=11), make.student("Ben", year=11)
    asked = world.problem(
        Edits(pins=((amara.key, other.key), ("gone", one.key), (ben.key, "gone")), outs=((ben.key, one.key),))
    )
    answer = fair_start(asked)
    check(asked, answer)
    assert [(pin.student, pin.offer) for pin in asked.pins] == [(amara.key, other.key)]
    assert [place.student for place in answer.places] == [amara.key], "Ben is kept out of the only other"


def test_the_same_rows_give_the_same_answer_and_every_answer_is_sound(db):
    world.slots(5)
    world.visit(capacity=4)
    for n, someone in enumerate(make.students(12, sen="K")):
        cast.aspiration(someone, "undecided" if n % 2 else "university", "Construction")
    asked = world.problem()
    answer = fair_start(asked)
    check(asked, answer)
    assert len(answer.places) == 9 and answer == fair_start(world.problem())


def test_the_number_of_queries_is_the_same_for_3_students_and_for_30(db):
    world.slots(4)
    world.visit(capacity=3)

    def queries():
        make.school(), make.careers_leader()
        with CaptureQueriesContext(connection) as seen:
            world.problem()
        return len(seen)

    make.students(3)
    few = queries()
    make.students(27)
    assert queries() == few
