"""The worst off first: as many students as can be get one place, counted from the greatest need down.

Sets of students who can all have a first place form a matroid (one place each, so nothing of theirs overlaps). Taking
them from the greatest need down, making room along chains, therefore covers as many as can be of the worst 1, the worst
2 ... the worst n, all at once: no total, however great, is bought by leaving one of them with nothing.
"""

from pathbook.allocation.chains import Chains
from pathbook.allocation.seats import Seats


def first_places(seats: Seats) -> None:
    """Students with a place kept by hand have theirs already; everyone else, the worst off first."""
    ground = seats.ground
    chains = Chains(
        list(seats.left), {menu: list(worth) for menu, worth in enumerate(ground.worth)},
        {student: [ground.menu[wish] for wish in wishes] for student, wishes in enumerate(ground.wishes)},
        dict(enumerate(ground.cannot)),
    )  # fmt: skip
    for student in ground.order:
        if not seats.of[student]:
            chains.seat(student)
    for student, offer in sorted(chains.sits.items()):
        seats.take(student, offer, max(ground.wishes[student], key=lambda wish: ground.worth_of(wish, offer)))
