"""From a guidance meeting to something that happened: how many meetings got each step further.

Each figure is a share of meetings held this academic year by the day asked about, and says what it is a share of.
"""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from pathbook.framework.shares import Share
from pathbook.framework.years import AcademicYear

DAYS_TO_READ = 14


@dataclass(frozen=True, slots=True)
class Agreed:
    """One action agreed in a meeting. `outcome` is done, not_needed, carried_on, or empty while it is open.

    `proved`: evidence is linked. It has no day of its own: it counts from the day the action was closed.
    """

    agreed_on: date
    closed_on: date | None
    outcome: str
    proved: bool

    def done_by(self, as_of: date) -> bool:
        return self.outcome == "done" and self.closed_on is not None and self.closed_on <= as_of


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """One meeting held, with what became of it.

    `tutor_reads`: days a form tutor opened the student's record. `confirmed_on`: the day the student said that what was
    agreed happened; None where they said nothing, or that it did not.
    """

    meeting_id: str
    student_id: str
    held_on: date
    adviser: str
    year_group: int
    tutor_group: str
    has_summary: bool
    agreed: tuple[Agreed, ...] = ()
    tutor_reads: tuple[date, ...] = ()
    confirmed_on: date | None = None

    def agreed_by(self, as_of: date) -> tuple[Agreed, ...]:
        return tuple(one for one in self.agreed if one.agreed_on <= as_of)

    def was_acted_on(self, as_of: date) -> bool:
        return any(one.done_by(as_of) for one in self.agreed)

    def was_confirmed(self, as_of: date) -> bool:
        return self.confirmed_on is not None and self.confirmed_on <= as_of

    def was_read_in_time(self, as_of: date) -> bool:
        last = min(self.held_on + timedelta(days=DAYS_TO_READ), as_of)
        return any(self.held_on <= day <= last for day in self.tutor_reads)


@dataclass(frozen=True, slots=True)
class Step:
    """One figure of the loop: `among` says what it is a share of."""

    id: str
    label: str
    among: str
    counts: Callable[[MeetingFacts, date], bool]
    includes: Callable[[MeetingFacts, date], bool] = lambda meeting, as_of: True


def _has_agreed(meeting: MeetingFacts, as_of: date) -> bool:
    return bool(meeting.agreed_by(as_of))


def _proved(meeting: MeetingFacts, as_of: date) -> bool:
    return any(one.done_by(as_of) and one.proved for one in meeting.agreed)


def _long_enough_ago(meeting: MeetingFacts, as_of: date) -> bool:
    return meeting.has_summary and meeting.held_on + timedelta(days=DAYS_TO_READ) <= as_of


STEPS = (
    Step("loop.summary", "Written up", "meetings held", lambda meeting, _: meeting.has_summary),
    Step("loop.agreed", "An action agreed", "meetings held", _has_agreed),
    Step("loop.closed", "An action done", "meetings with an action agreed",
         lambda meeting, as_of: meeting.was_acted_on(as_of), _has_agreed),
    Step("loop.proved", "Done, with evidence", "meetings with an action agreed", _proved, _has_agreed),
    Step("use.read14", "Read by the tutor within 14 days", "meetings written up, 14 days ago or more",
         lambda meeting, as_of: meeting.was_read_in_time(as_of), _long_enough_ago),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """One step counted."""

    step: Step
    share: Share


@dataclass(frozen=True, slots=True)
class Loop:
    """The steps in order; and how long it takes, in days, where it has happened."""

    figures: tuple[Figure, ...]
    days_to_done: float | None
    days_to_read: float | None

    def share(self, step: str) -> Share:
        return next(figure.share for figure in self.figures if figure.step.id == step)


def loop_of(meetings: Iterable[MeetingFacts], as_of: date) -> Loop:
    """Meetings held in the academic year of `as_of`, by then, counted through the steps."""
    held = held_in_the_year(meetings, as_of)
    figures = tuple(Figure(step, _share(step, held, as_of)) for step in STEPS)
    return Loop(figures, _middle(_days_to_done(held, as_of)), _middle(_days_to_read(held, as_of)))


def held_in_the_year(meetings: Iterable[MeetingFacts], as_of: date) -> list[MeetingFacts]:
    first = AcademicYear.of(as_of).first_day
    return [meeting for meeting in meetings if first <= meeting.held_on <= as_of]


def _share(step: Step, held: Sequence[MeetingFacts], as_of: date) -> Share:
    among = [meeting for meeting in held if step.includes(meeting, as_of)]
    return Share(sum(step.counts(meeting, as_of) for meeting in among), len(among))


def _days_to_done(held: Iterable[MeetingFacts], as_of: date) -> list[int]:
    """From each meeting to the first of its actions done."""
    firsts = [
        min((one.closed_on for one in meeting.agreed if one.done_by(as_of) and one.closed_on), default=None)
        for meeting in held
    ]
    return [(first - meeting.held_on).days for meeting, first in zip(held, firsts, strict=True) if first]


def _days_to_read(held: Iterable[MeetingFacts], as_of: date) -> list[int]:
    firsts = [
        min((day for day in meeting.tutor_reads if meeting.held_on <= day <= as_of), default=None) for meeting in held
    ]
    return [(first - meeting.held_on).days for meeting, first in zip(held, firsts, strict=True) if first]


def _middle(days: list[int]) -> float | None:
    return float(median(days)) if days else None


@dataclass(frozen=True, slots=True)
class Gap:
    """A school's own Benchmark 8 against 3: Year 11s who had guidance, those whose guidance was acted on, and between."""

    had: Share
    acted_on: Share

    @property
    def points(self) -> int | None:
        """Percentage points, of whole percentages as shown, so that anyone can subtract them."""
        if self.had.percent is None or self.acted_on.percent is None:
            return None
        return self.had.percent - self.acted_on.percent


def gap_of(had: Share, year_11: Iterable[str], acted_on: AbstractSet[str]) -> Gap:
    """`had`: GB8.1a's share. `year_11`: ids of its students. `acted_on`: ids of everyone for whom something was done."""
    students = set(year_11)
    return Gap(had, Share(len(students & acted_on), len(students)))
