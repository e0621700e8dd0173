"""Which year groups each benchmark has something for: what the careers leader plans by."""

from datetime import date

import pytest

from pathbook.framework.years import AcademicYear
from pathbook.reports.programme import programme_of
from tests import make

pytestmark = pytest.mark.django_db
AUTUMN, SPRING = date(2025, 10, 8), date(2026, 3, 4)


def reach(**said):
    viewer = make.viewer(make.careers_leader())
    shown = programme_of(viewer, make.school(), year=AcademicYear(2025), on=make.TODAY, **said)
    return {one.number: (dict(one.terms), one.never) for one in shown.reach}


def test_each_term_says_the_year_groups_of_those_who_came_or_are_invited():
    for year in (9, 10):
        make.participation(make.student(year=year), make.activity(on=AUTUMN, criteria=["GB5.1"]))
    make.participation(make.student(year=13), make.activity(on=SPRING, criteria=["GB5.1"]), status="planned")
    terms, never = reach()[5]
    assert terms == {"Autumn term": "Years 9, 10", "Spring term": "Year 13", "Summer term": ""}
    assert never == "Years 7, 8, 11, 12"


def test_every_year_is_said_so_and_nobody_is_left_out():
    fair = make.activity(on=AUTUMN, criteria=["GB5.1", "GB7.1"])
    for year in range(7, 14):
        make.participation(make.student(year=year), fair)
    found = reach()
    assert found[5][0]["Autumn term"] == found[7][0]["Autumn term"] == "Every year"
    assert found[5][1] == ""
    assert found[6] == ({"Autumn term": "", "Spring term": "", "Summer term": ""}, "Every year")


@pytest.mark.parametrize("status", ["absent", "excused", "withdrawn"])
def test_who_did_not_come_is_not_reached(status):
    make.participation(make.student(year=9), make.activity(on=AUTUMN, criteria=["GB5.1"]), status=status)
    assert reach()[5][0]["Autumn term"] == ""


def test_a_guest_counts_where_they_are_on_the_roll_and_an_activity_taken_out_does_not():
    guest = make.student(year=9)
    make.enrol(guest, year=10, registration="subsidiary")
    make.participation(guest, make.activity(on=AUTUMN, criteria=["GB5.1"]))
    gone = make.activity(on=AUTUMN, criteria=["GB6.1"], withdrawn_at=make.NOW, withdrawn_by="Priya Raman")
    make.participation(guest, gone)
    found = reach()
    assert found[5][0]["Autumn term"] == "Year 9"
    assert found[6][0]["Autumn term"] == ""


def test_a_year_with_no_activity_and_a_narrowed_list_say_nothing():
    assert reach() == {}
    make.participation(make.student(), make.activity(on=AUTUMN, criteria=["GB5.1"]))
    assert reach(only_unconfirmed=True) == {}
