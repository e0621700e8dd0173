"""What is new of each tutee since this person last opened the record: in words, with its day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from django.utils import timezone

from pathbook.framework.in_words import day_in_words
from pathbook.framework.years import AcademicYear

Moments = Mapping[int, datetime]
Told = tuple[int, date, str]


@dataclass(frozen=True, slots=True)
class News:
    """`words`: "new guidance summary, 3 Mar 2026"."""

    on: date
    words: str


@dataclass(frozen=True, slots=True)
class Happened:
    """What news is made of, as the page has read it anyway: the last meeting held of each, and then rows of
    (student, day, ...), hopes and requests with the moment they were recorded."""

    met: Mapping[int, date]
    hopes: Sequence[tuple[int, date, datetime]]
    requests: Sequence[tuple[int, date, datetime]]
    due: Sequence[tuple[int, date]]


def news_of(happened: Happened, opened: Moments, *, on: date) -> dict[int, list[News]]:
    """By the student's number, the latest first. Of a record not opened this year, everything of this year is new."""
    found: dict[int, list[News]] = defaultdict(list)
    parts = (
        _met(happened, opened, on),
        _hoped(happened, opened, on),
        _asked(happened, opened),
        _late(happened, opened, on),
    )
    for student, day, what in chain(*parts):
        found[student].append(News(day, f"{what} {day_in_words(day)}"))
    return {student: sorted(news, key=lambda one: one.on, reverse=True) for student, news in found.items()}


def day_opened(opened: Moments, student: int) -> date:
    return timezone.localtime(opened[student]).date() if student in opened else date.min


def _met(happened: Happened, opened: Moments, on: date) -> Iterable[Told]:
    """Read counts as it does in the loop: opened on the day of the meeting or after."""
    for student, day in happened.met.items():
        if day >= AcademicYear.of(on).first_day and day_opened(opened, student) < day:
            yield student, day, "new guidance summary,"


def _hoped(happened: Happened, opened: Moments, on: date) -> Iterable[Told]:
    """The last hope said this year, to the moment."""
    last: dict[int, tuple[date, str, datetime]] = {}
    for student, day, at in sorted(happened.hopes, key=lambda one: one[1:]):
        last[student] = (day, "hope changed," if student in last else "said what they hope for,", at)
    for student, (day, what, at) in last.items():
        if AcademicYear.of(on).first_day <= day <= on and _is_since(at, opened, student):
            yield student, day, what


def _asked(happened: Happened, opened: Moments) -> Iterable[Told]:
    for student, day, at in happened.requests:
        if _is_since(at, opened, student):
            yield student, day, "asked for guidance,"


def _late(happened: Happened, opened: Moments, on: date) -> Iterable[Told]:
    """Of each student the action that has been overdue longest, if it was not when the record was last opened."""
    first: dict[int, date] = {}
    for student, due in happened.due:
        if AcademicYear.of(on).first_day <= due < on:
            first[student] = min(due, first.get(student, due))
    for student, due in first.items():
        if day_opened(opened, student) <= due:
            yield student, due, "action overdue since"


def _is_since(at: datetime, opened: Moments, student: int) -> bool:
    return student not in opened or at > opened[student]
