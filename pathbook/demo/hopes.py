"""What each student at Northbridge hopes for, year by year: most keep to it, some change, some have not decided."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from pathbook.demo.roll import Person, Roll, Spell
from pathbook.demo.wishes import NOT_YET, WISHES, Wish

PATHWAYS = {  # how often each is said, by stage
    "options": (("undecided", 40), ("sixth_form", 30), ("fe_college", 14), ("apprenticeship", 12), ("university", 4)),
    "next": (("sixth_form", 45), ("fe_college", 20), ("apprenticeship", 14), ("t_level", 10), ("undecided", 11)),
    "after_18": (("university", 58), ("apprenticeship", 16), ("employment", 12), ("fe_college", 5), ("undecided", 9)),
}
KEEPS_PATHWAY, KEEPS_WISH = 0.8, 0.72
UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Aim:
    """What one student wants on a day; no wish: not decided yet."""

    wish: Wish | None
    pathway: str
    certainty: int


@dataclass(slots=True)
class Said:
    """An aim as it was said: when, in which words, and in which meeting if it was in one."""

    on: date
    aim: Aim
    words: str
    meeting: str = ""  # its key


@dataclass(slots=True)
class Hopes:
    """Everyone's aims by the day, by person number; what is not written down is known to nobody but the demo."""

    said: dict[int, list[Said]] = field(default_factory=lambda: defaultdict(list))
    written: list[tuple[int, Said]] = field(default_factory=list)

    def on(self, person: Person, day: date) -> Aim:
        """The aim last said by the day, or the first one."""
        lines = self.said[person.number]
        return lines[max(0, bisect_right(lines, day, key=lambda one: one.on) - 1)].aim

    def say(self, person: Person, said: Said, *, written: bool) -> None:
        self.said[person.number].append(said)
        self.said[person.number].sort(key=lambda one: one.on)
        if written:
            self.written.append((person.number, said))


def stage_of(year_group: int) -> str:
    return "options" if year_group <= 9 else "next" if year_group <= 11 else "after_18"


def hope_each_autumn(rng: Random, roll: Roll, hopes: Hopes, year: int) -> None:
    """Everyone is asked in the autumn; four in five answer."""
    for person, spell in roll.here(year):
        day = max(spell.start, date(year, 9, 20)) + timedelta(days=rng.randrange(60))
        before = hopes.on(person, day) if hopes.said[person.number] else None
        aim = _next_aim(rng, before, spell)
        hopes.say(person, Said(day, aim, in_their_words(rng, aim)), written=rng.random() < 0.8)


def in_their_words(rng: Random, aim: Aim) -> str:
    return rng.choice(aim.wish.said if aim.wish else NOT_YET)


def _next_aim(rng: Random, before: Aim | None, spell: Spell) -> Aim:
    stage = stage_of(spell.year_group)
    if before is None or rng.random() > KEEPS_WISH:
        wish = rng.choice(WISHES) if rng.random() > (0.3 if stage == "options" else 0.1) else None
        return Aim(wish, a_pathway(rng, wish, stage), rng.choice((1, 2, 2, 3)) if wish else 1)
    known = before.pathway in {name for name, _ in PATHWAYS[stage]}
    pathway = before.pathway if known and rng.random() < KEEPS_PATHWAY else a_pathway(rng, before.wish, stage)
    return Aim(before.wish, pathway, min(5, before.certainty + rng.choice((0, 1, 1))))


def a_pathway(rng: Random, wish: Wish | None, stage: str) -> str:
    """One that leads to the wish; who has no wish has mostly not decided on a pathway either."""
    if wish is None and rng.random() < 0.7:
        return UNDECIDED
    ways = [(name, often) for name, often in PATHWAYS[stage] if _leads(wish, name)]
    return rng.choices([name for name, _ in ways], [often for _, often in ways])[0]


def _leads(wish: Wish | None, pathway: str) -> bool:
    if wish is None:
        return pathway not in ("t_level", "apprenticeship")
    needs = {"sixth_form": wish.degree, "university": wish.degree, "fe_college": wish.course, "t_level": wish.t_level,
             "apprenticeship": wish.apprenticeship, "employment": wish.apprenticeship}  # fmt: skip
    return bool(needs.get(pathway, "yes"))


def talked_over(rng: Random, aim: Aim, spell: Spell) -> Aim:
    """What is left of an aim at the end of a meeting: surer, on another pathway, something new, or found at last."""
    stage, luck = stage_of(spell.year_group), rng.random()
    if (aim.wish is None and luck < 0.55) or luck > 0.9:
        wish = rng.choice(WISHES)
        return Aim(wish, a_pathway(rng, wish, stage), 2)
    if luck > 0.72:
        return replace(aim, pathway=a_pathway(rng, aim.wish, stage))
    return replace(aim, certainty=min(5, aim.certainty + 1))
