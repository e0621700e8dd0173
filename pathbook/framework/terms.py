"""Term dates: six half terms a year with the holidays between them, as a school says them or as England's usually fall.

State-funded schools in England are open about 190 days; the council, trust or governors decide which
(https://www.gov.uk/school-term-holiday-dates). What stands here follows the pattern most councils publish, and is a
proposal: each school checks its own. A holiday runs from the day after one half term to the day before the next.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pathbook.framework.schooldays import Closed, SchoolDays
from pathbook.framework.years import AcademicYear

DAY, WEEK = timedelta(days=1), timedelta(days=7)
HALF_TERMS = ("Autumn 1", "Autumn 2", "Spring 1", "Spring 2", "Summer 1", "Summer 2")
TERMS = {"autumn": "Autumn term", "spring": "Spring term", "summer": "Summer term"}
HOLIDAYS = {  # in the order of the year: before the first half term, after each
    "start": "Before term begins", "autumn_half": "Autumn half term", "christmas": "Christmas holiday",
    "spring_half": "Spring half term", "easter": "Easter holiday", "summer_half": "Summer half term",
    "summer": "Summer holiday",
}  # fmt: skip
MAY_DAY = "early_may"
ALL = {**HOLIDAYS, MAY_DAY: "Early May bank holiday"}


@dataclass(frozen=True, slots=True)
class HalfTerm:
    """From its first school day to its last, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def monday(self) -> date:
        """Of the week it begins in: its weeks are counted from there."""
        return self.first - timedelta(days=self.first.weekday())


@dataclass(frozen=True, slots=True)
class Holiday:
    """`code`: of HOLIDAYS, or the bank holiday in May. Both days are closed."""

    code: str
    first: date
    last: date

    @property
    def called(self) -> str:
        return ALL[self.code]

    @property
    def closed(self) -> Closed:
        return Closed(self.first, self.last, self.called)


@dataclass(frozen=True, slots=True)
class TermDates:
    """The six half terms of one academic year, in order."""

    year: AcademicYear
    half_terms: tuple[HalfTerm, ...]

    @property
    def holidays(self) -> tuple[Holiday, ...]:
        """Between the half terms, and to both ends of the academic year; and the bank holiday in May, if school is on."""
        begins = [self.year.first_day, *(one.last + DAY for one in self.half_terms)]
        ends = [*(one.first - DAY for one in self.half_terms), self.year.last_day]
        between = [Holiday(code, a, z) for code, a, z in zip(HOLIDAYS, begins, ends, strict=True) if a <= z]
        may = _monday_from(date(self.year.start + 1, 5, 1))
        return (*between, Holiday(MAY_DAY, may, may)) if any(may in one for one in self.half_terms) else tuple(between)

    @property
    def days(self) -> SchoolDays:
        return SchoolDays(tuple(one.closed for one in self.holidays))

    def term_of(self, day: date) -> str:
        """autumn, spring or summer; a holiday belongs to the term before it."""
        begun = sum(one.first <= day for one in self.half_terms)
        return tuple(TERMS)[max(begun - 1, 0) // 2]

    def place_of(self, day: date) -> tuple[int, int]:
        """Which half term, and which week of it, both from 0; a holiday counts on from the half term before it."""
        at = max(sum(one.first <= day for one in self.half_terms) - 1, 0)
        return at, (day - self.half_terms[at].monday).days // 7


def england(year: AcademicYear) -> TermDates:
    """As most of England's councils set them: see the top of this file."""
    y = year.start
    first = _weekday_from(date(y, 9, 2))
    october = _monday_from(date(y, 10, 22))
    christmas = date(y, 12, 25) - timedelta(days=date(y, 12, 25).weekday())  # two weeks from that Monday
    january = _working(christmas + 2 * WEEK)
    february = _monday_from(date(y + 1, 2, 12))
    holy_week = easter(y + 1) - timedelta(days=6)  # two weeks, with Good Friday and Easter Monday
    may = _monday_from(date(y + 1, 5, 25))  # the last Monday of May, a bank holiday
    last = _weekday_to(date(y + 1, 7, 22))
    starts = (first, october + WEEK, january, february + WEEK, holy_week + 2 * WEEK, may + WEEK)
    ends = (_before(october), _before(christmas), _before(february), _before(holy_week), _before(may), last)
    return TermDates(year, tuple(map(HalfTerm, starts, ends)))


def from_holidays(year: AcademicYear, known: Iterable[Holiday]) -> TermDates | None:
    """The term dates that have these holidays between them; None where one is not known."""
    said = {one.code: one for one in known if one.code in HOLIDAYS}
    if not said.keys() >= HOLIDAYS.keys() - {"start"}:
        return None
    after = [said["start"].last + DAY if "start" in said else year.first_day]
    after += [said[code].last + DAY for code in tuple(HOLIDAYS)[1:-1]]
    before = [said[code].first - DAY for code in tuple(HOLIDAYS)[1:]]
    halves = (HalfTerm(_weekday_from(a), _weekday_to(z)) for a, z in zip(after, before, strict=True))
    return TermDates(year, tuple(halves))


def wrong_with(dates: TermDates) -> str:
    """What stops these from being term dates, in one sentence; "" when nothing does."""
    for name, one in zip(HALF_TERMS, dates.half_terms, strict=True):
        if one.first not in dates.year or one.last not in dates.year:
            return f"{name} is outside {dates.year.label}. Correct its dates."
        if one.last < one.first:
            return f"{name} ends before it begins. Correct one of its dates."
    for n, (one, after) in enumerate(zip(dates.half_terms, dates.half_terms[1:], strict=False)):
        if after.first <= one.last:
            return f"{HALF_TERMS[n + 1]} begins before {HALF_TERMS[n]} has ended. Correct one of them."
    return ""


def easter(year: int) -> date:
    """Easter Sunday, by the Gregorian computus (Meeus, Jones and Butcher)."""
    century, of_century = divmod(year, 100)
    golden, moon = year % 19, century - century // 4 - (8 * century + 13) // 25
    epact = (19 * golden + moon + 15) % 30
    epact -= (golden + 11 * epact) // 319
    weekday = (2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4 + 32) % 7
    month = (epact + weekday + 90) // 25
    return date(year, month, (epact + weekday + month + 19) % 32)


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _weekday_from(day: date) -> date:
    return day if day.weekday() < 5 else _monday_from(day)


def _weekday_to(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _before(monday: date) -> date:
    """The Friday before."""
    return monday - timedelta(days=3)


def _working(monday: date) -> date:
    """The day after, where New Year's Day fell on the weekend before and Monday is the holiday instead."""
    new_year = date(monday.year, 1, 1)
    return monday + DAY if new_year.weekday() > 4 and 0 <= (monday - new_year).days < 3 else monday
