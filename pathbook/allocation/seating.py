"""From "a slot of this sort" to the very slot: everyone the sum gave one gets one that clashes with nothing of theirs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pathbook.allocation.chains import Chains
from pathbook.allocation.classes import Classes
from pathbook.allocation.free import Free
from pathbook.allocation.ground import Ground
from pathbook.allocation.seats import Seats

Crowd = tuple[int, frozenset[int]]  # a class, and those of its offers that are too few


@dataclass(frozen=True, slots=True)
class Seated:
    """`crowded`: sets of offers of one class for which the sum chose more students than they can hold."""

    seats: Seats
    crowded: tuple[Crowd, ...]


def seated(ground: Ground, classes: Classes, chosen: Iterable[tuple[int, int]]) -> Seated:
    """`chosen` is (wish, class). Whom no slot of the class suits takes the best free place; so does any need left over."""
    seats = Seats(ground)
    merged: dict[int, list[int]] = {}
    for wish, one in chosen:
        offers = classes.offers[one]
        if classes.merged(one):
            merged.setdefault(one, []).append(wish)
        elif seats.left[offers[0]] and seats.may(ground.wanting[wish], offers[0]):
            seats.take(ground.wanting[wish], offers[0], wish)
    crowded = [
        (one, crowd) for one, wishes in sorted(merged.items()) for crowd in _seat(seats, classes.offers[one], wishes)
    ]
    free = Free(seats)
    free.meet_first()
    free.meet_rest()
    return Seated(seats, tuple(dict.fromkeys(crowded)))


def _seat(seats: Seats, offers: tuple[int, ...], wishes: list[int]) -> Iterator[frozenset[int]]:
    """One wish of each student here; a second of the same student is left to what is free after."""
    ground = seats.ground
    asking = {ground.wanting[wish]: wish for wish in sorted(wishes, key=lambda wish: ground.value[wish])}
    barred = {student: {offer for offer in offers if not seats.may(student, offer)} for student in asking}
    chains = Chains(list(seats.left), {0: sorted(offers, key=lambda at: ground.problem.offers[at].start)},
                    dict.fromkeys(asking, (0,)), barred)  # fmt: skip
    for student in sorted(asking, key=lambda student: (-ground.value[asking[student]], student)):
        chains.seat(student)
    for student, offer in sorted(chains.sits.items()):
        seats.take(student, offer, asking[student])
    for students in chains.stuck:
        yield frozenset(offer for offer in offers if any(offer not in barred[one] for one in students))
