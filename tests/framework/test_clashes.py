"""What stands in the way of an activity, worked out by hand."""

from datetime import date

from pathbook.framework.clashes import Clash, Exams, Held, all_clashes

MONDAY, TUESDAY, FRIDAY = date(2026, 5, 11), date(2026, 5, 12), date(2026, 5, 15)
TRIP = Held("trip", "Trip", MONDAY, MONDAY, {1: 10, 2: 10, 3: 11}, long=True)
TALK = Held("talk", "Talk", MONDAY, MONDAY, {2: 10, 3: 11, 4: 11})
LESSON = Held("lesson", "Lesson", MONDAY, MONDAY, {3: 11, 4: 11})
WEEK = Held("week", "Placement", TUESDAY, FRIDAY, {1: 10}, long=True)
GCSE = Exams(TUESDAY, FRIDAY, frozenset({11}), "GCSEs")


def test_who_is_away_for_the_day_is_at_nothing_else_and_two_short_things_can_both_be_met():
    found = all_clashes([TRIP, TALK, LESSON, WEEK], [])
    assert found["trip"] == (Clash(MONDAY, "Lesson", 1, "lesson"), Clash(MONDAY, "Talk", 2, "talk"))
    assert found["talk"] == (Clash(MONDAY, "Trip", 2, "trip"),)
    assert found["week"] == ()


def test_exams_stand_in_the_way_of_those_who_sit_them_alone():
    late = Held("late", "Late", FRIDAY, FRIDAY, {3: 11, 4: 11, 5: 10})
    assert all_clashes([late, WEEK, TALK], [GCSE]) == {"late": (Clash(FRIDAY, "GCSEs", 2),), "week": (), "talk": ()}
