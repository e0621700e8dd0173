"""Slots against meetings needed: the school's own rate with its range, at 10% and 15%, and names in order of need."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathbook.reports.capacity import capacity_page, forget, required_of
from tests import make
from tests.needs.places import world

pytestmark = pytest.mark.django_db


def page():
    return capacity_page(make.viewer(make.careers_leader()), make.school(), at=make.NOW, on=make.TODAY)


def history(held, missed):
    for n in range(held + missed):
        someone = make.student(f"Past{n}", year=8, group="8A")
        status = "held" if n < held else "not_attended"
        make.guidance_meeting(someone, date(2025, 11, 3), status=status, planned_on=date(2025, 11, 3))


def test_the_rate_is_this_schools_own_with_its_range(db):
    history(held=18, missed=2)
    world.slots(4)
    shown = page()
    assert (shown.share.of, shown.share.out_of, shown.share.percent) == (2, 20, 10)
    assert 0 < shown.low < 10 < shown.high < 40


def test_slots_against_need_at_the_own_rate_at_10_and_at_15(db):
    world.slots(10)
    history(held=40, missed=0)
    people = make.students(10)
    shown = page()
    missed_one = {person.student.key for person in (*shown.unreached, *shown.unsure)}
    assert shown.slots == 10 and shown.required == len(people)
    assert [one.label for one in shown.lines] == ["As missed here so far", "If 10% are missed", "If 15% are missed"]
    assert [(one.held, one.short, one.said) for one in shown.lines[1:]] == [(9, 1, "1 short"), (8, 2, "2 short")]
    assert missed_one <= {one.key for one in people} and shown.wanted > 10


def test_who_will_not_be_reached_are_the_least_urgent_in_order(db):
    history(held=1, missed=0)
    elevens, missed = make.students(3), make.student("Missed", year=11, group="11A")
    make.guidance_meeting(missed, status="not_attended", planned_on=date(2026, 1, 7))
    world.slots(1)
    order = required_of(make.school(), on=make.TODAY)
    assert order[0].key == missed.key, "the most urgent first"
    shown = page()
    assert missed.key not in {one.student.key for one in shown.unreached[1:]} and shown.unreached_in_all >= 3
    assert {one.student for one in shown.unreached} >= set(elevens)
    assert len(shown.day_reaches) <= shown.day == 1


def test_with_no_slots_and_nobody_it_says_nothing_is_needed(db):
    shown = page()
    assert (shown.slots, shown.required, shown.unreached, shown.wanted) == (0, 0, (), 0)


def test_who_is_booked_is_not_counted_twice(db):
    slot, _ = world.slots(2)
    someone = make.student(year=11, group="11A")
    make.guidance_meeting(someone, status="booked", slot=slot, planned_on=date(2026, 2, 9))
    shown = page()
    assert (shown.slots, shown.booked, shown.required) == (1, 1, 0)


def test_few_queries_once_the_needs_are_remembered_and_fresh_after_a_write(db):
    world.slots(2)
    make.students(3)
    viewer, school = make.viewer(make.careers_leader()), make.school()

    def queries():
        with CaptureQueriesContext(connection) as seen:
            capacity_page(viewer, school, at=make.NOW, on=make.TODAY)
        return len(seen)

    forget()
    cold, warm = queries(), queries()
    make.students(27)
    forget()
    assert queries() == cold and queries() == warm <= 6
