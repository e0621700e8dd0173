"""Offers that are alike for the sum: an activity on its own; slots worth the same on every menu, together.

Small problems keep every offer apart, which is exact. Large ones merge slots: clashes with a single slot are then left to
the seating, so the sum can only come out higher, and its bound stays a bound.
"""

from dataclasses import dataclass

from pathbook.allocation.ground import Ground

EXACT = 30_000  # wishes times offers up to which nothing is merged


@dataclass(frozen=True, slots=True)
class Classes:
    """`of[offer]` is its class, `offers[class]` its offers."""

    of: tuple[int, ...]
    offers: tuple[tuple[int, ...], ...]

    def merged(self, one: int) -> bool:
        return len(self.offers[one]) > 1


def classes_of(ground: Ground) -> Classes:
    pairs = sum(len(ground.worth[menu]) for menu in ground.menu)
    keys: dict[tuple[object, ...], list[int]] = {}
    for at, offer in enumerate(ground.problem.offers):
        alike = pairs > EXACT and offer.kind == "slot"
        key = tuple(worth.get(at) for worth in ground.worth) if alike else ("alone", at)
        keys.setdefault(key, []).append(at)
    of = [0] * len(ground.problem.offers)
    for number, alike_ones in enumerate(keys.values()):
        for at in alike_ones:
            of[at] = number
    return Classes(tuple(of), tuple(map(tuple, keys.values())))
