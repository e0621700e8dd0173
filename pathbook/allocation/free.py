"""Taking what is free: a wish gets the best place left on its menu."""

from dataclasses import dataclass, field

from pathbook.allocation.seats import Seats


@dataclass
class Free:
    """Places may be taken while this stands, never given up: a full offer is not looked at again."""

    seats: Seats
    left: dict[int, list[int]] = field(default_factory=dict)  # menu -> offers, the full ones dropped as they are met

    def meet(self, wish: int) -> bool:
        """Give the wish its best free place, if its student may have one."""
        ground, seats = self.seats.ground, self.seats
        if seats.at[wish] is not None:
            return False
        student, menu = ground.wanting[wish], ground.menu[wish]
        offers = self.left.setdefault(menu, list(ground.worth[menu]))
        if offers and not seats.left[offers[0]]:
            offers = self.left[menu] = [offer for offer in offers if seats.left[offer]]
        for offer in offers:
            if seats.left[offer] and seats.may(student, offer):
                seats.take(student, offer, wish)
                return True
        return False

    def meet_first(self) -> None:
        """One place for those who have none, the worst off first."""
        for student in self.seats.ground.order:
            if not self.seats.of[student]:
                any(self.meet(wish) for wish in self.seats.ground.wishes[student])

    def meet_rest(self) -> None:
        """Every wish not met yet, the greatest first; equals in the order of the hat."""
        ground = self.seats.ground
        turn = {student: at for at, student in enumerate(ground.order)}
        for wish in sorted(range(len(ground.value)), key=lambda at: (-ground.value[at], turn[ground.wanting[at]], at)):
            self.meet(wish)
