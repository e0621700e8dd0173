"""What this school's past says of what is to come: who came of those invited, and what came by no plan in other years.

An invited student who was absent, excused or withdrawn did not come; what nobody has confirmed says nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet

from pathbook.framework import kinds
from pathbook.framework.attendance import MEETING, Outcome
from pathbook.framework.facts import ActivityFacts, Said, StudentFacts
from pathbook.framework.hindsight import PastYear
from pathbook.framework.kinds import checklist_for
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Enrolment, Institution
from pathbook.records.facts import (
    ASPIRATION,
    INTENTION,
    PRIOR,
    READING,
    Rows,
    SaidRows,
    days_of,
    meetings_of,
    said_by,
)
from pathbook.records.models import Activity, Participation

YEARS_BACK = 3  # whole years before this one that are asked
Spells = Mapping[int, "Spell"]


class Spell(NamedTuple):
    """A main enrolment, the last of its academic year."""

    year_group: int
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class History:
    """`outcomes`: activities and meetings that are over. `held`: those activities, as they could be held again."""

    outcomes: tuple[Outcome, ...]
    held: tuple["Held", ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A past activity that could be held again. `capacity`: its limit, if it had one."""

    title: str
    kind: str
    facts: ActivityFacts
    capacity: int | None
    invited: Mapping[int, int]  # by year group


@dataclass(frozen=True, slots=True)
class _Told:
    """By student: main enrolments by academic year, guidance meetings, what was said and opened."""

    spells: Mapping[int, Spells]
    met: Rows
    said: SaidRows


def history_of(school: Institution, *, as_of: date) -> History:
    """Of the last whole years and this one, as it was known on a day. Four queries."""
    spells, since = _spells(school), years_before(as_of)[0]
    held = tuple(_held(school, spells, since.start, as_of))
    met = meetings_of(_enrolled_since(school, since))
    outcomes = (*(one for _, of_it in held for one in of_it), *_of_meetings(spells, met, as_of))
    return History(outcomes, tuple(one for one, _ in held))


def past_years(school: Institution, *, as_of: date) -> tuple[PastYear, ...]:
    """The students of the last whole years, without activities: for what came by no plan. Three queries."""
    years = years_before(as_of)
    whose = _enrolled_since(school, years[0])
    said = said_by(whose, years[-1], years[-1].last_day, since=years[0].first_day)
    told = _Told(_spells(school), meetings_of(whose), said)
    return tuple(_year(told, year, same_day(as_of, year)) for year in years)


def years_before(day: date) -> list[AcademicYear]:
    """Whole years before the one a day is in, oldest first."""
    return [AcademicYear(AcademicYear.of(day).start - back) for back in range(YEARS_BACK, 0, -1)]


def _enrolled_since(school: Institution, year: AcademicYear) -> dict[str, QuerySet[Any]]:
    rows = Enrolment.objects.filter(institution=school, academic_year__gte=year.start)
    return {"student__in": rows.values("student")}


def _spells(school: Institution) -> dict[int, Spells]:
    found: dict[int, dict[int, Spell]] = defaultdict(dict)
    rows = Enrolment.objects.main().filter(institution=school).order_by("student_id", "start_date")
    named = rows.values_list("student_id", "academic_year", "year_group", "start_date", "end_date")
    for student, year, group, start, end in named:
        found[student][year] = Spell(group, start, end)
    return dict(found)


def _held(
    school: Institution, spells: Mapping[int, Spells], since: int, before: date
) -> Iterator[tuple[Held, tuple[Outcome, ...]]]:
    """Each activity that is over, and who came of those asked, by their year group."""
    ours = Activity.objects.not_withdrawn().of_our_own().filter(
        institution=school, academic_year__gte=since, ends_on__lt=before
    )  # fmt: skip
    about = {one.pk: one for one in ours.order_by("starts_on", "pk")}
    of_year = _by_year(spells)
    groups = {pk: of_year.get(one.academic_year, {}) for pk, one in about.items()}
    rows = Participation.objects.filter(activity__in=ours.values("pk")).exclude(status=Participation.Status.PLANNED)
    named = rows.order_by().values_list("activity_id", "student_id", "status")
    counted = Counter((pk, groups[pk].get(student), status) for pk, student, status in named)  # tens of thousands
    invited: dict[int, Counter[int]] = defaultdict(Counter)
    came: dict[int, Counter[int]] = defaultdict(Counter)
    for (pk, group, status), many in counted.items():
        if group is not None:
            invited[pk][group] += many
            came[pk][group] += many if status == Participation.Status.ATTENDED else 0
    for pk, one in about.items():
        if invited[pk]:
            yield _one(one, invited[pk]), tuple(_outcomes(one, invited[pk], came[pk]))


def _by_year(spells: Mapping[int, Spells]) -> dict[int, dict[int, int]]:
    """Academic year -> student -> year group."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for student, years in spells.items():
        for year, spell in years.items():
            found[year][student] = spell.year_group
    return found


def _one(one: Activity, invited: Mapping[int, int]) -> Held:
    of_kinds, types, rows = kinds.said_of(one.kind, tuple(one.also), one.provider_type)
    facts = ActivityFacts(
        one.key, of_kinds, types, "", one.subject, technical=one.technical, rows=rows, hours=float(one.hours)
    )
    return Held(one.title, one.kind, facts, one.capacity, dict(invited))


def _outcomes(one: Activity, invited: Mapping[int, int], came: Mapping[int, int]) -> Iterator[Outcome]:
    of_kinds, listed = kinds.all_kinds(one.kind, one.also), bool(checklist_for(one.kind, one.also))
    for group, many in sorted(invited.items()):
        yield Outcome(one.key, of_kinds, group, many, came[group], listed, one.meaningful)


def _of_meetings(spells: Mapping[int, Spells], held: Rows, before: date) -> Iterator[Outcome]:
    """Held or not attended, by the student's year group that year."""
    invited: Counter[int] = Counter()
    came: Counter[int] = Counter()
    for student, meetings in held.items():
        for met in meetings:
            day = met.held_on or met.planned_on
            spell = spells.get(student, {}).get(AcademicYear.of(day).start) if day and day < before else None
            if spell and met.status in ("held", "not_attended"):
                invited[spell.year_group] += 1
                came[spell.year_group] += met.status == "held"
    for group, many in sorted(invited.items()):
        yield Outcome("guidance_meeting", MEETING, group, many, came[group])


def _year(told: _Told, year: AcademicYear, day: date) -> PastYear:
    students = (_then(pk, spells, year, told) for pk, spells in told.spells.items() if _here(spells, year, day))
    return tuple(students), day, year.last_day


def _here(spells: Spells, year: AcademicYear, day: date) -> bool:
    spell = spells.get(year.start)
    return spell is not None and spell.start <= day and (spell.end is None or spell.end >= day)


def _then(pk: int, spells: Spells, year: AcademicYear, told: _Told) -> StudentFacts:
    aspired = sorted(told.said.get((pk, ASPIRATION), ()))
    return StudentFacts(
        student_id=str(pk), year_group=spells[year.start].year_group,
        year_groups={one: spell.year_group for one, spell in spells.items() if one <= year.start},
        first_enrolled=min(spell.start for spell in spells.values()), met=tuple(told.met.get(pk, ())),
        aspirations=tuple(Said(date.fromisoformat(on), pathway) for on, _, pathway in aspired),
        intentions=days_of(told.said, pk, INTENTION), prior_records=days_of(told.said, pk, PRIOR),
        own_readings=days_of(told.said, pk, READING),
    )  # fmt: skip


def same_day(day: date, year: AcademicYear) -> date:
    """The same day of that academic year."""
    in_year = year.start if day.month >= 9 else year.start + 1
    return date(in_year, day.month, min(day.day, 28) if day.month == 2 else day.day)
