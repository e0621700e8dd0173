"""Slots against the meetings that must be held, from the school's own missed ones."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathbook.allocation.capacity import forecast, rate, slots_for, supposing

YEAR = [f"s{n:03}" for n in range(340)]


def test_a_school_that_missed_38_of_380_expects_342_held_and_says_how_sure():
    told = forecast(slots=380, required=YEAR, held=342, missed=38)
    assert told.expected == pytest.approx(380 * 342.5 / 381)
    assert told.low < 340 < told.high
    assert told.unreached == ()
    assert told.unsure == tuple(YEAR[told.low :])


def test_at_fifteen_in_a_hundred_missed_the_last_seventeen_are_not_reached_in_the_order_given():
    told = supposing(slots=380, required=YEAR, missed_share=0.15)
    assert told.expected == pytest.approx(323)
    assert told.unreached == tuple(YEAR[323:])


def test_little_history_is_told_as_a_wide_range_and_much_as_a_narrow_one():
    new, old = (forecast(slots=380, required=YEAR, held=9 * times, missed=times) for times in (1, 100))
    assert new.high - new.low > 2 * (old.high - old.low)
    none = forecast(slots=380, required=YEAR, held=0, missed=0)
    assert none.low < 10 and none.high > 370


def test_the_range_agrees_with_years_drawn_at_random():
    """Told another way: a rate drawn from what the history leaves likely, then every meeting drawn."""
    hat = Random(1)
    years = sorted(
        sum(hat.random() < share for _ in range(100)) for share in (hat.betavariate(45.5, 5.5) for _ in range(4000))
    )
    told = forecast(slots=100, required=YEAR[:85], held=45, missed=5)
    assert told.expected == pytest.approx(sum(years) / len(years), abs=0.5)
    assert abs(told.low - years[200]) <= 1 and abs(told.high - years[3800]) <= 1
    assert told.chance == pytest.approx(sum(one >= 85 for one in years) / len(years), abs=0.03)


def test_the_fewest_slots_that_suffice_do_and_one_fewer_does_not():
    enough = slots_for(required=340, held=342, missed=38)
    assert forecast(slots=enough, required=YEAR, held=342, missed=38).chance >= 0.9
    assert forecast(slots=enough - 1, required=YEAR, held=342, missed=38).chance < 0.9
    assert slots_for(required=340, held=0, missed=0) is None


def test_the_rate_by_wilson_is_what_the_published_formula_gives():
    told = rate(held=342, missed=38)
    assert (told.low, told.high) == pytest.approx((0.0775, 0.1282), abs=0.0005)
    assert rate(held=10, missed=0).low == 0
    assert rate(held=0, missed=0).high == 1


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 200), st.integers(0, 50), st.integers(0, 60), st.integers(0, 60))
def test_more_slots_never_reach_fewer(held, missed, slots, required):
    few, more = (forecast(slots=n, required=YEAR[:required], held=held, missed=missed) for n in (slots, slots + 1))
    assert more.expected >= few.expected and more.chance >= few.chance - 1e-9
    assert len(more.unreached) <= len(few.unreached)
    assert 0 <= few.low <= few.high <= slots
