"""No group below its share by lot, less the limit the school sets; and the worst off counted band by band."""

from dataclasses import dataclass
from math import fsum

from pathbook.allocation.ground import Ground
from pathbook.allocation.lot import Lot
from pathbook.allocation.seats import Seats

BAND = 0.1  # severities this near count as equal when it is asked who is worst off
WORST_OFF = (
    0.5  # those whose most urgent need is at least this part of the greatest; nobody else is promised a first place
)
HAIR = 1e-6  # sums of the same values in another order, or from the solver, differ by less


@dataclass(frozen=True, slots=True)
class Fairness:
    """What no answer may fall below: the need met of each group, the students with a place among the worst off.

    `placed[band]` counts those with a place from the worst band down to this one.
    """

    met: tuple[float, ...]
    placed: tuple[int, ...]
    bends: bool = False  # may fall short, at a price above any gain: to find how near it can come


def needed(ground: Ground) -> list[float]:
    """All the need of each group, met or not."""
    parts: list[list[float]] = [[] for _ in ground.groups]
    for wish, student in enumerate(ground.wanting):
        for group in ground.member[student]:
            parts[group].append(ground.value[wish])
    return [fsum(one) for one in parts]


def floors(ground: Ground, lot: Lot) -> list[float]:
    """The least need of each group that must be met."""
    limit = ground.problem.limit
    return [max(0.0, met - limit * all_) for met, all_ in zip(lot.met, needed(ground), strict=True)]


def bands(ground: Ground) -> list[int]:
    """Each student's band of severity, 0 the worst off; whoever is not among the worst off has the band after the last."""
    top = max(ground.severity, default=0.0)
    beyond = int((1 - WORST_OFF) * top / BAND) + 1
    return [int((top - one + HAIR) / BAND) if one >= WORST_OFF * top - HAIR else beyond for one in ground.severity]


def placed_by_band(seats: Seats) -> tuple[int, ...]:
    """Counted from the worst band down, as far as the worst off go."""
    of = bands(seats.ground)
    top = max(seats.ground.severity, default=0.0)
    counts = [0] * (int((1 - WORST_OFF) * top / BAND) + 2)
    for student, mine in enumerate(seats.of):
        counts[of[student]] += bool(mine)
    return tuple(sum(counts[: at + 1]) for at in range(len(counts) - 1))


def short(seats: Seats, lot: Lot) -> float:
    """How far groups are below their floors, added up."""
    pairs = zip(floors(seats.ground, lot), seats.met(), strict=True)
    return fsum(floor - met for floor, met in pairs if floor - met > HAIR)


def held(seats: Seats, lot: Lot) -> Fairness:
    """As fair as these seats: each group's floor, or what it has where that is less; as many of the worst off placed."""
    pairs = zip(seats.met(), floors(seats.ground, lot), strict=True)
    return Fairness(tuple(min(has, least) for has, least in pairs), placed_by_band(seats))


def beats(one: Seats, other: Seats, lot: Lot) -> bool:
    """Groups less short in all; then more of the worst off placed, the worst first; then the greater total."""
    mine, theirs = short(one, lot), short(other, lot)
    if abs(mine - theirs) > HAIR:
        return mine < theirs
    return (placed_by_band(one), one.total()) > (placed_by_band(other), other.total())
