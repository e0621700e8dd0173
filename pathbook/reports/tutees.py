"""A tutor's tutees, and what was said, agreed, booked and asked of each: everything their home reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from pathbook.audit.readings import opened_by
from pathbook.people import access
from pathbook.people.models import Enrolment, Institution, Student
from pathbook.people.names import plain_name
from pathbook.people.visibility import Viewer, students_visible_to
from pathbook.records.models import Action, Aspiration, GuidanceMeeting, GuidanceRequest
from pathbook.records.models.destination import PATHWAYS
from pathbook.reports.tutor_news import Happened, News, news_of
from pathbook.uptake.models import Acknowledgement


@dataclass(frozen=True, slots=True)
class Held:
    """The last meeting held; `understood`: this person said "read and understood" of it."""

    key: str
    on: date
    summary: str
    understood: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What was read for everybody, by the student's number."""

    hopes: dict[int, tuple[str, str]]
    held: dict[int, Held]
    booked: dict[int, date]
    actions: dict[int, tuple[str, date]]
    news: dict[int, list[News]]


def enrolled(viewer: Viewer, school: Institution, on: date) -> list[Any]:
    """Enrolments of the tutees by form and name, with when this person `opened` each record and what each `asked`. One query."""
    visible = students_visible_to(viewer, on, access.GUIDANCE)
    rows = Enrolment.objects.main().current(on).filter(institution=school, student__in=visible)
    asked = GuidanceRequest.objects.filter(student=OuterRef("student"), answered_on__isnull=True, asked_on__lte=on)
    told = rows.annotate(
        opened=opened_by(viewer.account_id),
        asked_on=Subquery(asked.values("asked_on")[:1]), asked_at=Subquery(asked.values("recorded_at")[:1]),
    )  # fmt: skip
    found: dict[int, Any] = {row.student_id: row for row in told.select_related("student", "tutor_group")}
    return sorted(found.values(), key=lambda row: (form_of(row), _by_name(row.student), row.student.key))


def _by_name(student: Student) -> str:
    return plain_name(f"{student.surname} {student.forename}")


def form_of(row: Enrolment) -> str:
    return row.tutor_group.name if row.tutor_group else ""


def known_of(viewer: Viewer, rows: Sequence[Any], on: date) -> Known:
    """Three queries."""
    students = [row.student_id for row in rows]
    hopes = list(Aspiration.objects.filter(student__in=students).order_by("said_on", "pk"))
    actions = list(Action.objects.still_open(on).filter(student__in=students).order_by("-due_on", "-pk"))
    held, booked = _meetings(viewer, students, on)
    happened = Happened(
        {one: meeting.on for one, meeting in held.items()},
        [(hope.student_id, hope.said_on, hope.recorded_at) for hope in hopes],
        [(row.student_id, row.asked_on, row.asked_at) for row in rows if row.asked_on],
        [(action.student_id, action.due_on) for action in actions],
    )
    return Known(
        {hope.student_id: (PATHWAYS.get(hope.pathway, ""), hope.words) for hope in hopes},
        held, booked, {action.student_id: (action.what, action.due_on) for action in actions},
        news_of(happened, {row.student_id: row.opened for row in rows if row.opened}, on=on),
    )  # fmt: skip


def _meetings(viewer: Viewer, students: Sequence[int], on: date) -> tuple[dict[int, Held], dict[int, date]]:
    """The last held of each, and the next booked. One query."""
    said = Acknowledgement.objects.filter(account=viewer.account_id, meeting=OuterRef("pk"))
    rows = GuidanceMeeting.objects.filter(
        Q(status="held", held_on__lte=on) | Q(status="booked", planned_on__gte=on), student__in=students
    ).annotate(understood=Exists(said))
    held: dict[int, Held] = {}
    booked: dict[int, date] = {}
    for student, key, met, planned, summary, understood in rows.order_by("held_on", "-planned_on", "pk").values_list(
        *MEETING
    ):
        if met:
            held[student] = Held(key, met, summary, understood)
        elif planned:
            booked[student] = planned
    return held, booked


MEETING = ("student_id", "key", "held_on", "planned_on", "summary", "understood")
