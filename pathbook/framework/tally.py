"""One pass over what a student has done, counted into the windows the benchmarks ask about.

The windows follow the student's own year-group history: someone who repeats Year 9, or arrived in Year 10,
has the key stages they really had.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import lru_cache
from operator import attrgetter

from pathbook.framework.facts import Met, StudentFacts, Took
from pathbook.framework.kinds import STEM_SUBJECTS
from pathbook.framework.years import (
    KEY_STAGES,
    AcademicYear,
    first_day_after_16,
    key_stage,
    provider_window_closes,
    year_group_in,
)

HOURS_IN_A_DAY = 5
QUALIFIED_LEVEL = 6  # "trained to an appropriate level", as the profession reads it
PHASES = {8: 1, 9: 1, 10: 2, 11: 2, 12: 3, 13: 3}  # of the provider access duty
WINDOWED = (9, 11, 13)  # year groups in which the duty's window closes at the end of February


@dataclass(frozen=True, slots=True)
class Windows:
    """The stretches of time that matter for one student; academic years are named by the year they begin."""

    year: int
    first_day: date
    this_key_stage: frozenset[int]
    ks3: frozenset[int]
    ks4: frozenset[int]
    after_16: date
    access: Mapping[int, tuple[int, date]]  # academic year -> phase and its last day


@dataclass(slots=True)
class Tally:
    """What counted by the day asked about. `planned` holds the kinds that are planned or booked."""

    employers_this_year: int = 0
    meaningful_employers_this_year: int = 0
    employers_in_subject_this_year: int = 0  # through a lesson's own subject
    meaningful_employers_in_subject_this_year: int = 0
    workplaces: int = 0
    meaningful_workplaces: int = 0
    workplaces_after_16: int = 0
    meaningful_workplaces_after_16: int = 0
    ks3_hours: float = 0
    ks4_hours: float = 0
    provider_types: set[str] = field(default_factory=set)
    meaningful_provider_types: set[str] = field(default_factory=set)
    provider_types_after_16: set[str] = field(default_factory=set)
    meaningful_provider_types_after_16: set[str] = field(default_factory=set)
    he_visits: int = 0
    market_information: int = 0
    market_information_this_key_stage: int = 0
    subjects_linked_this_year: set[str] = field(default_factory=set)
    subjects_linked_after_16: set[str] = field(default_factory=set)
    stem_links: int = 0
    access: dict[int, list[str]] = field(default_factory=dict)  # phase -> providers met, attended
    access_offered: dict[int, list[str]] = field(default_factory=dict)  # phase -> providers offered
    meetings_held_this_year: int = 0
    meetings_recorded: int = 0
    meetings_ever: int = 0
    meetings_after_16: int = 0
    qualified_meetings: int = 0
    qualified_meetings_after_16: int = 0
    meetings_offered_after_16: int = 0
    planned: set[str] = field(default_factory=set)
    this_year: Counter[str] = field(default_factory=Counter)  # attended: employers, workplaces, providers, lessons


EVERYTHING = attrgetter(*(one.name for one in fields(Tally)))
SETS = tuple(one.name for one in fields(Tally) if one.default_factory is set)


def tally(student: StudentFacts, as_of: date) -> Tally:
    """Everything of this student that counts by `as_of`."""
    return _counted(Tally(), windows_for(student, as_of), student.took, student.met, as_of)


def windows_for(student: StudentFacts, as_of: date) -> Windows:
    return windows_of(AcademicYear.of(as_of).start, student.year_group, tuple(student.year_groups.items()))


def with_more(counts: Tally, windows: Windows, took: Iterable[Took], met: Iterable[Met], as_of: date) -> Tally:
    """What would count if these were there too; `counts` is left as it is."""
    more = Tally(*EVERYTHING(counts))
    for name in SETS:
        setattr(more, name, getattr(more, name).copy())
    more.access = {phase: list(providers) for phase, providers in more.access.items()}
    more.access_offered = {phase: list(providers) for phase, providers in more.access_offered.items()}
    more.this_year = Counter.__new__(
        Counter
    )  # a forecast asks this tens of thousands of times: a copy takes half of it
    dict.update(more.this_year, counts.this_year)
    return _counted(more, windows, took, met, as_of)


def _counted(counts: Tally, windows: Windows, took: Iterable[Took], met: Iterable[Met], as_of: date) -> Tally:
    for one in took:
        if one.status == "planned":
            counts.planned |= one.activity.kinds
        if one.on <= as_of:
            _count(one, windows, counts)
    for meeting in met:
        count_meeting(meeting, windows, as_of, counts)
    return counts


@lru_cache(maxsize=4096)
def windows_of(year: int, year_group: int, enrolled: tuple[tuple[int, int], ...]) -> Windows:
    """Windows for everyone with the same history; `enrolled` pairs academic year with year group."""
    known = {**dict(enrolled), year: year_group}
    groups = {y: year_group_in(y, known) or 0 for y in range(year - 12, year + 1)}

    def years_in(stage: str) -> frozenset[int]:
        return frozenset(y for y, group in groups.items() if group in KEY_STAGES.get(stage, ()))

    access = {
        y: (PHASES[group], provider_window_closes(y) if group in WINDOWED else AcademicYear(y).last_day)
        for y, group in groups.items()
        if group in PHASES
    }
    this_stage = years_in(key_stage(year_group))
    after = first_day_after_16(year, year_group, known)
    return Windows(year, AcademicYear(year).first_day, this_stage, years_in("KS3"), years_in("KS4"), after, access)


def _count(took: Took, windows: Windows, counts: Tally) -> None:
    kinds, on = took.activity.kinds, took.on
    year = on.year if on.month >= 9 else on.year - 1
    if took.activity.technical and took.status != "withdrawn" and "provider_encounter" in kinds:
        _count_access(took, windows, counts, year)
    if took.status != "attended":
        return
    if year == windows.year:
        counts.this_year.update(took.activity.rows)
    meaningful = took.activity.meaningful
    if "employer_encounter" in kinds and year == windows.year:
        counts.employers_this_year += 1
        counts.meaningful_employers_this_year += meaningful
        if took.activity.subject:
            counts.employers_in_subject_this_year += 1
            counts.meaningful_employers_in_subject_this_year += meaningful
    if "workplace_experience" in kinds:
        _count_workplace(took, windows, counts, year)
    if "provider_encounter" in kinds:
        counts.provider_types |= took.activity.provider_types
        counts.meaningful_provider_types |= took.activity.provider_types if meaningful else frozenset()
        if on >= windows.after_16:
            counts.provider_types_after_16 |= took.activity.provider_types
            counts.meaningful_provider_types_after_16 |= took.activity.provider_types if meaningful else frozenset()
    if "he_visit" in kinds:
        counts.he_visits += 1
    if "labour_market_information" in kinds:
        counts.market_information += 1
        counts.market_information_this_key_stage += year in windows.this_key_stage
    if "curriculum_link" in kinds:
        counts.stem_links += took.activity.subject in STEM_SUBJECTS
        if year == windows.year:
            counts.subjects_linked_this_year.add(took.activity.subject)
        if on >= windows.after_16:
            counts.subjects_linked_after_16.add(took.activity.subject)


def _count_workplace(took: Took, windows: Windows, counts: Tally, year: int) -> None:
    meaningful, after = took.activity.meaningful, took.on >= windows.after_16
    counts.workplaces += 1
    counts.meaningful_workplaces += meaningful
    counts.workplaces_after_16 += after
    counts.meaningful_workplaces_after_16 += after and meaningful
    counts.ks3_hours += took.hours if year in windows.ks3 else 0
    counts.ks4_hours += took.hours if year in windows.ks4 else 0


def _count_access(took: Took, windows: Windows, counts: Tally, year: int) -> None:
    phase, last_day = windows.access.get(year, (0, took.on))
    if not phase or took.on > last_day:
        return
    counts.access_offered.setdefault(phase, []).append(took.activity.provider)
    if took.status == "attended":
        counts.access.setdefault(phase, []).append(took.activity.provider)


def count_meeting(meeting: Met, windows: Windows, as_of: date, counts: Tally) -> None:
    """Guidance: held counts towards Benchmark 8; booked after 16 counts as offered under the 2018 set."""
    booked, held = meeting.booked_on, meeting.held_on
    if meeting.status == "booked":
        counts.planned.add("guidance_meeting")
    if booked and booked <= as_of and booked >= windows.after_16 and meeting.status != "cancelled":
        counts.meetings_offered_after_16 += 1
    if meeting.status != "held" or held is None or held > as_of:
        return
    qualified = meeting.adviser_level >= QUALIFIED_LEVEL
    counts.meetings_ever += 1
    counts.meetings_after_16 += held >= windows.after_16
    counts.qualified_meetings += qualified
    counts.qualified_meetings_after_16 += qualified and held >= windows.after_16
    if held >= windows.first_day:
        counts.meetings_held_this_year += 1
        counts.meetings_recorded += is_recorded(meeting, as_of)


def is_recorded(meeting: Met, as_of: date) -> bool:
    """A shared summary, and something (or "nothing") agreed by the day asked about."""
    return meeting.has_summary and meeting.agreed_on is not None and meeting.agreed_on <= as_of
