"""Seats told as an answer: places, who waits, and each group beside a lot."""

from pathbook.allocation import why
from pathbook.allocation.answer import Allocation, GroupShare
from pathbook.allocation.fairness import floors, needed
from pathbook.allocation.lot import Lot
from pathbook.allocation.seats import Seats


def told(seats: Seats, lot: Lot, *, bound: float, ceiling: float, finished: bool = True) -> Allocation:
    """A bound comes from the solver to within its tolerance, so it is never told below what was reached."""
    total = seats.total()
    bound = max(bound, total)
    return Allocation(
        seats.ground.problem, total, bound, max(ceiling, bound), why.places(seats), why.waiting(seats),
        _groups(seats, lot), finished,
    )  # fmt: skip


def _groups(seats: Seats, lot: Lot) -> tuple[GroupShare, ...]:
    ground = seats.ground
    wishing, placed = [0] * len(ground.groups), [0] * len(ground.groups)
    for student, groups in enumerate(ground.member):
        for group in groups:
            wishing[group] += bool(ground.wishes[student])
            placed[group] += bool(ground.wishes[student] and seats.of[student])
    rows = zip(
        ground.groups,
        wishing,
        placed,
        needed(ground),
        seats.met(),
        lot.met,
        lot.error,
        floors(ground, lot),
        strict=True,
    )
    return tuple(GroupShare(*row) for row in rows)
