"""A fair answer at once, then a better one: never less fair to any group, or to the worst off, than the one it began from."""

from dataclasses import dataclass, field
from time import monotonic

from pathbook.allocation.answer import Allocation
from pathbook.allocation.classes import Classes, classes_of
from pathbook.allocation.fairness import Fairness, beats, floors, held, placed_by_band, short
from pathbook.allocation.first import first_places
from pathbook.allocation.free import Free
from pathbook.allocation.ground import Ground, ground_of
from pathbook.allocation.lot import Lot, by_lot
from pathbook.allocation.model import model_of
from pathbook.allocation.problem import Problem
from pathbook.allocation.room import make_room, reach
from pathbook.allocation.seating import Crowd, seated
from pathbook.allocation.seats import Seats
from pathbook.allocation.solver import solve
from pathbook.allocation.told import told

GAP = (
    0.003  # the solver stops when it has shown this much, so that time seldom decides and the answer is the same again
)
ROUNDS = 6  # times the sum is told which slots are too few for those it chose
ENOUGH = 20.0  # seconds for a sum that takes a tenth of one at 1,500 students


def fair_start(problem: Problem) -> Allocation:
    """At once: the worst off first, then the greatest needs left, then room for any group short of its share by lot.

    Beside its bound comes an answer nearly in whole places; where that is as fair and greater, it is the one given.
    """
    ground = ground_of(problem)
    seats, lot = Seats(ground), by_lot(ground)
    first_places(seats)
    Free(seats).meet_rest()
    make_room(seats, floors(ground, lot))
    Free(seats).meet_rest()
    return _Search(seats, lot).quickly().told()


def improve(problem: Problem, start: Allocation, seconds: float) -> Allocation:
    """The greatest total the solver finds in so many seconds that is as fair as the start; the start if it finds none."""
    began = monotonic()
    ground = ground_of(problem)
    search = _Search(_again(ground, start), by_lot(ground)).quickly()
    return search.thoroughly(seconds - (monotonic() - began)).told()


@dataclass
class _Search:
    """The best seats so far, and no more than what is as fair as they are could reach."""

    seats: Seats
    lot: Lot
    bound: float = float("inf")
    finished: bool = True
    crowded: list[Crowd] = field(default_factory=list)
    classes: Classes = field(init=False)
    aim: Fairness = field(init=False)

    def __post_init__(self) -> None:
        """The aim: every group's floor, and as many of the worst off placed as could be if there were no groups."""
        ground = self.seats.ground
        self.classes = classes_of(ground)
        first = Seats(ground)
        first_places(first)
        self.aim = Fairness(tuple(floors(ground, self.lot)), placed_by_band(first), bends=True)

    def quickly(self) -> "_Search":
        """In parts of places, which gives the bound; nearly all come out whole. Nearer to the aim first, where it is missed."""
        if self._misses():
            self._rounds(self.aim)
        self.bound = float("inf")
        self._rounds(held(self.seats, self.lot))
        return self

    def _misses(self) -> bool:
        return short(self.seats, self.lot) > 0 or placed_by_band(self.seats) != self.aim.placed

    def _rounds(self, fairness: Fairness) -> None:
        for _ in range(ROUNDS):
            if not self._ask(fairness, seconds=ENOUGH, whole=False):
                return

    def thoroughly(self, seconds: float) -> "_Search":
        """In whole places, until the gap is small or the time is over; nearer to the aim in a third of it, where it is missed."""
        until = monotonic() + seconds
        if self._misses():
            before = held(self.seats, self.lot)
            self._ask(self.aim, seconds=seconds / 3, whole=True)
            if held(self.seats, self.lot) != before:
                self.bound = float("inf")
                self._rounds(held(self.seats, self.lot))
        fairness = held(self.seats, self.lot)
        for _ in range(ROUNDS):
            if self._near() or monotonic() > until:
                break
            if not self._ask(fairness, seconds=until - monotonic(), whole=True):
                break
        return self

    def _near(self) -> bool:
        return self.bound - self.seats.total() <= GAP * self.bound

    def _ask(self, fairness: Fairness, *, seconds: float, whole: bool) -> bool:
        """Solve and seat; True when slots were found too few, so that asking again is worth while."""
        model = model_of(self.seats.ground, self.classes, fairness, self.crowded)
        found = solve(model.asked, seconds=seconds, gap=0.7 * GAP, whole=whole)
        if not fairness.bends:
            self.bound = min(self.bound, found.bound + model.kept)
        self.finished = self.finished and found.finished
        chosen = [pair for value, pair in zip(found.values, model.pairs, strict=False) if value > 0.5]
        new = seated(self.seats.ground, self.classes, chosen)
        least = floors(self.seats.ground, self.lot)
        reach(new.seats, least, fairness.placed)
        make_room(new.seats, least)
        if found.values and beats(new.seats, self.seats, self.lot):
            self.seats = new.seats
        fresh = [crowd for crowd in new.crowded if crowd not in self.crowded]
        self.crowded += fresh
        return bool(fresh) and bool(found.values)

    def told(self) -> Allocation:
        ceiling = _ceiling(self.seats.ground, self.classes, self.crowded)
        return told(self.seats, self.lot, bound=self.bound, ceiling=ceiling, finished=self.finished)


def _ceiling(ground: Ground, classes: Classes, crowded: list[Crowd]) -> float:
    model = model_of(ground, classes, None, crowded)
    return solve(model.asked, seconds=ENOUGH, gap=0, whole=False).bound + model.kept


def _again(ground: Ground, start: Allocation) -> Seats:
    """The seats of an answer given before, to go on from; a place no longer allowed is left out."""
    seats = Seats(ground)
    for place in start.places:
        student, offer = ground.student_at[place.student], ground.offer_at[place.offer]
        if (student, offer) in seats.pinned or not seats.left[offer] or not seats.may(student, offer):
            continue
        meant = (
            wish
            for wish in ground.wishes[student]
            if seats.at[wish] is None
            and ground.problem.wishes[wish].need == place.need
            and abs(ground.worth_of(wish, offer) - place.value) < 1e-9
        )
        wish = next(meant, None)
        if wish is not None:
            seats.take(student, offer, wish)
    return seats
