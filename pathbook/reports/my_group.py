"""A tutor's group at a glance: what each tutee wants, was told and agreed to do, what is missing and what is new."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone

from pathbook.audit.models import Event, Verb
from pathbook.framework.judge import Judged
from pathbook.framework.sets import set_in_force
from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.people.models import Enrolment, Institution, Student
from pathbook.people.names import plain_name
from pathbook.people.visibility import Viewer, students_visible_to
from pathbook.records.facts import OnRoll
from pathbook.records.models import Action, Aspiration, GuidanceMeeting
from pathbook.records.models.destination import PATHWAYS
from pathbook.reports.home import Todo, gap_todos
from pathbook.reports.remembered import seen

LINE = 110  # characters of a summary that are read at a glance
SOON = timedelta(days=14)
ASKED_FIRST = 3
AGREED = "What is one thing you agreed to do, and when will you do it?"
HOPES = "What would you like to be doing after school?"
HEARD = "What have you heard about a job or course lately that surprised you?"


@dataclass(frozen=True, slots=True)
class Tutee:
    """One line of the group. `you`: new, read, or empty when there was no meeting this year."""

    key: str
    name: str
    form: str
    wants: str
    met: date | None
    said: str
    action: str
    due: date | None
    when: str  # late, soon, later, booked, or empty
    gaps: int
    you: str


@dataclass(frozen=True, slots=True)
class Question:
    """One to ask this week, and whom to start with: (key, name, why)."""

    words: str
    start: str
    first: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class MyGroup:
    """Everything a tutor's home shows."""

    forms: tuple[str, ...]
    tutees: tuple[Tutee, ...]
    missing: tuple[Todo, ...]
    question: Question
    new: tuple[Tutee, ...]
    overdue: int
    unmet: int
    booked: int


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read for everybody, by the student's number."""

    hopes: dict[int, tuple[str, str]]
    held: dict[int, tuple[date, str]]
    booked: dict[int, date]
    actions: dict[int, tuple[str, date]]
    opened: dict[int, date]


def keeps_a_group(viewer: Viewer) -> bool:
    """Do they look after students by name without seeing the school's figures?"""
    return (
        viewer.may(access.GUIDANCE) and viewer.may(access.ACTIVITIES, access.WRITE) and not viewer.may(access.NUMBERS)
    )


def my_group(viewer: Viewer, school: Institution, *, on: date) -> MyGroup:
    """At most twelve queries, whatever the number of tutees."""
    rows = _enrolled(viewer, school, on)
    roll = [OnRoll(row.student_id, row.student.key, row.year_group, _form(row)) for row in rows]
    judged = {pk: one.judged for pk, one in seen(roll, school=school, set_id=set_in_force(on), as_of=on).items()}
    known = _known(viewer, [row.student_id for row in rows], on)
    tutees = tuple(_tutee(row, judged[row.student_id], known, on) for row in rows)
    unmet = [row.student_id for row in rows if row.student_id not in known.held]
    return MyGroup(
        tuple(dict.fromkeys(one.form for one in tutees if one.form)), tutees, tuple(gap_todos(viewer, list(judged.values()))),
        _question(tutees), tuple(sorted((one for one in tutees if one.you == "new"), key=_met, reverse=True)),
        sum(one.when == "late" for one in tutees), len(unmet), sum(one in known.booked for one in unmet),
    )  # fmt: skip


def _enrolled(viewer: Viewer, school: Institution, on: date) -> list[Enrolment]:
    visible = students_visible_to(viewer, on, access.GUIDANCE)
    rows = Enrolment.objects.main().current(on).filter(institution=school, student__in=visible)
    found = {row.student_id: row for row in rows.select_related("student", "tutor_group")}
    return sorted(found.values(), key=lambda row: (_form(row), _by_name(row.student), row.student.key))


def _by_name(student: Student) -> str:
    return plain_name(f"{student.surname} {student.forename}")


def _form(row: Enrolment) -> str:
    return row.tutor_group.name if row.tutor_group else ""


def _known(viewer: Viewer, students: Sequence[int], on: date) -> _Known:
    hopes = Aspiration.objects.filter(student__in=students).order_by("said_on", "pk")
    actions = Action.objects.still_open(on).filter(student__in=students).order_by("-due_on", "-pk")
    opened = Event.objects.filter(noun="student", verb=Verb.READ, actor_id=viewer.account_id, student_id__in=students)
    meetings = GuidanceMeeting.objects.filter(student__in=students)
    return _Known(
        {one: (PATHWAYS.get(path, ""), words) for one, path, words in hopes.values_list("student_id", "pathway", "words")},
        _held(meetings, on),
        _booked(meetings, on),
        {one: (what, due) for one, what, due in actions.values_list("student_id", "what", "due_on")},
        {one: timezone.localtime(at).date() for one, at in opened.values_list("student_id").annotate(Max("at"))},
    )  # fmt: skip


def _held(meetings: QuerySet[GuidanceMeeting], on: date) -> dict[int, tuple[date, str]]:
    rows = meetings.filter(status="held", held_on__lte=on).order_by("held_on", "pk")
    return {one: (day, summary) for one, day, summary in rows.values_list("student_id", "held_on", "summary") if day}


def _booked(meetings: QuerySet[GuidanceMeeting], on: date) -> dict[int, date]:
    rows: Iterable[Any] = meetings.filter(status="booked", planned_on__gte=on).order_by("-planned_on")
    return dict(rows.values_list("student_id", "planned_on"))  # type: ignore[attr-defined]


def _tutee(row: Enrolment, judged: Judged, known: _Known, on: date) -> Tutee:
    one = row.student_id
    met, summary = known.held.get(one, (None, ""))
    what, due = known.actions.get(one, ("", None))
    return Tutee(
        row.student.key, row.student.name, _form(row), ", ".join(filter(None, known.hopes.get(one, ()))), met,
        in_a_line(summary), what, due or known.booked.get(one), _when(due, one in known.booked, on), judged.gaps,
        _you(met, known.opened.get(one), on),
    )  # fmt: skip


def in_a_line(text: str) -> str:
    """The beginning of what was agreed, cut between words."""
    first = " ".join(text.split())
    return first if len(first) <= LINE else first[: LINE + 1].rsplit(" ", 1)[0].rstrip(",;:.") + " …"


def _when(due: date | None, booked: bool, on: date) -> str:
    if due is None:
        return "booked" if booked else ""
    return "late" if due < on else "soon" if due <= on + SOON else "later"


def _you(met: date | None, opened: date | None, on: date) -> str:
    """Read counts as it does in the loop: opened on the day of the meeting or after."""
    if met is None or met < AcademicYear.of(on).first_day:
        return ""
    return "read" if opened and opened >= met else "new"


def _met(one: Tutee) -> date:
    return one.met or date.min


def _question(tutees: Iterable[Tutee]) -> Question:
    """Overdue actions first; then those who have not said what they hope for; then anybody."""
    late = sorted((one for one in tutees if one.when == "late"), key=lambda one: one.due or date.max)
    if late:
        return Question(AGREED, "Start with those whose action is overdue:", _first((one, one.action) for one in late))
    unsaid = [one for one in tutees if not one.wants]
    if unsaid:
        return Question(HOPES, "Start with those who have not said:", _first((one, "not said yet") for one in unsaid))
    most = sorted(tutees, key=lambda one: -one.gaps)
    return Question(
        HEARD, "Start with those who have had least:", _first((o, f"{o.gaps} gaps") for o in most if o.gaps)
    )


def _first(asked: Iterable[tuple[Tutee, str]]) -> tuple[tuple[str, str, str], ...]:
    return tuple((one.key, one.name, why) for one, why in list(asked)[:ASKED_FIRST])
