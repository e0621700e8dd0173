"""What the programme still holds, and which part of it a student could join to meet a need."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pathbook.framework.in_words import day_in_words
from pathbook.framework.needs.facts import Known
from pathbook.framework.schooldays import SchoolDays

MEETING = "guidance_meeting"


@dataclass(frozen=True, slots=True)
class Coming:
    """An activity that has not begun. `years`: year groups already invited, empty when nobody is; `left`: places, None for no limit.

    A free guidance slot may stand here too: its kind is a meeting, and `level` the adviser's.
    """

    id: str
    title: str
    on: date
    kinds: frozenset[str]
    provider_types: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    subject: str = ""
    technical: bool = False
    years: frozenset[int] = frozenset()
    left: int | None = None
    level: int = 0

    def invites(self, year_group: int) -> bool:
        return not self.years or year_group in self.years

    def is_open_to(self, year_group: int) -> bool:
        return self.invites(year_group) and (self.left is None or self.left > 0)


@dataclass(frozen=True, slots=True)
class HeldForGroup:
    """Something most of a tutor group attended this year."""

    id: str
    title: str
    on: date
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an activity (or a meeting) would have to be: any of `kinds`, and each further thing that is said."""

    kinds: frozenset[str]
    provider_type: str = ""
    sector: str = ""
    subjects: frozenset[str] = frozenset()
    technical: bool = False
    level: int = 0

    def fits(self, one: Coming) -> bool:
        return (
            bool(self.kinds & one.kinds)
            and (not self.provider_type or self.provider_type in one.provider_types)
            and (not self.sector or self.sector in one.sectors)
            and (not self.subjects or one.subject in self.subjects)
            and (one.technical or not self.technical)
            and one.level >= self.level
        )


A_MEETING = Wanted(frozenset({MEETING}))


@dataclass(frozen=True, slots=True)
class Programme:
    """`titles` and `sectors` are of every activity, by id; `held`: by tutor group; `days`: when the school is open.

    `free`: guidance slots nobody has taken, the next first.
    """

    coming: tuple[Coming, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    sectors: Mapping[str, frozenset[str]] = field(default_factory=dict)
    held: Mapping[str, tuple[HeldForGroup, ...]] = field(default_factory=dict)
    days: SchoolDays = field(default_factory=SchoolDays)
    free: tuple[Coming, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: `booked` when the student is already down for it; `activity` its id, if it is one."""

    words: str
    activity: str = ""
    booked: bool = False


@dataclass(slots=True)
class Shelf:
    """Finds the soonest fitting activity; remembers what fits what, because a school asks for few different things."""

    programme: Programme
    fitting: dict[Wanted, tuple[Coming, ...]] = field(default_factory=dict)

    def step(self, who: Known, wanted: Wanted | None, otherwise: str, by: date) -> Step:
        """What they are booked on already, else the soonest they could join by the day, else what to do instead."""
        if wanted is None:
            return Step(otherwise)
        if MEETING in wanted.kinds:
            return self._meeting(wanted, otherwise)
        fits = self._fitting(wanted)
        booked = next((one for one in fits if one.id in who.planned), None)
        if booked is not None:
            return Step(f"Already down for {booked.title} on {said(booked.on)}.", booked.id, booked=True)
        joinable = (one for one in fits if one.id not in who.asked and one.is_open_to(who.year_group))
        for one in joinable:
            if one.on <= by:
                return Step(f"Join {one.title} on {said(one.on)}{_places(one)}.", one.id)
        return Step(otherwise)

    def _meeting(self, wanted: Wanted, otherwise: str) -> Step:
        """What to do, with the day of the next free slot where there is one; the day it is due may be past already."""
        free = next((one for one in self.programme.free if wanted.fits(one)), None)
        return Step(f"{otherwise.removesuffix('.')}: the next free slot is on {said(free.on)}." if free else otherwise)

    def _fitting(self, wanted: Wanted) -> tuple[Coming, ...]:
        if wanted not in self.fitting:
            fits = sorted((one for one in self.programme.coming if wanted.fits(one)), key=lambda one: (one.on, one.id))
            self.fitting[wanted] = tuple(fits)
        return self.fitting[wanted]


def _places(one: Coming) -> str:
    if one.left is None:
        return ""
    return f", {one.left} place{'' if one.left == 1 else 's'} left"


def said(day: date) -> str:
    """5 Mar 2026."""
    return day_in_words(day)
