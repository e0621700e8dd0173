"""What is new of each tutee since this person last opened the record: in words, with its day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max
from django.utils import timezone

from pathbook.audit.models import Event, Verb
from pathbook.framework.in_words import day_in_words
from pathbook.framework.years import AcademicYear
from pathbook.people.visibility import Viewer
from pathbook.records.models import Action, Aspiration, GuidanceRequest

Moments = Mapping[int, datetime]


@dataclass(frozen=True, slots=True)
class News:
    """`words`: "new guidance summary, 3 Mar 2026"."""

    on: date
    words: str


def opened_by(viewer: Viewer, students: Sequence[int]) -> dict[int, datetime]:
    """When this person last opened each student's record. One query."""
    rows = Event.objects.filter(noun="student", verb=Verb.READ, actor_id=viewer.account_id, student_id__in=students)
    return {one: at for one, at in rows.values_list("student_id").annotate(Max("at")) if one is not None}


def news_of(students: Sequence[int], opened: Moments, met: Mapping[int, date], *, on: date) -> dict[int, list[News]]:
    """By the student's number, the latest first. `met`: the last meeting held of each. Three queries.

    Where a record was not opened this year, everything of this year is new.
    """
    found: dict[int, list[News]] = defaultdict(list)
    for student, day, what in [
        *_met(opened, met, on),
        *_written(students, opened, on),
        *_overdue(students, opened, on),
    ]:
        found[student].append(News(day, f"{what} {day_in_words(day)}"))
    return {student: sorted(news, key=lambda one: one.on, reverse=True) for student, news in found.items()}


def _met(opened: Moments, met: Mapping[int, date], on: date) -> Iterable[tuple[int, date, str]]:
    """Read counts as it does in the loop: opened on the day of the meeting or after."""
    for student, day in met.items():
        if day >= AcademicYear.of(on).first_day and day_opened(opened, student) < day:
            yield student, day, "new guidance summary,"


def day_opened(opened: Moments, student: int) -> date:
    return timezone.localtime(opened[student]).date() if student in opened else date.min


def _written(students: Sequence[int], opened: Moments, on: date) -> Iterable[tuple[int, date, str]]:
    """Hopes said and guidance asked for since, to the moment."""
    first = AcademicYear.of(on).first_day
    hopes = Aspiration.objects.filter(student__in=students, said_on__range=(first, on)).order_by("said_on", "pk")
    last: dict[int, tuple[int, date, str, datetime]] = {}
    for student, day, at in hopes.values_list("student_id", "said_on", "recorded_at"):
        last[student] = (student, day, "hope changed" if student in last else "said what they hope for", at)
    asked = GuidanceRequest.objects.filter(student__in=students, answered_on__isnull=True, asked_on__lte=on)
    rows: list[Any] = [(*said[:2], f"{said[2]},", said[3]) for said in last.values()]
    rows += [(one, day, "asked for guidance,", at) for one, day, at in asked.values_list(*ASKED)]
    yield from ((one, day, what) for one, day, what, at in rows if one not in opened or at > opened[one])


ASKED = ("student_id", "asked_on", "recorded_at")


def _overdue(students: Sequence[int], opened: Moments, on: date) -> Iterable[tuple[int, date, str]]:
    """Of each student the action that has been overdue longest, if it was not when the record was last opened."""
    late = Action.objects.overdue(on).filter(student__in=students, due_on__gte=AcademicYear.of(on).first_day)
    for student, due in dict(late.order_by("-due_on").values_list("student_id", "due_on")).items():
        if due + timedelta(days=1) > day_opened(opened, student):
            yield student, due, "action overdue since"
