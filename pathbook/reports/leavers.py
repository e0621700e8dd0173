"""Leavers to confirm: where everyone who finished Year 11 or 13 in the last three years is, and whom to ask next."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator

from pathbook.framework.destinations import (
    KEPT_YEARS,
    SOURCES,
    TO_CONFIRM,
    Code,
    Known,
    Told,
    known_of,
    six_months,
)
from pathbook.framework.in_words import day_in_words
from pathbook.framework.shares import Share
from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.people.models import Institution, Student
from pathbook.people.visibility import Viewer, students_visible_to
from pathbook.records.queries.leaving import finished
from pathbook.records.queries.next_steps import codes_of, histories
from pathbook.reports.leaving_list import Asked, Person, groups_of, in_order, narrowed, person_of

PER_PAGE = 60
STAYED = "stayed"
SHOWS = {
    "": "To confirm",
    "unknown": "Nothing known",
    "check": "Six-month check",
    "known": "Known",
    STAYED: "Stayed here",
    "all": "Everyone",
}


@dataclass(frozen=True, slots=True)
class Line:
    """`last` is the latest word on where they are; `next` what to do, empty when nothing is."""

    who: Person
    known: str
    tint: str
    last: Told | None
    label: str
    source: str
    next: str
    stayed: bool


@dataclass(frozen=True, slots=True)
class YearOf:
    """One leaving year: everyone who finished, and of those how many are confirmed or stayed."""

    start: int
    label: str
    everyone: int
    stayed: int
    confirmed: Share

    @property
    def to_confirm(self) -> int:
        return self.confirmed.missing


@dataclass(frozen=True, slots=True)
class LeaversPage:
    asked: Asked
    year: YearOf
    years: tuple[YearOf, ...]
    page: "Page[Line]"
    counts: Mapping[str, int]
    groups: tuple[str, ...]
    codes: tuple[tuple[str, tuple[Code, ...]], ...]
    check_from: date
    may_write: bool


def leavers_page(
    viewer: Viewer, school: Institution, *, on: date, asked: Asked, start: int, per: int = PER_PAGE
) -> LeaversPage:
    """Three queries for any number of leavers."""
    starts = leaving_years(on)
    start = start if start in starts else starts[0]
    codes = codes_of(school)
    lines = lines_of(viewer, school, starts, codes, on)
    years = tuple(_year(year, lines[year]) for year in starts)
    mine = {line.who.pk: line for line in lines[start]}
    people = [line.who for line in lines[start]]
    found = [mine[one.pk] for one in narrowed(people, asked)]
    shown = [line for line in found if _is_shown(line, asked.show)]
    return LeaversPage(
        asked, next(year for year in years if year.start == start), years,
        Paginator(shown, per).get_page(asked.page),
        {show: sum(_is_shown(line, show) for line in found) for show in SHOWS}, groups_of(people, asked),
        by_group(codes), six_months(AcademicYear(start)), viewer.may(access.ASPIRATIONS, access.WRITE),
    )  # fmt: skip


def leaving_years(on: date) -> tuple[int, ...]:
    """The last three academic years that are over, the latest first."""
    now = AcademicYear.of(on).start
    return tuple(range(now - 1, now - 1 - KEPT_YEARS, -1))


def by_group(codes: Mapping[str, Code]) -> tuple[tuple[str, tuple[Code, ...]], ...]:
    """What a leaver may be recorded as, under the groups the codes stand in."""
    used = [one for one in codes.values() if one.used and not one.code.startswith("1")]
    return tuple(
        (name, tuple(one for one in used if one.group == name)) for name in dict.fromkeys(c.group for c in used)
    )


def lines_of(
    viewer: Viewer, school: Institution, starts: Sequence[int], codes: Mapping[str, Code], on: date
) -> dict[int, tuple[Line, ...]]:
    """By leaving year. Two queries."""
    seen = students_visible_to(viewer, on, access.ASPIRATIONS).filter(erasure=None)
    rows = finished(school, years=starts).filter(student__in=seen)
    found = sorted(rows.select_related("student", "tutor_group"), key=in_order)
    known = histories(Student.objects.filter(pk__in=rows.values("student")), as_of=on, only=("told",))
    return {
        year: tuple(
            _line(person_of(row), known[row.student_id].told, bool(getattr(row, STAYED)), codes, year, on)
            for row in found
            if row.academic_year == year
        )
        for year in starts
    }


def _line(who: Person, told: Sequence[Told], stayed: bool, codes: Mapping[str, Code], year: int, on: date) -> Line:
    left = AcademicYear(year)
    if stayed:
        return Line(who, "Stayed here", "done", None, "In our own sixth form, by the roll", "", "", True)
    known = known_of(told, codes, left=left, as_of=on)
    last = next((one for one in reversed(told) if one.on > left.last_day), None)
    label = (codes[last.code].label if last.code in codes else last.code) if last else ""
    tint = "done" if known in (Known.HERE, Known.KEPT) else "late" if known in (Known.NOT_ASKED, Known.LOST) else "soon"
    source = SOURCES.get(last.source, last.source) if last else ""
    return Line(who, known, tint, last, label, source, _next(known, last, left), False)


def _next(known: Known, last: Told | None, left: AcademicYear) -> str:
    tried = day_in_words(last.checked_on or last.on) if last else ""
    return {
        Known.NOT_ASKED: "Look in the college's enrolment list, then ask the student",
        Known.TRIED: f"Tried {tried}: ask home, then the local authority",
        Known.CHECK: f"Ask whether they are still there (check from {day_in_words(six_months(left))})",
        Known.HERE: f"Six-month check from {day_in_words(six_months(left))}",
        Known.LOST: "Tell the authority; offer a guidance meeting",
        Known.KEPT: "",
    }[known]


def _year(start: int, lines: Sequence[Line]) -> YearOf:
    stayed = sum(line.stayed for line in lines)
    counts = Counter(line.known in TO_CONFIRM for line in lines if not line.stayed)
    return YearOf(start, AcademicYear(start).label, len(lines), stayed, Share(counts[False], len(lines) - stayed))


def _is_shown(line: Line, show: str) -> bool:
    wanted = {
        "": line.known in TO_CONFIRM, "unknown": line.known in (Known.NOT_ASKED, Known.TRIED),
        "check": line.known == Known.CHECK, "known": line.known in (Known.HERE, Known.KEPT, Known.LOST),
        STAYED: line.stayed, "all": True,
    }  # fmt: skip
    return wanted.get(show, False)
