"""What the rules know of a student beyond what the benchmarks judge, and what the programme holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from pathbook.framework.facts import StudentFacts, Took
from pathbook.framework.judge import Judged


class Circumstances(NamedTuple):
    """How the school's roll describes a student this year; `sen` is N, K or E."""

    sen: str = "N"
    looked_after: bool = False
    eal: bool = False
    young_carer: bool = False
    free_meals: bool = False


class OpenAction(NamedTuple):
    """An action agreed and not closed; `owner` in words."""

    id: str
    what: str
    owner: str
    due: date


class Hope(NamedTuple):
    """The latest aspiration said by the day asked about."""

    id: str
    on: date
    pathway: str = ""
    sector: str = ""


class OpenBarrier(NamedTuple):
    """Something in the way, not yet eased; `by` the day it should be, if one was set."""

    id: str
    kind: str
    since: date
    by: date | None = None


class NextReview(NamedTuple):
    """The next annual review of an EHC plan."""

    id: str
    on: date


class SaidUnsure(NamedTuple):
    """The latest answer, under their name this school year, to whether they know their next step: they do not."""

    id: str
    on: date


class Offer(NamedTuple):
    """An offer of a place for after this year: still standing, or not."""

    id: str
    stands: bool


@dataclass(frozen=True, slots=True)
class NeedFacts:
    """One student: what the benchmarks know and judged, and what else the rules ask.

    `planned_on`: the day each meeting that was not held was for, by meeting; `settled`: those missed that need no next one,
    with a reason written down.
    """

    student: StudentFacts
    judged: Judged
    circumstances: Circumstances = field(default_factory=Circumstances)
    planned_on: Mapping[str, date] = field(default_factory=dict)
    settled: frozenset[str] = frozenset()
    actions: tuple[OpenAction, ...] = ()
    hope: Hope | None = None
    barriers: tuple[OpenBarrier, ...] = ()
    review: NextReview | None = None
    offers: tuple[Offer, ...] = ()
    unsure: SaidUnsure | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A student's facts with their participations told apart once, for all rules."""

    facts: NeedFacts
    attended: tuple[Took, ...]
    missed: tuple[Took, ...]
    planned: frozenset[str]
    asked: frozenset[str]  # every activity with any participation of theirs, by id

    @property
    def year_group(self) -> int:
        return self.facts.student.year_group


def known(facts: NeedFacts, as_of: date) -> Known:
    took = facts.student.took
    return Known(
        facts,
        tuple(one for one in took if one.status == "attended" and one.on <= as_of),
        tuple(one for one in took if one.status in ("absent", "excused") and one.on <= as_of),
        frozenset(one.activity.activity_id for one in took if one.status == "planned" and one.on >= as_of),
        frozenset(one.activity.activity_id for one in took),
    )
