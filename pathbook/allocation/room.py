"""Who makes room for whom when a group is below its floor."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pathbook.allocation.fairness import HAIR, bands, placed_by_band
from pathbook.allocation.seats import NO_WISH, Seats

NO_GROUP = -1
_Giver = tuple[int, float]  # keeps another place (1) or not (0); what is lost, below 0
_Move = tuple[tuple[int, float, float], int, int, int, int]


def make_room(seats: Seats, floor: list[float]) -> None:
    """While a group is short, one of its students takes the place that costs least, from no group that would fall short.

    Ends when no group is short or no such place is left: each turn lowers what is short, so it always ends.
    """
    room = _Room(seats, floor, seats.met())
    while move := room.best():
        room.make(*move)


def reach(seats: Seats, floor: list[float], placed: Sequence[int]) -> None:
    """While fewer of the worst off have a place than `placed` asks, one of them takes it from someone who keeps another."""
    room = _Room(seats, floor, seats.met())
    asked = room.asked(NO_GROUP)
    of = bands(seats.ground)
    lack = [least - has for least, has in zip(placed, placed_by_band(seats), strict=True)]
    for student in seats.ground.order:
        if not seats.of[student] and max(lack[of[student] :], default=0) > 0 and room.reach(student, asked):
            lack[of[student] :] = [one - 1 for one in lack[of[student] :]]
            asked = room.asked(NO_GROUP)


@dataclass
class _Room:
    seats: Seats
    floor: list[float]
    met: list[float]
    stuck: set[int] = field(default_factory=set)  # groups nobody can make room for

    def best(self) -> tuple[int, int, int, int] | None:
        """(who gives up, the offer, who takes it, the wish): for the group furthest below its floor that can be helped."""
        short = [(floor - met, group) for group, (floor, met) in enumerate(zip(self.floor, self.met, strict=True))]
        for _, group in sorted((-lack, group) for lack, group in short if lack > HAIR):
            if group in self.stuck:
                continue
            move = max(self._moves(group), default=None)
            if move is not None:
                return move[1:]
            self.stuck.add(group)
        return None

    def make(self, giver: int, offer: int, taker: int, wish: int) -> None:
        self._count(giver, -self.seats.value(giver, offer))
        self.seats.give_up(giver, offer)
        self.seats.take(taker, offer, wish)
        self._count(taker, self.seats.value(taker, offer))

    def reach(self, student: int, asked: list[tuple[_Giver, int, int]]) -> bool:
        ground = self.seats.ground
        for (keeps, _), offer, giver in asked:
            if keeps and self.seats.may(student, offer):
                wish = max(ground.wishes[student], key=lambda wish: ground.worth_of(wish, offer), default=NO_WISH)
                if wish != NO_WISH and ground.worth_of(wish, offer):
                    self.make(giver, offer, student, wish)
                    return True
        return False

    def _count(self, student: int, value: float) -> None:
        for group in self.seats.ground.member[student]:
            self.met[group] += value

    def _moves(self, group: int) -> Iterator[_Move]:
        """Each wish of the group with the first place it could have; the best move is the greatest."""
        ground = self.seats.ground
        asked = self.asked(group)
        order: dict[int, list[tuple[_Giver, int, int]]] = {}
        for taker, wish in self._open(group):
            menu = ground.menu[wish]
            if menu not in order:
                order[menu] = [one for one in asked if one[1] in ground.worth[menu]]
            for (keeps, lost), offer, giver in order[menu]:
                if self.seats.may(taker, offer):
                    yield (
                        (keeps, ground.worth_of(wish, offer) + lost, ground.severity[taker]),
                        giver,
                        offer,
                        taker,
                        wish,
                    )
                    break

    def _open(self, group: int) -> Iterator[tuple[int, int]]:
        ground = self.seats.ground
        members = (student for student, groups in enumerate(ground.member) if group in groups)
        return ((one, wish) for one in members for wish in ground.wishes[one] if self.seats.at[wish] is None)

    def asked(self, group: int) -> list[tuple[_Giver, int, int]]:
        """For each offer the one to ask first; those who keep another place before those left with none, then least need."""
        found = []
        for offer, students in enumerate(self.seats.within):
            givers = [
                (self._giver(student, offer), offer, student)
                for student in students
                if self._spares(student, offer, group)
            ]
            if givers:
                found.append(max(givers))
        return sorted(found, reverse=True)

    def _spares(self, student: int, offer: int, group: int) -> bool:
        mine = self.seats.ground.member[student]
        if group in mine or (student, offer) in self.seats.pinned:
            return False
        value = self.seats.value(student, offer)
        return all(self.met[one] - value >= self.floor[one] for one in mine)

    def _giver(self, student: int, offer: int) -> _Giver:
        others = any(wish != NO_WISH for at, wish in self.seats.of[student].items() if at != offer)
        return int(others), -self.seats.value(student, offer)
