"""The fewest activities: each answer small enough to be found by hand, and against trying everything."""

from itertools import product
from random import Random

import pytest

from pathbook.allocation.fewest import Kind, Lacking, fewest

Y8, Y11 = Lacking("Y8", 180, 1), Lacking("Y11", 34, 1)


@pytest.mark.parametrize(
    ("lacking", "kinds", "held"),
    [  # what would do, by hand: (kind, times, places)
        ([Y8, Y11], [Kind("talk 8", {"Y8": 1}), Kind("talk 11", {"Y11": 1})], [("talk 8", 1, 180), ("talk 11", 1, 34)]),
        ([Y8, Y11], [Kind("talk 8", {"Y8": 1}), Kind("both", {"Y8": 1, "Y11": 1})], [("both", 1, 214)]),
        ([Y8], [Kind("coach", {"Y8": 1}, 50)], [("coach", 4, 180)]),
        ([Y8, Y11], [Kind("hall", {"Y8": 1, "Y11": 1}, 200)], [("hall", 2, 214)]),
        ([Lacking("two each", 20, 2)], [Kind("visit", {"two each": 1})], [("visit", 2, 40)]),
        (
            [Lacking("two each", 20, 2)],
            [Kind("visit", {"two each": 1}), Kind("week", {"two each": 2})],
            [("week", 1, 20)],
        ),
        ([], [Kind("visit", {})], []),
        ([Y8], [Kind("talk 11", {"Y11": 1})], None),
        ([Y8], [], None),
        ([Lacking("many", 1000, 1)], [Kind("seat", {"many": 1}, 1)], None),
    ],
)
def test_by_hand(lacking, kinds, held):
    found = fewest(lacking, kinds)
    assert held == (None if found is None else [(one.kind, one.times, one.places) for one in found])


@pytest.mark.parametrize("seed", range(12))
def test_none_fewer_would_do(seed):
    rng = Random(f"fewest {seed}")
    lacking = [Lacking(f"g{n}", rng.randint(1, 9), 1) for n in range(3)]
    kinds = [
        Kind(f"k{n}", {one.id: 1.0 for one in lacking if rng.random() < 0.6}, rng.choice((4, 8, None)))
        for n in range(4)
    ]
    found = fewest(lacking, kinds)
    tried = [times for times in product(range(4), repeat=4) if would_do(lacking, kinds, times)]
    assert (found is None) == (not tried)
    if found is not None:
        assert sum(one.times for one in found) == min(map(sum, tried))
        assert sum(one.places for one in found) == sum(one.students for one in lacking)


def would_do(lacking, kinds, times):
    """Hall's condition, group by group: those of any set of groups fit into the places open to one of them."""
    for chosen in product((False, True), repeat=len(lacking)):
        wanting = [one for one, yes in zip(lacking, chosen, strict=True) if yes]
        places = 0
        for kind, n in zip(kinds, times, strict=True):
            served = sum(one.students for one in wanting if one.id in kind.gives)
            places += min(served, served * n if kind.capacity is None else kind.capacity * n)
        if sum(one.students for one in wanting) > places:
            return False
    return True
