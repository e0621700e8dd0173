"""What each group would get by lot: names from a hat, each in turn taking the place that meets most of their need.

The hat is drawn `DRAWS` times with fixed seeds, over the same offers, eligibility and kept places; the mean is the share
by lot. A mean of things that can all happen is itself within reach, so nobody is promised what cannot be given.
"""

from dataclasses import dataclass
from random import Random
from statistics import fmean, stdev

from pathbook.allocation.free import Free
from pathbook.allocation.ground import Ground
from pathbook.allocation.seats import Seats

DRAWS = 24


@dataclass(frozen=True, slots=True)
class Lot:
    """For each group: the need met by lot on average over the draws, and the standard error of that average."""

    met: tuple[float, ...]
    error: tuple[float, ...]


def by_lot(ground: Ground) -> Lot:
    drawn = list(zip(*(_draw(ground, seed) for seed in range(DRAWS)), strict=True))
    return Lot(tuple(fmean(one) for one in drawn), tuple(stdev(one) / DRAWS**0.5 for one in drawn))


def _draw(ground: Ground, seed: int) -> list[float]:
    """One hat: round after round in the same order, one place a turn, until nobody can take another."""
    seats = Seats(ground)
    hat = sorted(range(len(ground.wishes)), key=lambda at: ground.problem.students[at].id)
    Random(f"{ground.problem.draw} {seed}").shuffle(hat)
    free = Free(seats)
    while hat:
        hat = [student for student in hat if any(free.meet(wish) for wish in ground.wishes[student])]
    return seats.met()
