"""What the figures of use are counted from: who is here, what was agreed, who signed in, what was seen in lessons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pathbook.framework.loop import MeetingFacts
from pathbook.framework.years import AcademicYear

DAYS_LATELY = 42  # signed in lately: about half a term
NOT_STAFF = frozenset({"governor", "trust_lead"})  # roles of people who look on and are trained by others


@dataclass(frozen=True, slots=True)
class Spell:
    """A main enrolment: from, to (None while it runs), and where."""

    student: int
    academic_year: int
    starts: date
    ends: date | None
    year_group: int
    tutor_group: str

    def covers(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """One action agreed: whose, by when, and the day it was closed."""

    student: int
    agreed_on: date
    due_on: date
    closed_on: date | None

    def is_open(self, day: date) -> bool:
        return self.agreed_on <= day and (self.closed_on is None or self.closed_on > day)


@dataclass(frozen=True, slots=True)
class StaffFacts:
    """One member of staff: their account (None without one), roles held as (role, from, to), days signed in."""

    account: int | None
    known_from: date | None
    known_to: date | None
    roles: tuple[tuple[str, date, date | None], ...] = ()
    signed_in: tuple[date, ...] = ()
    trained: tuple[date, ...] = ()

    def roles_on(self, day: date) -> tuple[str, ...]:
        return tuple(role for role, start, end in self.roles if start <= day and (end is None or end >= day))

    def is_known(self, day: date) -> bool:
        begun = self.known_from is None or self.known_from <= day
        return begun and (self.known_to is None or self.known_to >= day)

    def works_here(self, day: date) -> bool:
        return self.is_known(day) or bool(set(self.roles_on(day)) - NOT_STAFF)

    def was_trained(self, day: date) -> bool:
        return any(two_years_before(day) <= came <= day for came in self.trained)

    def came_lately(self, day: date) -> bool:
        return any(day - timedelta(days=DAYS_LATELY) <= came <= day for came in self.signed_in)


def two_years_before(day: date) -> date:
    """Training counts for 24 months; of 29 February the 28th."""
    return date(day.year - 2, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


@dataclass(frozen=True, slots=True)
class LookFacts:
    """One thing looked for in one book, lesson, room or conversation, and whether it was seen; partly is not."""

    day: date
    seen: bool
    subject: str
    year_group: int


First = Mapping[tuple[int, int], date]  # (student, academic year) -> the first day it was so


@dataclass(frozen=True, slots=True)
class UseFacts:
    """Everything the figures are counted from, for all the days of the years read."""

    spells: tuple[Spell, ...]
    first: Mapping[str, First]
    meetings: tuple[MeetingFacts, ...]
    actions: tuple[ActionFacts, ...]
    staff: tuple[StaffFacts, ...]
    looks: tuple[LookFacts, ...] = ()

    def here(self, day: date) -> list[Spell]:
        """The population of a day, each student once."""
        year = AcademicYear.of(day).start
        covering = (spell for spell in self.spells if spell.academic_year == year and spell.covers(day))
        return list({spell.student: spell for spell in covering}.values())
