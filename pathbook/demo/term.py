"""When Northbridge is open: six half terms and no school at a weekend, near enough to any English school's."""

from datetime import date, timedelta

WEEK = timedelta(days=7)


def closed_on(day: date) -> bool:
    """Weekends, half terms, Christmas, Easter (taken as early April), late May, and from 22 July to 2 September."""
    at = (day.month, day.day)
    holidays = (
        ((10, 24), (10, 31)), ((12, 20), (12, 31)), ((1, 1), (1, 4)), ((2, 14), (2, 20)), ((4, 1), (4, 14)),
        ((5, 25), (5, 31)), ((7, 22), (9, 2)),
    )  # fmt: skip
    return day.weekday() > 4 or any(begins <= at <= ends for begins, ends in holidays)


def school_day(day: date, *, not_before: date) -> date:
    """The last open day up to `day`; where that is too early, the first open day from `not_before`."""
    found = day
    while closed_on(found) and found > not_before:
        found -= timedelta(days=1)
    found = max(found, not_before)
    while closed_on(found):
        found += timedelta(days=1)
    return found
