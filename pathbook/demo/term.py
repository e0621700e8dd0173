"""When Northbridge is open: six half terms and no school at a weekend, near enough to any English school's."""

from collections.abc import Iterator
from datetime import date, timedelta

WEEK = timedelta(days=7)
HOLIDAYS = (  # month and day, both included, and what it is called; the academic year's order
    ((9, 1), (9, 2), "Training days"), ((10, 24), (10, 31), "Autumn half term"),
    ((12, 20), (1, 4), "Christmas holiday"), ((2, 14), (2, 20), "Spring half term"), ((4, 1), (4, 14), "Easter holiday"),
    ((5, 25), (5, 31), "Summer half term"), ((7, 22), (8, 31), "Summer holiday"),
)  # fmt: skip


def holidays(year: int) -> Iterator[tuple[date, date, str]]:
    """First and last day of each closure of the academic year that begins in `year`, and why."""
    for begins, ends, why in HOLIDAYS:
        yield _day(year, begins), _day(year, ends), why


def _day(year: int, month_day: tuple[int, int]) -> date:
    month, day = month_day
    return date(year if month >= 9 else year + 1, month, day)


def closed_on(day: date) -> bool:
    """Weekends, half terms, Christmas, Easter (taken as early April), late May, and from 22 July to 2 September."""
    at = (day.month, day.day)
    return day.weekday() > 4 or any(_within(at, begins, ends) for begins, ends, _ in HOLIDAYS)


def _within(at: tuple[int, int], begins: tuple[int, int], ends: tuple[int, int]) -> bool:
    if begins <= ends:
        return begins <= at <= ends
    return at >= begins or at <= ends


def school_day(day: date, *, not_before: date) -> date:
    """The last open day up to `day`; where that is too early, the first open day from `not_before`."""
    found = day
    while closed_on(found) and found > not_before:
        found -= timedelta(days=1)
    found = max(found, not_before)
    while closed_on(found):
        found += timedelta(days=1)
    return found


def open_days(first: date, last: date) -> list[date]:
    """Every school day from one to the other, both included."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if not closed_on(day)]
