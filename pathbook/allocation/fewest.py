"""The fewest activities that would give everyone what they lack, with so many places each: a sum for the solver."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, inf

from pathbook.allocation.solver import Sum, solve

SECONDS = 2.0
MOST = 12  # times one kind of activity may be held again before the answer is that it will not do


@dataclass(frozen=True, slots=True)
class Lacking:
    """So many students who each lack `short` of something, and are alike in what would give it to them."""

    id: str
    students: int
    short: float


@dataclass(frozen=True, slots=True)
class Kind:
    """Something that could be held. `gives`: lacking id to how much one place gives. `capacity`: None for no limit."""

    id: str
    gives: Mapping[str, float]
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A kind held so many `times`, with so many `seats` used by each of the lacking, over all its times."""

    kind: str
    times: int
    seats: Mapping[str, int]

    @property
    def places(self) -> int:
        return sum(self.seats.values())


def fewest(lacking: Sequence[Lacking], kinds: Sequence[Kind]) -> tuple[Held, ...] | None:
    """The fewest times anything is held, then the fewest places; None where nothing of these would do."""
    if not lacking:
        return ()
    asked, seats = Sum(), {}
    dear = sum(one.students * ceil(one.short) for one in lacking) + 1.0
    times = [asked.number(-dear, MOST) for _ in kinds]
    for at, kind in enumerate(kinds):
        mine = [one for one in lacking if kind.gives.get(one.id, 0) > 0]
        for one in mine:
            seats[at, one.id] = asked.number(-1.0, one.students * MOST)
            asked.row(-inf, 0, {seats[at, one.id]: 1.0, times[at]: -float(one.students)})  # a student once each time
        if kind.capacity is not None and mine:
            asked.row(-inf, 0, {**{seats[at, one.id]: 1.0 for one in mine}, times[at]: -float(kind.capacity)})
    for one in lacking:
        terms = {seats[at, one.id]: kind.gives[one.id] for at, kind in enumerate(kinds) if (at, one.id) in seats}
        if not terms:
            return None
        asked.row(one.students * one.short, inf, terms)
    found = solve(asked, seconds=SECONDS, gap=0.0)
    return _read(found.values, kinds, times, seats) if found.values else None


def _read(
    values: Sequence[float], kinds: Sequence[Kind], times: Sequence[int], seats: Mapping[tuple[int, str], int]
) -> tuple[Held, ...]:
    used = {key: round(values[number]) for key, number in seats.items()}
    return tuple(
        Held(kind.id, round(values[times[at]]), {id: n for (of, id), n in used.items() if of == at and n})
        for at, kind in enumerate(kinds)
        if round(values[times[at]])
    )
