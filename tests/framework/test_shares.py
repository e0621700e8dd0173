"""Percentages and small numbers: the rounding everybody sees, and the cells nobody may."""

from hypothesis import given
from hypothesis import strategies as st

from pathbook.framework.shares import SMALL, Share, hide_small, hide_small_share, percent_met

COUNTS = st.integers(0, 3000)


def test_the_nearest_whole_number_with_its_count():
    assert str(Share(27, 180)) == "15%, 27 of 180"
    assert Share(1, 8).percent == 13  # 12.5 rounds up
    assert str(Share(1104, 1105)) == "99%, 1,104 of 1,105"
    assert Share(1, 1105).percent == 1
    assert Share(0, 5).percent == 0
    assert Share(0, 0).percent is None


@given(COUNTS, COUNTS)
def test_a_share_below_one_is_never_100_and_above_none_never_0(of, out_of):
    of, out_of = min(of, out_of), max(of, out_of)
    percent = Share(of, out_of).percent
    if out_of:
        assert (percent == 100) == (of == out_of)
        assert (percent == 0) == (of == 0)


@given(COUNTS, COUNTS, COUNTS)
def test_more_is_never_shown_as_less(one, other, out_of):
    one, other = sorted((min(one, out_of), min(other, out_of)))
    if out_of:
        assert Share(one, out_of).percent <= Share(other, out_of).percent


def test_met_is_reached_exactly():
    assert Share(180, 180).reaches(1.0)
    assert not Share(179, 180).reaches(1.0)
    assert Share(76, 100).reaches(0.76)
    assert not Share(0, 0).reaches(0.0)


def test_percent_of_a_benchmark_is_cut_not_rounded():
    assert percent_met(2, 3) == 66
    assert percent_met(0, 0) is None


@given(st.lists(st.integers(0, 12), min_size=2, max_size=8))
def test_no_small_cell_can_be_worked_out_from_the_total(counts):
    """Whoever knows the total and the shown cells must be left with at least two answers for each hidden one."""
    shown = hide_small(counts)
    assert all(count == 0 or count >= SMALL for count in shown if count is not None)
    hidden = [at for at, count in enumerate(shown) if count is None]
    left = sum(counts) - sum(count for count in shown if count is not None)
    others = [at for at, count in enumerate(counts) if count and at not in hidden]
    if hidden and (len(hidden) > 1 or others):
        assert len(hidden) > 1
        assert left >= SMALL or not others


def test_zero_gives_nobody_away():
    assert hide_small([0, 30, 40]) == (0, 30, 40)
    assert hide_small([3, 30, 40]) == (None, None, 40)


def test_a_share_is_hidden_when_any_part_of_it_is_small():
    assert hide_small_share(Share(3, 100)) is None
    assert hide_small_share(Share(97, 100)) is None
    assert hide_small_share(Share(2, 4)) is None
    assert hide_small_share(Share(50, 100)) == Share(50, 100)
