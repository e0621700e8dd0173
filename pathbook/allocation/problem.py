"""The question put to the allocation: what is offered, who wishes for what, what stands already, how fair it must be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite
from typing import Literal

Kind = Literal["activity", "slot"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A guidance slot, or an activity with so many places. `title` is how a sentence names it."""

    id: str
    kind: Kind
    start: datetime
    end: datetime
    capacity: int = 1
    title: str = ""

    @property
    def name(self) -> str:
        return self.title or self.id


@dataclass(frozen=True, slots=True)
class Menu:
    """The offers that would meet one sort of need. `worth`: offer id to the part of the need it meets, above 0 to 1.

    Hundreds of students share one menu, so 380 slots for 1,500 students are one menu and 1,500 wishes.
    """

    id: str
    worth: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Student:
    """`groups` are those held to fairness. `cannot`: offer id to why not (no consent, own timetable, not eligible).

    A reason may end with what a person can do about it, after a colon: "consent not yet given: ask home".
    """

    id: str
    groups: frozenset[str] = frozenset()
    cannot: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wish:
    """One need, met by one place from its menu. Two meetings needed are two wishes, the second worth less."""

    student: str
    need: str
    value: float
    menu: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Pin:
    """A place a person has decided on: it stands."""

    student: str
    offer: str


@dataclass(frozen=True, slots=True)
class Problem:
    """`limit`: how far below its share by lot a group may fall (0.05 is five hundredths of its need; 1 turns it off).

    `draw` names the hat: another name (a term, say) breaks ties between equal needs in another order.
    """

    offers: tuple[Offer, ...]
    menus: tuple[Menu, ...]
    students: tuple[Student, ...]
    wishes: tuple[Wish, ...]
    pins: tuple[Pin, ...] = ()
    limit: float = 0.05
    draw: str = ""

    def __post_init__(self) -> None:
        for what, ids in (
            ("offer", [one.id for one in self.offers]),
            ("menu", [one.id for one in self.menus]),
            ("student", [one.id for one in self.students]),
        ):
            _refuse(f"two of one {what}", (id for id, count in _counted(ids).items() if count > 1))
        _refuse("an offer that ends before it starts", (one.id for one in self.offers if one.end <= one.start))
        _refuse("an offer of fewer than no places", (one.id for one in self.offers if one.capacity < 0))
        _refuse(
            "a wish of no value", (one.student for one in self.wishes if not (isfinite(one.value) and one.value > 0))
        )
        parts = ((menu.id, part) for menu in self.menus for part in menu.worth.values())
        _refuse("a worth outside 0 to 1", (id for id, part in parts if not 0 < part <= 1))
        students, menus, offers = ({one.id for one in of} for of in (self.students, self.menus, self.offers))
        _refuse("a wish of nobody", (one.student for one in self.wishes if one.student not in students))
        _refuse("a wish with no menu", (one.menu for one in self.wishes if one.menu not in menus))
        _refuse("a menu with no such offer", (id for menu in self.menus for id in menu.worth if id not in offers))
        if not 0 <= self.limit <= 1:
            raise ValueError("The limit of unfairness is a share from 0 to 1.")


def _counted(ids: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for id in ids:
        counts[id] = counts.get(id, 0) + 1
    return counts


def _refuse(what: str, which: Iterable[str]) -> None:
    first = next(iter(which), None)
    if first is not None:
        raise ValueError(f"The allocation was asked with {what}: {first}.")
