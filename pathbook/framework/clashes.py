"""What stands in the way of an activity: exams of its year groups, and other things its students are down for that day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Exams:
    """Days on which these year groups sit exams."""

    first: date
    last: date
    years: frozenset[int]
    why: str


@dataclass(frozen=True, slots=True)
class Held:
    """Something on some days, and who is down for it (student -> year group). `long`: it takes them away for the day."""

    key: str
    title: str
    first: date
    last: date
    students: dict[int, int]
    long: bool = False
    stale: bool = False  # a list of names that its rule has filled, and would fill otherwise today


@dataclass(frozen=True, slots=True)
class Clash:
    """`how_many` students of one activity cannot be at both. `key`: of the other activity, "" for exams."""

    on: date
    title: str
    how_many: int
    key: str = ""


def clashes_of(one: Held, others: Iterable[Held], exams: Iterable[Exams]) -> tuple[Clash, ...]:
    """In the order of days. Two short things on one day can both be met: one of the two has to take the day."""
    found = [_with_exams(one, sat) for sat in exams] + [_with(one, other) for other in others]
    return tuple(sorted((clash for clash in found if clash), key=lambda clash: (clash.on, clash.title)))


def all_clashes(held: Sequence[Held], exams: Sequence[Exams]) -> dict[str, tuple[Clash, ...]]:
    """By the key of the activity."""
    by_day = sorted(held, key=lambda one: one.first)
    return {one.key: clashes_of(one, _near(one, by_day), exams) for one in held}


def _near(one: Held, by_day: Sequence[Held]) -> Iterable[Held]:
    return (other for other in by_day if other.first <= one.last and other.last >= one.first)


def _with(one: Held, other: Held) -> Clash | None:
    if one.key == other.key or not (one.long or other.long) or other.first > one.last or other.last < one.first:
        return None
    both = len(one.students.keys() & other.students.keys())
    return Clash(max(one.first, other.first), other.title, both, other.key) if both else None


def _with_exams(one: Held, sat: Exams) -> Clash | None:
    if sat.first > one.last or sat.last < one.first:
        return None
    sitting = sum(year in sat.years for year in one.students.values())
    return Clash(max(one.first, sat.first), sat.why, sitting) if sitting else None
