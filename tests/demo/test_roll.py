"""The invented roll: any number of students, moving up from year to year as a school's do."""

from collections import Counter
from datetime import date
from random import Random

import pytest

from pathbook.demo.programme import offers_of_a_year, programme_of
from pathbook.demo.roll import DESIGN, make_roll, sizes
from pathbook.demo.term import closed_on, school_day
from pathbook.framework.upn import check_letter

TODAY = date(2026, 2, 5)


def roll_of(students, years=3, seed=1, today=TODAY):
    return make_roll(Random(seed), students=students, years=years, today=today)


@pytest.mark.parametrize("students", [*range(1, 60), 180, 300, 330, 999, 1105, 1500, 10_000])
def test_any_number_is_split_over_the_year_groups(students):
    split = sizes(students)
    assert sum(split.values()) == students
    assert split.keys() == DESIGN.keys()
    assert all(abs(split[g] - students * DESIGN[g] / 1105) < 1 for g in split)


def test_northbridge_itself_is_the_1105_of_its_description():
    assert sizes(1105) == DESIGN


@pytest.mark.parametrize("students", [1, 2, 7, 30, 300])
@pytest.mark.parametrize("years", [1, 2, 6])
def test_every_year_has_its_full_number(students, years):
    roll = roll_of(students, years)
    for year, groups in roll.members.items():
        assert sum(len(people) for people in groups.values()) == students
        assert all(person.spell(year).year_group == group for group, people in groups.items() for person in people)


def test_nobody_is_in_two_places_at_once():
    for person in roll_of(1105, 5).people:
        running = Counter((spell.year, spell.registration) for spell in person.spells)
        assert all(count == 1 for count in running.values())


def test_it_has_joiners_leavers_repeaters_and_a_guest():
    roll = roll_of(1105, 5)
    last = max(roll.members)
    new_in_12 = [p for p in roll.members[last][12] if p.spells[0].year == last]
    assert 10 <= len(new_in_12) <= 20
    assert [p for p in roll.people if any(s.end for s in p.spells)]
    groups = [[s.year_group for s in p.spells] for p in roll.people]
    assert [g for g in groups if len(g) != len(set(g))]
    assert [p for p in roll.people if any(s.registration == "subsidiary" for s in p.spells)]


def test_before_november_nobody_has_left_or_come_yet():
    roll = roll_of(1105, 1, today=date(2025, 10, 1))
    assert not [p for p in roll.people if p.spells[0].end or p.spells[0].start > date(2025, 10, 1)]


def test_upns_have_their_check_letter_and_are_nobody_elses():
    upns = [p.upn for p in roll_of(1105, 5).people if p.upn]
    assert len(set(upns)) == len(upns)
    assert all(check_letter(upn) == upn[0] for upn in upns)
    assert sum(not upn[-1].isdigit() for upn in upns) >= 5  # temporary ones


def test_some_names_are_awkward():
    people = roll_of(1105, 5).people
    names = {p.surname for p in people} | {p.forename for p in people}
    assert {"Łukasz", "الحسن", "Null", ""} <= names
    assert any(p.preferred for p in people)
    assert any(len(p.surname) > 30 for p in people)


def test_the_same_seed_is_the_same_roll_and_another_is_not():
    keys = [[p.key for p in roll_of(200, seed=seed).people] for seed in (4, 4, 5)]
    assert keys[0] == keys[1]
    assert set(keys[0]).isdisjoint(keys[2])


@pytest.mark.parametrize("activities", [1, 5, 63, 64, 65, 300])
def test_the_programme_has_as_many_activities_as_asked(activities):
    assert len(offers_of_a_year(activities)) == activities


@pytest.mark.parametrize("wanted", [0, 1000, 8300, 40_000, 66_700])
def test_about_as_many_participations_as_asked(wanted):
    programme = programme_of(60, DESIGN, wanted)
    expected = sum(
        size * (offer.reach * programme.own if year in offer.years else programme.others)
        for offer in programme.offers
        for year, size in DESIGN.items()
    )
    assert expected == pytest.approx(min(wanted, expected + 1), rel=0.01)


def test_no_school_at_weekends_or_in_the_holidays():
    christmas, saturday = date(2025, 12, 25), date(2026, 3, 7)
    assert closed_on(christmas)
    assert closed_on(saturday)
    assert school_day(saturday, not_before=date(2026, 3, 1)) == date(2026, 3, 6)
    assert school_day(christmas, not_before=date(2025, 12, 1)) == date(2025, 12, 19)
    assert school_day(date(2026, 8, 20), not_before=date(2026, 8, 1)) == date(2026, 9, 3)
