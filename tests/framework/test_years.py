"""Academic years, key stages and the windows of time a student really had."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathbook.framework.tally import windows_of
from pathbook.framework.years import AcademicYear, first_day_after_16, key_stage, provider_window_closes, year_group_in


@pytest.mark.parametrize(
    ("day", "start"), [(date(2025, 8, 31), 2024), (date(2025, 9, 1), 2025), (date(2026, 2, 28), 2025)]
)
def test_a_year_turns_on_the_first_of_september(day, start):
    assert AcademicYear.of(day) == AcademicYear(start)


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_every_day_is_in_its_own_year_and_no_other(day):
    year = AcademicYear.of(day)
    assert day in year
    assert day not in AcademicYear(year.start + 1)
    assert year.first_day <= day <= year.last_day


def test_labels():
    assert AcademicYear(2025).label == "2025/26"
    assert AcademicYear(1999).label == "1999/00"
    assert [key_stage(group) for group in (6, 7, 9, 10, 11, 12, 13)] == ["", "KS3", "KS3", "KS4", "KS4", "KS5", "KS5"]


def test_the_provider_window_knows_leap_years():
    assert provider_window_closes(2025) == date(2026, 2, 28)
    assert provider_window_closes(2027) == date(2028, 2, 29)


def test_a_year_not_enrolled_is_counted_from_the_nearest():
    assert year_group_in(2023, {2025: 10}) == 8
    assert year_group_in(2026, {2025: 10}) == 11
    assert year_group_in(2024, {2023: 9, 2025: 10}) == 10


def test_after_16_follows_the_students_own_year_11():
    assert first_day_after_16(2025, 13, {}) == date(2024, 9, 1)
    assert first_day_after_16(2025, 13, {2022: 11, 2023: 11, 2024: 12, 2025: 13}) == date(2024, 9, 1)


def test_someone_who_repeats_year_9_has_four_years_of_key_stage_3():
    windows = windows_of(2025, 9, ((2022, 7), (2023, 8), (2024, 9), (2025, 9)))
    assert windows.this_key_stage == {2022, 2023, 2024, 2025}


def test_someone_new_in_year_10_is_judged_on_key_stage_4_so_far():
    assert windows_of(2025, 10, ((2025, 10),)).this_key_stage == {2025}
