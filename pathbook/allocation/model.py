"""The allocation as one sum for the solver: who may have what, once each, never twice at one time, as fair as agreed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from pathbook.allocation.classes import Classes
from pathbook.allocation.fairness import Fairness, bands, placed_by_band
from pathbook.allocation.ground import Ground
from pathbook.allocation.seating import Crowd
from pathbook.allocation.seats import Seats
from pathbook.allocation.solver import Sum

DEAR = 1000.0  # the price of a unit of need a group is short
MISSED = 50.0  # the price of one of the worst off without a place: more than any total gains by it, less than a group


@dataclass(frozen=True, slots=True)
class Model:
    """`pairs[n]` is the (wish, class) of the solver's number n. Kept places are outside the sum; `kept` is their value."""

    asked: Sum
    pairs: tuple[tuple[int, int], ...]
    kept: float


def model_of(ground: Ground, classes: Classes, fairness: Fairness | None, crowded: Sequence[Crowd] = ()) -> Model:
    """Without `fairness`, the greatest total there could be if nobody minded who got it.

    `crowded`: sets of merged offers that seated too few of those chosen, so that the sum chooses no more than they hold.
    """
    base = Seats(ground)
    asked = Sum()
    pairs = tuple(_pairs(base, classes))
    for wish, one in pairs:
        asked.number(ground.worth_of(wish, classes.offers[one][0]))
    by_student: dict[int, list[int]] = {}
    for number, (wish, _) in enumerate(pairs):
        by_student.setdefault(ground.wanting[wish], []).append(number)
    _capacities(asked, pairs, classes, base)
    for crowd in crowded:
        _crowd(asked, pairs, base, classes, crowd)
    for mine in by_student.values():
        _own(asked, mine, pairs, classes, ground)
    if fairness is not None:
        _groups(asked, pairs, base, fairness)
        _worst_off(asked, by_student, base, fairness)
    return Model(asked, pairs, base.total())


def _pairs(base: Seats, classes: Classes) -> Iterator[tuple[int, int]]:
    """Every wish with every class in which its student may take at least one offer."""
    ground = base.ground
    by_menu = [_by_class(worth, classes) for worth in ground.worth]
    for wish, student in enumerate(ground.wanting):
        if base.at[wish] is None:
            for one, offers in by_menu[ground.menu[wish]].items():
                if any(base.left[offer] and base.may(student, offer) for offer in offers):
                    yield wish, one


def _by_class(offers: Mapping[int, float], classes: Classes) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for offer in offers:
        found.setdefault(classes.of[offer], []).append(offer)
    return found


def _capacities(asked: Sum, pairs: Sequence[tuple[int, int]], classes: Classes, base: Seats) -> None:
    within: dict[int, dict[int, float]] = {}
    for number, (_, one) in enumerate(pairs):
        within.setdefault(one, {})[number] = 1.0
    for one, terms in within.items():
        capacity = sum(base.left[offer] for offer in classes.offers[one])
        if len(terms) > capacity:
            asked.row(-inf, capacity, terms)


def _crowd(asked: Sum, pairs: Sequence[tuple[int, int]], base: Seats, classes: Classes, crowd: Crowd) -> None:
    """Students who may have nothing of the class outside these offers are no more than their places: true of any seating."""
    one, offers = crowd
    outside = [offer for offer in classes.offers[one] if offer not in offers and base.left[offer]]
    asking = {base.ground.wanting[wish] for wish, of in pairs if of == one}
    inside = {student for student in asking if not any(base.may(student, offer) for offer in outside)}
    terms = {n: 1.0 for n, (wish, of) in enumerate(pairs) if of == one and base.ground.wanting[wish] in inside}
    if terms:
        asked.row(-inf, sum(base.left[offer] for offer in offers), terms)


def _own(asked: Sum, mine: Sequence[int], pairs: Sequence[tuple[int, int]], classes: Classes, ground: Ground) -> None:
    """One place a wish; and of one student's offers that run at one moment, one."""
    by_wish: dict[int, dict[int, float]] = {}
    for number in mine:
        by_wish.setdefault(pairs[number][0], {})[number] = 1.0
    for terms in by_wish.values():
        if len(terms) > 1:
            asked.row(-inf, 1, terms)
    if len(by_wish) > 1:
        for terms in _at_once([n for n in mine if not classes.merged(pairs[n][1])], pairs, classes, ground):
            asked.row(-inf, 1, terms)


def _at_once(
    mine: Sequence[int], pairs: Sequence[tuple[int, int]], classes: Classes, ground: Ground
) -> Iterator[dict[int, float]]:
    """What runs at the moment each offer starts; sets inside the one before and those of one wish say nothing new."""
    offers = ground.problem.offers
    runs = {number: offers[classes.offers[pairs[number][1]][0]] for number in mine}
    running: list[int] = []
    before: set[int] = set()
    for moment in sorted({one.start for one in runs.values()}):
        running = [number for number, one in runs.items() if one.start <= moment < one.end]
        if len({pairs[number][0] for number in running}) > 1 and not before.issuperset(running):
            yield dict.fromkeys(running, 1.0)
            before = set(running)


def _groups(asked: Sum, pairs: Sequence[tuple[int, int]], base: Seats, fairness: Fairness) -> None:
    ground, kept = base.ground, base.met()
    for group, floor in enumerate(fairness.met):
        if floor - kept[group] > 0:
            terms = {
                number: asked.worth[number]
                for number, (wish, _) in enumerate(pairs)
                if group in ground.member[ground.wanting[wish]]
            }
            if fairness.bends:
                terms[asked.number(-DEAR, floor, whole=False)] = 1.0
            asked.row(floor - kept[group], inf, terms)


def _worst_off(asked: Sum, by_student: Mapping[int, Sequence[int]], base: Seats, fairness: Fairness) -> None:
    """So many of the worst off have at least one place, counted band by band from the worst down."""
    of, kept = bands(base.ground), placed_by_band(base)
    counted = {
        student: _placed(asked, mine, base.ground, student)
        for student, mine in by_student.items()
        if not base.of[student]
    }
    for band, floor in enumerate(fairness.placed):
        terms = {n: 1.0 for student, numbers in counted.items() if of[student] <= band for n in numbers}
        if floor > kept[band]:
            if fairness.bends:
                terms[asked.number(-MISSED, floor, whole=False)] = 1.0
            asked.row(floor - kept[band], inf, terms)


def _placed(asked: Sum, mine: Sequence[int], ground: Ground, student: int) -> Sequence[int]:
    """Numbers that add up to 1 when the student has a place. One wish says so itself; of several, a number at most each sum."""
    if len(ground.wishes[student]) == 1:
        return mine
    number = asked.number(0.0, whole=False)
    asked.row(-inf, 0, {number: 1.0, **dict.fromkeys(mine, -1.0)})
    return [number]
