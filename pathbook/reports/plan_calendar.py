"""The programme as a calendar: a week by its days, a term by its weeks, a year by its months. Links, no script."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pathbook.framework.in_words import day_in_words
from pathbook.framework.moving import Calendar
from pathbook.framework.terms import TERMS
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.records.models import Activity
from pathbook.records.queries.terms import calendars
from pathbook.reports.plan import activities_of

VIEWS = {"week": "Week", "term": "Term", "year": "Year"}
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Entry:
    activity: Activity
    first: bool  # of its days


@dataclass(frozen=True, slots=True)
class Stretch:
    """A day, a week or a month with what is in it. `why`: what closes it wholly. `day`: its first."""

    day: date
    label: str
    entries: tuple[Entry, ...]
    why: str = ""
    today: bool = False


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """`before` and `after`: a day of the stretch before and after this one."""

    view: str
    day: date
    title: str
    stretches: tuple[Stretch, ...]
    before: date
    after: date
    own: bool
    year: AcademicYear

    @property
    def total(self) -> int:
        return len({entry.activity.pk for one in self.stretches for entry in one.entries})


def calendar_page(viewer: Viewer, school: Institution, *, view: str, day: date, on: date) -> CalendarPage:
    """Two queries for a year, whatever the view."""
    year = AcademicYear.of(day)
    rows, calendar = activities_of(school, year), calendars(school, [year.start])[year.start]
    first, last, title = _span(view, day, calendar)
    found = tuple(_stretches(view, first, last, rows, calendar, on))
    return CalendarPage(view, day, title, found, first - DAY, last + DAY, calendar.own, year)


def _span(view: str, day: date, calendar: Calendar) -> tuple[date, date, str]:
    """First and last day shown, and what they are called."""
    year = calendar.terms.year
    if view == "year":
        return year.first_day, year.last_day, year.label
    if view == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6), f"Week of {day_in_words(monday)}"
    at = tuple(TERMS).index(calendar.terms.term_of(day))
    halves = calendar.terms.half_terms
    first = year.first_day if at == 0 else halves[2 * at].first
    last = year.last_day if at == 2 else halves[2 * at + 2].first - DAY
    return first, last, f"{tuple(TERMS.values())[at]} {year.label}"


def _stretches(
    view: str, first: date, last: date, rows: Sequence[Activity], calendar: Calendar, on: date
) -> Iterable[Stretch]:
    for begins, ends, label in _cut(view, first, last):
        entries = tuple(_entries(rows, begins, ends))
        if view == "week" and begins.weekday() > 4 and not entries:
            continue
        closed = [calendar.days.closed_on(begins + timedelta(days=n)) for n in range((ends - begins).days + 1)]
        weekdays = [one for n, one in enumerate(closed) if (begins + timedelta(days=n)).weekday() < 5]
        why = next((one.why for one in weekdays if one), "") if weekdays and all(weekdays) else ""
        yield Stretch(begins, label, entries, why, begins <= on <= ends)


def _entries(rows: Sequence[Activity], begins: date, ends: date) -> Iterable[Entry]:
    for row in rows:
        if row.starts_on <= ends and row.ends_on >= begins:
            yield Entry(row, row.starts_on >= begins)


def _cut(view: str, first: date, last: date) -> Iterable[tuple[date, date, str]]:
    """Days of a week, weeks of a term, months of a year."""
    begins = first if view == "year" else first - timedelta(days=first.weekday())
    while begins <= last:
        if view == "week":
            ends, label = begins, f"{begins:%A} {day_in_words(begins)}"
        elif view == "term":
            ends, label = begins + 6 * DAY, day_in_words(begins)
        else:
            ends, label = _month_end(begins), f"{begins:%B %Y}"
        yield begins, ends, label
        begins = ends + DAY


def _month_end(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - DAY
