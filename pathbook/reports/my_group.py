"""A tutor's group at a glance: what each tutee wants, was told and agreed to do, what is missing and what is new."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

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
from pathbook.reports.tutor_news import News, news_of, opened_by
from pathbook.uptake.queries.acknowledged import acknowledged_by

LINE = 110  # characters of a summary that are read at a glance
SOON = timedelta(days=14)
ASKED_FIRST = 3
AGREED = "What is one thing you agreed to do, and when will you do it?"
HOPES = "What would you like to be doing after school?"
HEARD = "What have you heard about a job or course lately that surprised you?"


@dataclass(frozen=True, slots=True)
class Tutee:
    """One line of the group.

    `you`: new, understood, read, or empty when there is nothing to read. `to_say`: a note they have not said "read and
    understood" of. `whole`: that note, where the line cuts it short.
    """

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
    news: tuple[News, ...]
    to_say: bool
    whole: str


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

    @property
    def things_new(self) -> int:
        return sum(len(one.news) for one in self.new)


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read for everybody, by the student's number."""

    hopes: dict[int, tuple[str, str]]
    held: dict[int, tuple[int, date, str]]
    booked: dict[int, date]
    actions: dict[int, tuple[str, date]]
    opened: dict[int, datetime]
    news: dict[int, list[News]]
    understood: set[int]


def keeps_a_group(viewer: Viewer) -> bool:
    """Do they look after students by name without seeing the school's figures?"""
    return (
        viewer.may(access.GUIDANCE) and viewer.may(access.ACTIVITIES, access.WRITE) and not viewer.may(access.NUMBERS)
    )


def my_group(viewer: Viewer, school: Institution, *, on: date) -> MyGroup:
    """At most twelve queries, whatever the number of tutees."""
    rows = enrolled(viewer, school, on)
    roll = [OnRoll(row.student_id, row.student.key, row.year_group, form_of(row)) for row in rows]
    judged = {pk: one.judged for pk, one in seen(roll, school=school, set_id=set_in_force(on), as_of=on).items()}
    known = _known(viewer, [row.student_id for row in rows], on)
    tutees = tuple(_tutee(row, judged[row.student_id], known, on) for row in rows)
    unmet = [row.student_id for row in rows if row.student_id not in known.held]
    return MyGroup(
        tuple(dict.fromkeys(one.form for one in tutees if one.form)), tutees, tuple(gap_todos(viewer, list(judged.values()))),
        _question(tutees), tuple(sorted((one for one in tutees if one.news), key=_newest, reverse=True)),
        sum(one.when == "late" for one in tutees), len(unmet), sum(one in known.booked for one in unmet),
    )  # fmt: skip


def enrolled(viewer: Viewer, school: Institution, on: date) -> list[Enrolment]:
    visible = students_visible_to(viewer, on, access.GUIDANCE)
    rows = Enrolment.objects.main().current(on).filter(institution=school, student__in=visible)
    found = {row.student_id: row for row in rows.select_related("student", "tutor_group")}
    return sorted(found.values(), key=lambda row: (form_of(row), _by_name(row.student), row.student.key))


def _by_name(student: Student) -> str:
    return plain_name(f"{student.surname} {student.forename}")


def form_of(row: Enrolment) -> str:
    return row.tutor_group.name if row.tutor_group else ""


def _known(viewer: Viewer, students: Sequence[int], on: date) -> _Known:
    hopes = Aspiration.objects.filter(student__in=students).order_by("said_on", "pk")
    actions = Action.objects.still_open(on).filter(student__in=students).order_by("-due_on", "-pk")
    meetings = GuidanceMeeting.objects.filter(student__in=students)
    held, opened = _held(meetings, on), opened_by(viewer, students)
    return _Known(
        {one: (PATHWAYS.get(path, ""), words) for one, path, words in hopes.values_list("student_id", "pathway", "words")},
        held,
        _booked(meetings, on),
        {one: (what, due) for one, what, due in actions.values_list("student_id", "what", "due_on")},
        opened,
        news_of(students, opened, {one: day for one, (_, day, _) in held.items()}, on=on),
        acknowledged_by(viewer.account_id, students),
    )  # fmt: skip


def _held(meetings: QuerySet[GuidanceMeeting], on: date) -> dict[int, tuple[int, date, str]]:
    rows = meetings.filter(status="held", held_on__lte=on).order_by("held_on", "pk")
    told = rows.values_list("student_id", "pk", "held_on", "summary")
    return {one: (pk, day, summary) for one, pk, day, summary in told if day}


def _booked(meetings: QuerySet[GuidanceMeeting], on: date) -> dict[int, date]:
    rows: Iterable[Any] = meetings.filter(status="booked", planned_on__gte=on).order_by("-planned_on")
    return dict(rows.values_list("student_id", "planned_on"))  # type: ignore[attr-defined]


def _tutee(row: Enrolment, judged: Judged, known: _Known, on: date) -> Tutee:
    one = row.student_id
    meeting, met, summary = known.held.get(one, (0, None, ""))
    what, due = known.actions.get(one, ("", None))
    line, news = in_a_line(summary), tuple(known.news.get(one, ()))
    to_say = bool(summary and met and met >= AcademicYear.of(on).first_day and meeting not in known.understood)
    return Tutee(
        row.student.key, row.student.name, form_of(row), ", ".join(filter(None, known.hopes.get(one, ()))), met,
        line, what, due or known.booked.get(one), _when(due, one in known.booked, on), judged.gaps,
        _you(bool(news), meeting in known.understood, met, on), news, to_say, summary if to_say and line != summary else "",
    )  # fmt: skip


def in_a_line(text: str) -> str:
    """The beginning of what was agreed, cut between words."""
    first = " ".join(text.split())
    return first if len(first) <= LINE else first[: LINE + 1].rsplit(" ", 1)[0].rstrip(",;:.") + " …"


def _when(due: date | None, booked: bool, on: date) -> str:
    if due is None:
        return "booked" if booked else ""
    return "late" if due < on else "soon" if due <= on + SOON else "later"


def _you(news: bool, understood: bool, met: date | None, on: date) -> str:
    if news:
        return "new"
    if met is None or met < AcademicYear.of(on).first_day:
        return ""
    return "understood" if understood else "read"


def _newest(one: Tutee) -> date:
    return one.news[0].on


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
