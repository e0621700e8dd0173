"""Wilson's interval against figures worked out elsewhere (Newcombe 1998, table I; Wilson without correction)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathbook.framework.interval import is_clear, wilson
from pathbook.framework.shares import Share

# of, out of -> from, to, in whole percents rounded outwards. Newcombe: 81 of 263, 15 of 148, 0 of 20, 1 of 29
PUBLISHED = [(81, 263, 25, 37), (15, 148, 6, 17), (0, 20, 0, 17), (1, 29, 0, 18)]


@pytest.mark.parametrize(("of", "out_of", "low", "high"), PUBLISHED)
def test_as_published(of, out_of, low, high):
    found = wilson(Share(of, out_of))
    assert (found.low, found.high) == (low, high)


def test_of_nobody_there_is_none():
    assert wilson(Share(0, 0)) is None and not is_clear(Share(0, 0), Share(1, 2))


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_what_was_seen_lies_inside_and_nothing_leaves_0_to_100(both):
    share = Share(*both)
    found = wilson(share)
    assert 0 <= found.low <= 100 * share.of / share.out_of <= found.high <= 100


def test_twenty_points_are_clear_of_a_hundred_and_not_of_five():
    assert is_clear(Share(60, 100), Share(80, 100))
    assert not is_clear(Share(3, 5), Share(80, 100))
