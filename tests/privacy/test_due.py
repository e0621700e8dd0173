"""Who has been kept long enough: three years after leaving, working notes a year after Year 13; whoever is here is not."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathbook.audit.models import Event
from pathbook.people.retention import keep_for, retention_of
from pathbook.people.visibility import command_line
from pathbook.privacy.due import due_on
from pathbook.privacy.erasing import erase
from tests import make

pytestmark = pytest.mark.django_db


def left(name, year, academic_year, end=None, **said):
    return make.student(name, name, year=year, academic_year=academic_year, end_date=end, **said)


def named(found):
    return [due.student.legal_forename for due in found]


def on(day):
    return due_on(make.school(), on=day)


def test_three_years_after_the_day_they_left():
    left("Ada", 11, 2021, end=date(2022, 7, 15))
    assert named(on(date(2025, 7, 14)).records) == [] and named(on(date(2025, 7, 15)).records) == ["Ada"]


def test_a_year_that_was_never_ended_ends_in_august():
    left("Ada", 13, 2021)
    assert named(on(date(2025, 8, 30)).records) == [] and named(on(date(2025, 8, 31)).records) == ["Ada"]


def test_whoever_is_on_roll_or_came_back_is_never_due():
    one = left("Back", 9, 2018, end=date(2019, 1, 10))
    make.enrol(one, year=13, academic_year=2025)
    make.student("Here", year=10)
    make.enrol(left("Coming", 7, 2019), year=12, academic_year=2026)
    found = on(make.TODAY)
    assert (found.records, found.notes) == ((), ())


def test_working_notes_go_a_year_after_the_end_of_what_was_or_would_have_been_year_13():
    for name, year, academic_year in (("Thirteen", 13, 2023), ("Eleven", 11, 2022), ("Young", 9, 2023)):
        make.guidance_meeting(left(name, year, academic_year), on=date(2024, 1, 9), private_note="Think of ...")
    make.guidance_meeting(left("Noteless", 13, 2023))
    assert named(on(date(2025, 8, 30)).notes) == []
    assert named(on(date(2025, 8, 31)).notes) == ["Thirteen"]
    later = on(date(2026, 8, 31))
    assert named(later.records) == ["Eleven"] and named(later.notes) == ["Thirteen"]


def test_the_school_changes_both_and_that_is_noted():
    left("Ada", 11, 2022, end=date(2023, 7, 15))
    leader, school = make.viewer(make.officer()), make.school()
    keep_for(school=school, after_leaving=2, notes_after_13=0, by=leader, at=make.NOW)
    kept = retention_of(school)
    assert (kept.after_leaving, kept.notes_after_13) == (2, 0) and named(on(make.TODAY).records) == ["Ada"]
    event = Event.objects.get(noun="retention")
    assert event.detail == {
        "before": {"after_leaving": 3, "notes_after_13": 1}, "after": {"after_leaving": 2, "notes_after_13": 0},
    }  # fmt: skip


def test_whoever_was_erased_is_not_due_again_and_another_schools_never():
    one = left("Ada", 11, 2020)
    left("Elsewhere", 11, 2020, at=make.school("Other School"))
    school = make.school()
    erase(students=[one], school=school, why="retention", by=command_line(school), at=make.NOW)
    assert on(make.TODAY).records == ()


def test_a_leap_day_is_a_day_three_years_on():
    left("Ada", 13, 2023, end=date(2024, 2, 29))
    assert named(on(date(2027, 2, 28)).records) == [] and named(on(date(2027, 3, 1)).records) == ["Ada"]


def test_it_asks_as_often_for_many_as_for_one():
    asked, school = [], make.school()
    for n in range(2):
        for k in range(1 + 30 * n):
            make.guidance_meeting(left(f"L{n}{k}", 11, 2019), private_note="n")
        with CaptureQueriesContext(connection) as queries:
            due_on(school, on=make.TODAY)
        asked.append(len(queries))
    assert asked == [3, 3]
