"""A year of guidance meetings at Northbridge as it will have been by its end: who sits in which slot, and what comes of it.

Planned for the whole year whatever the day; `guidance.py` writes down as much of it as has happened.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pathbook.demo.roll import Person, Roll, Spell
from pathbook.records.models import GuidanceSlot
from pathbook.records.queries.slots import day_of

# how often a year group is offered a meeting in that year, beside the others
OFFERED = {7: 0.0, 8: 0.04, 9: 0.18, 10: 0.45, 11: 0.85, 12: 0.35, 13: 0.8}
BEFORE = {13: 0, 11: 25, 10: 130, 9: 90, 12: 170, 8: 200}  # days into the year its meetings begin, about
HELD = 0.9  # 342 of 380
WHAT_BECAME = ("next", "neither", "next", "reason", "next", "next")  # of the missed, in turn
SECOND_MEETING, MOVED, CANCELLED_FIRST = 0.07, 0.06, 0.05
SETTLED = timedelta(days=7)  # nobody is met in their first week
Entry = tuple[Person, Spell]


@dataclass(eq=False, slots=True)
class Sitting:
    """One slot filled. `after` is the sitting it follows: one that was missed, or a first meeting."""

    slot: GuidanceSlot
    day: date
    person: Person
    spell: Spell
    held: bool
    became: str = ""
    after: "Sitting | None" = None
    moved: bool = False
    gave_up: Entry | None = None  # who had booked this slot first and cancelled


@dataclass(slots=True)
class Queue:
    """Who is still to be met: those with a day to be seen again first, then the others in order."""

    again: list[tuple[date, Sitting]]
    waiting: list[Entry]

    def take(self, day: date, *, unsteady: bool) -> tuple[Entry, Sitting | None] | None:
        for ready, before in self.again:
            if ready <= day and not unsteady:
                self.again.remove((ready, before))
                return (before.person, before.spell), before
        can_come = [one for one in self.waiting if one[1].start + SETTLED <= day][:12]
        if not can_come:
            return None
        one = min(can_come, key=lambda entry: entry[0].steadiness) if unsteady else can_come[0]
        self.waiting.remove(one)
        return one, None


def year_of_meetings(rng: Random, roll: Roll, year: int, slots: Sequence[GuidanceSlot]) -> list[Sitting]:
    """Every sitting of the year, in the order of its slots; nine in ten are held."""
    queue = Queue([], _asked(rng, roll, year, len(slots)))
    missed = set(rng.sample(range(len(slots)), len(slots) - round(len(slots) * HELD)))
    turns = _turns()
    sittings = []
    for n, slot in enumerate(slots):
        day = day_of(slot)
        found = queue.take(day, unsteady=n in missed) or queue.take(day, unsteady=False)
        if found:
            sittings.append(_sit(rng, slot, day, found, n not in missed, turns, queue))
    for _, before in queue.again:
        if before.became == "next":
            before.became = "reason"
    return sittings


def _turns() -> Iterator[str]:
    while True:
        yield from WHAT_BECAME


def _sit(
    rng: Random, slot: GuidanceSlot, day: date, found: tuple[Entry, Sitting | None], held: bool, turns: Iterator[str],
    queue: Queue,
) -> Sitting:  # fmt: skip
    (person, spell), before = found
    sitting = Sitting(slot, day, person, spell, held, "" if held else next(turns), before, rng.random() < MOVED)
    if sitting.became == "next":
        queue.again.append((day + timedelta(days=2), sitting))
    elif held and not before and rng.random() < SECOND_MEETING:
        queue.again.append((day + timedelta(days=rng.randrange(35, 70)), sitting))
    if rng.random() < CANCELLED_FIRST:
        sitting.gave_up = next((one for one in queue.waiting[3:] if one[1].start + SETTLED <= day), None)
    return sitting


def _asked(rng: Random, roll: Roll, year: int, how_many: int) -> list[Entry]:
    """Drawn by how often their year group is offered one; guests have theirs at the school whose roll they are on."""
    drawn = [(rng.expovariate(1) / chance, *entry) for entry in roll.here(year) if (chance := _chance(*entry)) > 0]
    chosen = sorted(drawn, key=lambda one: one[0])[:how_many]
    placed = [(BEFORE[spell.year_group] + rng.random() * 150, person, spell) for _, person, spell in chosen]
    return [(person, spell) for _, person, spell in sorted(placed, key=lambda one: one[0])]


def _chance(person: Person, spell: Spell) -> float:
    if spell.registration != "main":
        return 0
    with_a_plan = 2.0 if "ehcp" in person.flags and spell.year_group >= 9 else 1.0
    return OFFERED[spell.year_group] * with_a_plan * (0.65 if spell.form.endswith(("C", "E")) else 1.1)
