"""Term dates and where a day of last year falls in this one: always a school day, and never out of order."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathbook.framework.moving import Calendar, moved
from pathbook.framework.schooldays import Closed, SchoolDays
from pathbook.framework.terms import england, from_holidays, wrong_with
from pathbook.framework.years import AcademicYear

years = st.integers(2005, 2060)


def calendar(year, *more):
    terms = england(AcademicYear(year))
    return Calendar(terms, SchoolDays((*terms.days.closures, *more)))


@given(years)
def test_englands_year_holds_together_and_has_as_many_days_as_the_law_asks(year):
    terms = england(AcademicYear(year))
    open_days = sum(terms.days.is_open(date(year, 9, 1) + timedelta(days=n)) for n in range(365))
    assert not wrong_with(terms) and 190 <= open_days <= 198
    assert from_holidays(terms.year, terms.holidays) == terms


def test_the_dates_of_2025_and_2026_are_those_most_councils_published():
    """Half terms, Christmas and Easter, read from published calendars."""
    terms = england(AcademicYear(2025))
    assert [(one.first, one.last) for one in terms.half_terms] == [
        (date(2025, 9, 2), date(2025, 10, 24)), (date(2025, 11, 3), date(2025, 12, 19)),
        (date(2026, 1, 5), date(2026, 2, 13)), (date(2026, 2, 23), date(2026, 3, 27)),
        (date(2026, 4, 13), date(2026, 5, 22)), (date(2026, 6, 1), date(2026, 7, 22)),
    ]  # fmt: skip


@st.composite
def journeys(draw):
    """Two years, some days the second closes for itself, and days of the first."""
    before, after = draw(years), draw(years)
    days = st.integers(0, 364).map(lambda n: date(after, 9, 1) + timedelta(days=n))
    shut = [
        Closed(day, day + timedelta(days=draw(st.integers(0, 6))), "Training")
        for day in draw(st.lists(days, max_size=6))
    ]
    offsets = draw(st.lists(st.tuples(st.integers(0, 364), st.integers(0, 10)), min_size=2, max_size=8))
    return england(AcademicYear(before)), calendar(after, *shut), sorted(offsets)


@given(journeys())
def test_every_day_lands_on_a_school_day_and_the_order_is_kept(journey):
    before, to, offsets = journey
    landed = []
    for start, length in offsets:
        first = before.year.first_day + timedelta(days=start)
        one = moved(first, first + timedelta(days=length), before=before, to=to)
        assert to.days.is_open(one.first) and one.first in to.terms.year
        assert to.days.is_open(one.last) and one.first <= one.last <= one.first + timedelta(days=length)
        assert not one.kept or one.first.weekday() == first.weekday()
        landed.append(one.first)
    assert landed == sorted(landed)


@pytest.mark.parametrize(
    ("was", "comes", "why"),
    [
        (date(2025, 10, 8), date(2026, 10, 7), "Same week and weekday"),
        (date(2026, 7, 22), date(2027, 7, 22), "Summer holiday on 28 Jul 2027: the last school day before"),
        (date(2025, 10, 27), date(2026, 11, 2), "Autumn half term on 26 Oct 2026: the next school day"),
        (date(2025, 11, 29), date(2026, 11, 30), "28 Nov 2026 is at a weekend: the next school day"),
        (date(2026, 3, 27), date(2027, 4, 5), "Easter holiday on 26 Mar 2027: the next school day"),
        (date(2025, 11, 18), date(2026, 11, 18), "Training day on 17 Nov 2026: the next school day"),
    ],
)
def test_days_worked_out_by_hand(was, comes, why):
    to = calendar(2026, Closed(date(2026, 11, 17), date(2026, 11, 17), "Training day"))
    one = moved(was, was, before=england(AcademicYear(2025)), to=to)
    assert (one.first, one.why) == (comes, why)
