"""What is known of each student, as frozen facts a benchmark can be judged from. No database, no clock.

`records.facts` builds these from rows; the tests build them by hand. Dates are days, hours are hours,
academic years are named by the year they begin (2025 is 2025/26).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """One activity, shared by all who took part. `kinds` holds its kind and everything it also is."""

    activity_id: str
    kinds: frozenset[str]
    provider_types: frozenset[str] = frozenset()
    provider: str = ""
    subject: str = ""
    meaningful: bool = False
    technical: bool = False
    rows: tuple[str, ...] = ()  # employers, workplaces, providers or lessons: where it shows in a count by kind
    hours: float = 0.0  # as offered; what a student did stands with their part in it


class Took(NamedTuple):
    """One student's part in one activity; `status` is planned, attended, absent, excused or withdrawn."""

    activity: ActivityFacts
    status: str
    on: date
    hours: float = 0.0


class Met(NamedTuple):
    """One guidance meeting; `agreed_on` is the earliest action's day, or held day for "nothing agreed"."""

    meeting_id: str
    status: str
    booked_on: date | None
    held_on: date | None
    adviser_level: int
    has_summary: bool
    agreed_on: date | None
    planned_on: date | None = None  # the day it was or is for


class Said(NamedTuple):
    """An aspiration: what pathway the student named, and when."""

    on: date
    pathway: str


@dataclass(frozen=True, slots=True)
class StudentFacts:
    """One student of the population on `as_of`, with all that may count. `year_groups`: academic year -> year."""

    student_id: str
    year_group: int
    tutor_group: str = ""
    year_groups: Mapping[int, int] = field(default_factory=dict)
    first_enrolled: date | None = None
    took: tuple[Took, ...] = ()
    met: tuple[Met, ...] = ()
    subjects: frozenset[str] = frozenset()
    aspirations: tuple[Said, ...] = ()
    intentions: tuple[date, ...] = ()
    prior_records: tuple[date, ...] = ()
    own_readings: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class LeaverFacts:
    """One who left from Year 11 or 13 last academic year, and the days a destination was recorded."""

    student_id: str
    year_group: int
    destinations: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """A school on a day: its population, last year's leavers, and meetings with students since gone."""

    students: tuple[StudentFacts, ...]
    leavers: tuple[LeaverFacts, ...] = ()
    meetings_of_departed: tuple[tuple[int, Met], ...] = ()
