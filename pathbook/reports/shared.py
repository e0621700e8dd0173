"""What is shared of a student: with the student and their tutor, or with parents too. For one or many, five queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db.models import QuerySet

from pathbook.framework.years import AcademicYear
from pathbook.people.models import Enrolment, Institution, Student
from pathbook.people.names import plain_name
from pathbook.people.tutors import tutor_on
from pathbook.records.models import Action, Aspiration, GuidanceMeeting, Participation
from pathbook.reports.hopes import Hope, hope_of

COMING = 5
TIME_FOR_IT = 14  # days after which something agreed should have happened
Row = TypeVar("Row", Action, Aspiration, GuidanceMeeting, Participation)
Status = GuidanceMeeting.Status


@dataclass(frozen=True, slots=True)
class Agreed:
    """One action. `when`: late, open or closed; `outcome` in words once closed."""

    key: str
    what: str
    whose: str
    due: date
    when: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting held, with what was agreed in it. `asks`: the student has still to say whether that happened."""

    on: date
    adviser: str
    summary: str
    actions: tuple[Agreed, ...]
    key: str
    asks: bool


@dataclass(frozen=True, slots=True)
class Happening:
    """Something done, or coming."""

    on: date
    title: str


@dataclass(frozen=True, slots=True)
class Shared:
    """One student as far as it is shared. `done` is this academic year's; `coming` the next few dates."""

    pk: int
    key: str
    name: str
    year_group: int
    tutor_group: str
    tutor: str
    hopes: tuple[Hope, ...]
    meetings: tuple[Meeting, ...]
    actions: tuple[Agreed, ...]
    done: tuple[Happening, ...]
    coming: tuple[Happening, ...]

    @property
    def still_open(self) -> tuple[Agreed, ...]:
        return tuple(action for action in self.actions if action.when != "closed")


@dataclass(frozen=True, slots=True)
class _Rows:
    """Everything read for everybody, by the student's number."""

    hopes: Mapping[int, list[Aspiration]]
    meetings: Mapping[int, list[GuidanceMeeting]]
    actions: Mapping[int, list[Action]]
    parts: Mapping[int, list[Participation]]


def shared_records(
    students: QuerySet[Student], school: Institution, *, on: date, with_parents: bool
) -> tuple[Shared, ...]:
    """Those of `students` on the roll that day, by form and name. `with_parents`: only meetings shared with them."""
    enrolled = Enrolment.objects.main().current(on).filter(institution=school, student__in=students)
    rows: list[Any] = list(enrolled.select_related("student", "tutor_group").annotate(tutor=tutor_on(on)))
    found = _read([row.student_id for row in rows], on, with_parents)
    return tuple(_shared(row, found, on) for row in sorted(rows, key=_place))


def _place(row: Enrolment) -> tuple[int, str, str, str]:
    form = row.tutor_group.name if row.tutor_group else ""
    return row.year_group, form, plain_name(f"{row.student.surname} {row.student.forename}"), row.student.key


def _read(students: Sequence[int], on: date, with_parents: bool) -> _Rows:
    meetings = GuidanceMeeting.objects.filter(student__in=students).select_related("confirmation").defer("private_note")
    actions = Action.objects.filter(student__in=students, agreed_on__lte=on)
    if with_parents:
        meetings = meetings.exclude(status=Status.HELD, shared_with_parent=False)
        actions = actions.filter(meeting__shared_with_parent=True)
    parts = Participation.objects.filter(
        student__in=students, on__gte=AcademicYear.of(on).first_day, activity__withdrawn_at__isnull=True
    )
    return _Rows(
        _by_student(Aspiration.objects.filter(student__in=students, said_on__lte=on).order_by("-said_on", "-pk")),
        _by_student(meetings.order_by("-held_on", "planned_on", "pk")),
        _by_student(actions.order_by("due_on", "pk")),
        _by_student(parts.select_related("activity").order_by("on", "pk")),
    )


def _by_student(rows: Iterable[Row]) -> Mapping[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.student_id].append(row)
    return found


def _shared(row: Any, found: _Rows, on: date) -> Shared:
    pk, form = row.student_id, row.tutor_group
    actions = found.actions.get(pk, [])
    meetings = found.meetings.get(pk, [])
    parts = found.parts.get(pk, [])
    return Shared(
        pk, row.student.key, row.student.name, row.year_group, form.name if form else "",
        row.tutor or "", tuple(map(hope_of, found.hopes.get(pk, []))),
        tuple(_meeting(one, actions, on) for one in meetings if one.held_on and one.held_on <= on),
        tuple(_agreed(one, on) for one in actions),
        tuple(Happening(part.on, part.activity.called) for part in parts if part.status == "attended" and part.on <= on),
        _coming(meetings, parts, on),
    )  # fmt: skip


def _meeting(one: GuidanceMeeting, actions: Iterable[Action], on: date) -> Meeting:
    own = [action for action in actions if action.meeting_id == one.pk]
    agreed, held = tuple(_agreed(action, on) for action in own), one.held_on or on
    return Meeting(held, one.adviser_name, one.summary, agreed, one.key, _asks(one, own, held, on))


def _asks(one: GuidanceMeeting, agreed: Sequence[Action], held: date, on: date) -> bool:
    """Of this year's, once there was time for it or something was closed, until they have said."""
    if hasattr(one, "confirmation") or one.elsewhere or not agreed or held < AcademicYear.of(on).first_day:
        return False
    return held <= on - timedelta(days=TIME_FOR_IT) or any(a.closed_on and a.closed_on < on for a in agreed)


def _agreed(one: Action, on: date) -> Agreed:
    is_open = one.closed_on is None or one.closed_on > on
    when = "closed" if not is_open else "late" if one.due_on < on else "open"
    whose = one.owner_name or one.get_owner_display()
    return Agreed(one.key, one.what, whose, one.due_on, when, "" if is_open else one.get_outcome_display())


def _coming(meetings: Iterable[GuidanceMeeting], parts: Iterable[Participation], on: date) -> tuple[Happening, ...]:
    booked = (one.planned_on for one in meetings if one.status == Status.BOOKED)
    dates = [Happening(day, "Guidance meeting") for day in booked if day and day >= on]
    dates += [Happening(part.on, part.activity.called) for part in parts if part.status == "planned" and part.on >= on]
    return tuple(sorted(dates, key=lambda one: (one.on, one.title))[:COMING])
