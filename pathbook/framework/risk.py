"""Who may be without a place next year: signs a person should look at, each in words. No score, and no judgement.

A student is named when at least three signs come together, of their plans and of something else: that nothing is
written down of plans is what the other lists are for. None has a weight (docs/decisions/0036).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pathbook.framework.destinations import Round, days_of, round_of
from pathbook.framework.in_words import day_in_words
from pathbook.framework.years import AcademicYear

LEAVING = (11, 13)  # the years after which everybody needs a next place
ENOUGH = 3  # signs that make somebody worth asking about
ABSENT = 3  # activities missed in a year
PLANS, MEETINGS, TAKING_PART, SUPPORT = (
    "aspirations",
    "guidance",
    "activities",
    "support",
)  # parts of a record they rest on


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of one student on a day. `applied`: any application or offer; `offered`: one that stands and suits."""

    year_group: int
    decided: bool
    intended_on: date | None = None
    applied: bool = False
    offered: bool = False
    meetings_missed: int = 0
    activities_missed: int = 0
    sen: str = "N"
    looked_after: bool = False
    young_carer: bool = False


class Sign(NamedTuple):
    """One reason, and the part of the record that somebody must be allowed to read to see it."""

    words: str
    part: str


def signs_of(one: Signs, *, as_of: date) -> tuple[Sign, ...]:
    """All that is true of somebody in a leaving year, their plans first; nobody else has any."""
    if one.year_group not in LEAVING:
        return ()
    return (*(Sign(words, PLANS) for words in _plans(one, as_of)), *_others(one))


def is_prompt(signs: tuple[Sign, ...]) -> bool:
    """At least three, about the plans and about something else."""
    return len(signs) >= ENOUGH and len({sign.part == PLANS for sign in signs}) == 2


def _plans(one: Signs, as_of: date) -> Iterator[str]:
    year = AcademicYear.of(as_of)
    first, _ = days_of(year, round_of(as_of))
    if round_of(as_of) is Round.SPRING and (one.intended_on is None or one.intended_on < first):
        yield f"No intention in the spring round (since {day_in_words(first)})"
    if not one.decided:
        yield "Not decided yet, or nothing said"
    march = date(year.start + 1, 3, 1)
    if not one.offered and year.start + 1 == as_of.year and as_of >= march:
        yield f"No offer of a place by {day_in_words(march)}"
    elif not one.applied and round_of(as_of) is Round.SPRING:
        yield "No application or offer recorded"


def _others(one: Signs) -> Iterator[Sign]:
    if one.meetings_missed:
        yield Sign(f"Missed {_counted(one.meetings_missed, 'guidance meeting')} this year", MEETINGS)
    if one.activities_missed >= ABSENT:
        yield Sign(f"Absent from {_counted(one.activities_missed, 'activity', 'activities')} this year", TAKING_PART)
    if one.sen in ("E", "K"):
        yield Sign("EHC plan" if one.sen == "E" else "SEN support", SUPPORT)
    if one.looked_after:
        yield Sign("Looked after", SUPPORT)
    if one.young_carer:
        yield Sign("Young carer", SUPPORT)


def _counted(count: int, one: str, more: str = "") -> str:
    return f"{count} {one if count == 1 else more or one + 's'}"
