"""Who sits where while an answer is being made: the only thing here that changes, and never past what is allowed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import fsum

from pathbook.allocation.ground import Ground

NO_WISH = -1  # a place kept by hand that meets no wish


@dataclass
class Seats:
    """`of[student]` is offer -> the wish it meets; `left[offer]` is how many places are free."""

    ground: Ground
    of: list[dict[int, int]] = field(init=False)
    left: list[int] = field(init=False)
    at: list[int | None] = field(init=False)  # wish -> offer
    within: list[set[int]] = field(init=False)  # offer -> students
    pinned: set[tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        problem = self.ground.problem
        self.of = [{} for _ in problem.students]
        self.left = [one.capacity for one in problem.offers]
        self.at = [None for _ in problem.wishes]
        self.within = [set() for _ in problem.offers]
        self.pinned = {(self.ground.student_at[pin.student], self.ground.offer_at[pin.offer]) for pin in problem.pins}
        for student, offer in sorted(self.pinned):
            self.take(student, offer, self._best_wish(student, offer))

    def _best_wish(self, student: int, offer: int) -> int:
        """The wish a pinned place meets most of, among those not met yet."""
        open_ = [wish for wish in self.ground.wishes[student] if self.at[wish] is None]
        best = max(open_, key=lambda wish: self.ground.worth_of(wish, offer), default=NO_WISH)
        return best if best != NO_WISH and self.ground.worth_of(best, offer) > 0 else NO_WISH

    def take(self, student: int, offer: int, wish: int) -> None:
        self.of[student][offer] = wish
        self.left[offer] -= 1
        self.within[offer].add(student)
        if wish != NO_WISH:
            self.at[wish] = offer

    def give_up(self, student: int, offer: int) -> int:
        """Leave a place; the wish it met."""
        wish = self.of[student].pop(offer)
        self.left[offer] += 1
        self.within[offer].discard(student)
        if wish != NO_WISH:
            self.at[wish] = None
        return wish

    def may(self, student: int, offer: int) -> bool:
        """Allowed and not at the time of another place, whether or not a seat is free."""
        return offer not in self.ground.cannot[student] and self.ground.overlaps[offer].isdisjoint(self.of[student])

    def value(self, student: int, offer: int) -> float:
        wish = self.of[student][offer]
        return 0.0 if wish == NO_WISH else self.ground.worth_of(wish, offer)

    def places(self) -> Iterator[tuple[int, int]]:
        """Every (student, offer), in a fixed order."""
        return ((student, offer) for student, mine in enumerate(self.of) for offer in sorted(mine))

    def total(self) -> float:
        return fsum(self.value(*place) for place in self.places())

    def met(self) -> list[float]:
        """How much need of each group is met."""
        parts: list[list[float]] = [[] for _ in self.ground.groups]
        for student, offer in self.places():
            for group in self.ground.member[student]:
                parts[group].append(self.value(student, offer))
        return [fsum(one) for one in parts]
