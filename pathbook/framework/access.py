"""The encounters behind the provider access duty: what each phase's cohort was offered, attended, and inside which dates."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from pathbook.framework.facts import StudentFacts, Took
from pathbook.framework.tally import PHASES, WINDOWED, windows_of
from pathbook.framework.years import AcademicYear


@dataclass(slots=True)
class Encounter:
    """One activity for one phase's cohort. `in_time`: inside the dates the law allows, for those it was offered to."""

    activity_id: str
    phase: int
    provider: str
    first_on: date
    last_on: date
    in_time: bool
    offered: set[str] = field(default_factory=set)
    attended: set[str] = field(default_factory=set)


def encounters(students: Iterable[StudentFacts], as_of: date) -> tuple[Encounter, ...]:
    """Of those now in Years 9, 11 and 13, in the two years of their phase, oldest first; what is counted for the duty."""
    found: dict[tuple[int, str, bool], Encounter] = {}
    for student in students:
        if student.year_group in WINDOWED:
            _add(student, as_of, found)
    return tuple(sorted(found.values(), key=lambda one: (one.phase, one.first_on, one.activity_id)))


def _add(student: StudentFacts, as_of: date, found: dict[tuple[int, str, bool], Encounter]) -> None:
    windows = windows_of(AcademicYear.of(as_of).start, student.year_group, tuple(student.year_groups.items()))
    for took in student.took:
        phase, last_day = windows.access.get(AcademicYear.of(took.on).start, (0, took.on))
        if phase != PHASES[student.year_group] or took.on > as_of or not _is_technical(took):
            continue
        key = (phase, took.activity.activity_id, took.on <= last_day)
        one = found.setdefault(key, Encounter(key[1], phase, took.activity.provider, took.on, took.on, key[2]))
        one.first_on, one.last_on = min(one.first_on, took.on), max(one.last_on, took.on)
        one.offered.add(student.student_id)
        if took.status == "attended":
            one.attended.add(student.student_id)


def _is_technical(took: Took) -> bool:
    return took.activity.technical and took.status != "withdrawn" and "provider_encounter" in took.activity.kinds
