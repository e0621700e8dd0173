"""Why a place was given, why a need waits and what it would take: one sentence each."""

from collections.abc import Sequence

from pathbook.allocation.answer import Place, Waiting
from pathbook.allocation.seats import NO_WISH, Seats

FEW = 3  # offers named in a sentence


def places(seats: Seats) -> tuple[Place, ...]:
    return tuple(_place(seats, student, offer) for student, offer in seats.places())


def _place(seats: Seats, student: int, offer: int) -> Place:
    problem, wish = seats.ground.problem, seats.of[student][offer]
    who, pinned = problem.students[student].id, (student, offer) in seats.pinned
    kept = "Kept by hand." if pinned else ""
    if wish == NO_WISH:
        return Place(who, problem.offers[offer].id, 0.0, "", kept, pinned)
    asked = problem.wishes[wish]
    why = " ".join(part for part in (kept, asked.reason or f"Meets a need of {asked.value:.2f}.") if part)
    return Place(who, problem.offers[offer].id, seats.value(student, offer), asked.need, why, pinned)


def waiting(seats: Seats) -> tuple[Waiting, ...]:
    """Needs no place was found for, the greatest first."""
    ground = seats.ground
    unmet = [wish for wish, offer in enumerate(seats.at) if offer is None]
    unmet.sort(key=lambda wish: (-ground.value[wish], ground.problem.wishes[wish].student, wish))
    least = _Least(seats)
    return tuple(_waits(seats, wish, least) for wish in unmet)


class _Least:
    """The least need that has a place in an offer, looked up once an offer."""

    def __init__(self, seats: Seats) -> None:
        self.of = [
            min((seats.value(student, offer) for student in students), default=0.0)
            for offer, students in enumerate(seats.within)
        ]


def _waits(seats: Seats, wish: int, least: _Least) -> Waiting:
    ground = seats.ground
    student, asked = ground.wanting[wish], ground.problem.wishes[wish]
    menu = list(ground.worth[ground.menu[wish]])
    allowed = [offer for offer in menu if offer not in ground.cannot[student]]
    open_ = [offer for offer in allowed if seats.may(student, offer)]
    if not menu:
        why, needs = "Nothing on offer meets this need.", "An offer that meets it."
    elif not allowed:
        why, needs = _not_allowed(seats, student, menu)
    elif not open_:
        why = f"Already has a place at the time of {_named(seats, allowed)}."
        needs = f"{_named(seats, allowed)} at another time."
    else:
        why, needs = _full(seats, wish, open_, least), f"One more place in {_named(seats, open_)}."
    return Waiting(asked.student, asked.need, asked.value, why, needs, bool(seats.of[student]))


def _not_allowed(seats: Seats, student: int, menu: Sequence[int]) -> tuple[str, str]:
    """Each reason with the offers it keeps the student from."""
    problem = seats.ground.problem
    cannot = problem.students[student].cannot
    by_reason: dict[str, list[int]] = {}
    for offer in menu:
        by_reason.setdefault(cannot[problem.offers[offer].id], []).append(offer)
    told = [f"{_named(seats, offers)} ({reason})" for reason, offers in list(by_reason.items())[:FEW]]
    todo = next((after for reason in by_reason if (after := reason.partition(": ")[2])), "")
    if todo:
        return f"Cannot take {'; '.join(told)}.", f"{todo[:1].upper()}{todo[1:]}, or something else on offer."
    return f"Cannot take {'; '.join(told)}.", "Something else on offer, or a change in what stands in the way."


def _full(seats: Seats, wish: int, open_: Sequence[int], least: _Least) -> str:
    """Compared with the least need that has one of these places, honestly where that is less than this one."""
    lowest, mine = min(least.of[offer] for offer in open_), seats.ground.value[wish]
    what = f"Every place open to this student is taken ({_named(seats, open_)})"
    if lowest >= mine:
        return f"{what} by needs as great or greater: the least is {lowest:.2f}, this is {mine:.2f}."
    return (
        f"{what}. A place went to a need of {lowest:.2f}, below this one of {mine:.2f}, for the greatest need met in all, "
        "for a student who would have had nothing, or to keep a group near its share by lot."
    )


def _named(seats: Seats, offers: Sequence[int]) -> str:
    """A few by name; many slots only counted, since nobody reads three hundred times of day."""
    of = seats.ground.problem.offers
    slots = [offer for offer in offers if of[offer].kind == "slot"]
    counted = [f"any of {len(slots)} guidance slots"] if len(slots) > FEW else []
    named = [of[offer].name for offer in offers if not counted or of[offer].kind != "slot"]
    names = [*counted, *named[:FEW]]
    if len(named) > FEW:
        return f"{', '.join(names)} and {len(named) - FEW} more"
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
