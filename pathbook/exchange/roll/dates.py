"""Dates as they arrive. The order of day and month is decided for a whole column, and asked when nothing decides it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

DMY, MDY = "dmy", "mdy"
TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?(?:Z|[+-]\d{2}:?\d{2})?)?"
ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){TIME}$", re.I)
COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})$")
NUMBERS = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}|\d{{2}}){TIME}$", re.I)
DAY_WORD = re.compile(
    rf"(?:[a-z]{{3,9}},? )?(\d{{1,2}})(?:st|nd|rd|th)?[-/. ]+([a-z]{{3,9}})[-/., ]+(\d{{4}}|\d{{2}}){TIME}$", re.I
)
WORD_DAY = re.compile(rf"([a-z]{{3,9}})[-. ]+(\d{{1,2}})(?:st|nd|rd|th)?,?[-. ]+(\d{{4}}|\d{{2}}){TIME}$", re.I)
SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?$")
NO_DAY = re.compile(r"(?:(\d{1,2})[-/.](\d{4})|(\d{4})[-/.](\d{1,2})|([a-z]{3,9})[-/. ]+(\d{4})|(\d{4}))$", re.I)
MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
EXCEL_BEGINS = date(1899, 12, 30)
PLACEHOLDERS = {date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1), date(1901, 1, 1), date(9999, 12, 31)}


@dataclass(frozen=True, slots=True)
class Found:
    """One cell read. Either a day, or why not: `unknown_day` when only month and year are given."""

    day: date | None
    unknown_day: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What a column's cells say: `order` when decided, `ask` when they could be read both ways and differ."""

    order: str
    ask: bool
    example: str = ""


def order_of(cells: Iterable[str]) -> Order:
    """Decide day/month or month/day over every cell of a column."""
    days_first = months_first = 0
    example = ""
    for cell in cells:
        match = NUMBERS.match(cell.strip())
        if not match:
            continue
        first, second = int(match[1]), int(match[2])
        days_first += 12 < first <= 31 and second <= 12
        months_first += 12 < second <= 31 and first <= 12
        if not example and first != second and first <= 12 and second <= 12:
            example = cell.strip()
    if days_first or months_first:
        return Order(DMY if days_first >= months_first else MDY, False)
    return Order("", bool(example), example)


def read_date(text: str, order: str, today: date, born: bool = False) -> Found:
    """One cell, the order of day and month being known. `born` dates with two-digit years are never in the future."""
    return _read(text.strip(), order or DMY, today, born)


@lru_cache(maxsize=20_000)
def _read(text: str, order: str, today: date, born: bool) -> Found:
    if match := ISO.match(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := NUMBERS.match(text):
        first, second = int(match[1]), int(match[2])
        day, month = (first, second) if order == DMY else (second, first)
        found = _day(_year(match[3], today, born), month, day)
        return Found(None, why=_wrong_order(order, month)) if found.why else found
    if match := DAY_WORD.match(text):
        return _day(_year(match[3], today, born), MONTHS.get(match[2][:3].lower(), 0), int(match[1]))
    if match := WORD_DAY.match(text):
        return _day(_year(match[3], today, born), MONTHS.get(match[1][:3].lower(), 0), int(match[2]))
    if SERIAL.match(text):
        return _serial(float(text.replace(",", ".")))
    if match := COMPACT.match(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if (match := NO_DAY.match(text)) and _is_month(match):
        return Found(None, unknown_day=True)
    return Found(None, why="is not a date")


def _wrong_order(order: str, month: int) -> str:
    if month > 12:
        return "is not a date: the rest of this column is " + ("day/month" if order == DMY else "month/day")
    return "is not a day of the calendar"


def _day(year: int, month: int, day: int) -> Found:
    try:
        found = date(year, month, day)
    except ValueError:
        return Found(None, why="is not a day of the calendar")
    return Found(None, unknown_day=True) if found in PLACEHOLDERS else Found(found)


def _serial(number: float) -> Found:
    """A spreadsheet's count of days; halves are times of day."""
    if not 7_000 < number < 75_000:
        return Found(None, why="is not a date")
    return Found(EXCEL_BEGINS + timedelta(days=int(number)))


def _year(text: str, today: date, born: bool) -> int:
    if len(text) == 4:
        return int(text)
    year = 2000 + int(text)
    latest = today.year if born else today.year + 20
    return year if year <= latest else year - 100


def _is_month(match: re.Match[str]) -> bool:
    month = match[1] or match[4]
    return (1 <= int(month) <= 12) if month else (not match[5] or match[5][:3].lower() in MONTHS)
