"""A tutor's group at a glance: what each tutee wants, was told and agreed to do, what is missing and what is new."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from pathbook.audit.readings import last_opened
from pathbook.framework.judge import Judged
from pathbook.framework.sets import set_in_force
from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.people.models import Enrolment, Institution, Student
from pathbook.people.names import plain_name
from pathbook.people.visibility import Viewer, students_visible_to
from pathbook.records.facts import OnRoll
from pathbook.records.models import Action, Aspiration, GuidanceMeeting, GuidanceRequest
from pathbook.records.models.destination import PATHWAYS
from pathbook.reports.remembered import seen
from pathbook.reports.todos import Todo, gap_todos
from pathbook.reports.tutor_news import Happened, News, news_of
from pathbook.uptake.models import Acknowledgement
from pathbook.uptake.queries.checks import Term
from pathbook.uptake.queries.of_tutor import OfTutor, of_tutor

LINE = 110  # characters of a summary that are read at a glance
SOON = timedelta(days=14)
ASKED_FIRST = 3
AGREED = "What is one thing you agreed to do, and when will you do it?"
HOPES = "What would you like to be doing after school?"
HEARD = "What have you heard about a job or course lately that surprised you?"


@dataclass(frozen=True, slots=True)
class Tutee:
    """One line of the group.

    `you`: new, understood, read, or empty when there is nothing to read. `to_say`: the key of a note they have not said
    "read and understood" of. `whole`: that note, where the line cuts it short.
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
    to_say: str
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
    of_tutor: OfTutor  # what is asked of the tutor

    @property
    def asked(self) -> OfTutor | None:
        """The last time somebody asked them to read, while something is unread."""
        unread = any(one.to_say and one.you == "new" for one in self.tutees)
        return self.of_tutor if unread and self.of_tutor.asked_on else None

    @property
    def check(self) -> Term | None:
        """The two-minute check of this term, while it is not answered."""
        return self.of_tutor.check

    @property
    def things_new(self) -> int:
        return sum(len(one.news) for one in self.new)


@dataclass(frozen=True, slots=True)
class Held:
    """The last meeting held; `understood`: this person said "read and understood" of it."""

    key: str
    on: date
    summary: str
    understood: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read for everybody, by the student's number."""

    hopes: dict[int, tuple[str, str]]
    held: dict[int, Held]
    booked: dict[int, date]
    actions: dict[int, tuple[str, date]]
    news: dict[int, list[News]]


def keeps_a_group(viewer: Viewer) -> bool:
    """Do they look after students by name without seeing the school's figures?"""
    return (
        viewer.may(access.GUIDANCE) and viewer.may(access.ACTIVITIES, access.WRITE) and not viewer.may(access.NUMBERS)
    )


def my_group(viewer: Viewer, school: Institution, *, on: date, rows: Sequence[Enrolment] | None = None) -> MyGroup:
    """A fixed number of queries, whatever the number of tutees. `rows`: `enrolled`, for whoever has read it."""
    rows = enrolled(viewer, school, on) if rows is None else rows
    roll = [OnRoll(row.student_id, row.student.key, row.year_group, form_of(row)) for row in rows]
    judged = {pk: one.judged for pk, one in seen(roll, school=school, set_id=set_in_force(on), as_of=on).items()}
    known = _known(viewer, [row.student_id for row in rows], on)
    tutees = tuple(_tutee(row, judged[row.student_id], known, on) for row in rows)
    unmet = [row.student_id for row in rows if row.student_id not in known.held]
    return MyGroup(
        tuple(dict.fromkeys(one.form for one in tutees if one.form)), tutees, tuple(gap_todos(list(judged.values()))),
        _question(tutees), tuple(sorted((one for one in tutees if one.news), key=_newest, reverse=True)),
        sum(one.when == "late" for one in tutees), len(unmet), sum(one in known.booked for one in unmet),
        of_tutor(viewer.account_id, on=on),
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
    """Five queries."""
    hopes = list(Aspiration.objects.filter(student__in=students).order_by("said_on", "pk"))
    actions = list(Action.objects.still_open(on).filter(student__in=students).order_by("-due_on", "-pk"))
    asked = GuidanceRequest.objects.filter(student__in=students, answered_on__isnull=True, asked_on__lte=on)
    (held, booked), opened = _meetings(viewer, students, on), last_opened(by=viewer.account_id, students=students)
    happened = Happened(
        {one: meeting.on for one, meeting in held.items()},
        [(hope.student_id, hope.said_on, hope.recorded_at) for hope in hopes],
        list(asked.values_list("student_id", "asked_on", "recorded_at")),
        [(action.student_id, action.due_on) for action in actions],
    )
    return _Known(
        {hope.student_id: (PATHWAYS.get(hope.pathway, ""), hope.words) for hope in hopes},
        held, booked, {action.student_id: (action.what, action.due_on) for action in actions},
        news_of(happened, opened, on=on),
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


def _tutee(row: Enrolment, judged: Judged, known: _Known, on: date) -> Tutee:
    one = row.student_id
    met = known.held.get(one)
    what, due = known.actions.get(one, ("", None))
    summary = met.summary if met else ""
    line, news = in_a_line(summary), tuple(known.news.get(one, ()))
    to_say = met.key if met and summary and _is_this_years(met, on) and not met.understood else ""
    return Tutee(
        row.student.key, row.student.name, form_of(row), ", ".join(filter(None, known.hopes.get(one, ()))),
        met.on if met else None, line, what, due or known.booked.get(one), _when(due, one in known.booked, on),
        judged.gaps, _you(bool(news), met, on), news, to_say, summary if to_say and line != summary else "",
    )  # fmt: skip


def _is_this_years(met: Held, on: date) -> bool:
    return met.on >= AcademicYear.of(on).first_day


def in_a_line(text: str) -> str:
    """The beginning of what was agreed, cut between words."""
    first = " ".join(text.split())
    return first if len(first) <= LINE else first[: LINE + 1].rsplit(" ", 1)[0].rstrip(",;:.") + " …"


def _when(due: date | None, booked: bool, on: date) -> str:
    if due is None:
        return "booked" if booked else ""
    return "late" if due < on else "soon" if due <= on + SOON else "later"


def _you(news: bool, met: Held | None, on: date) -> str:
    if news:
        return "new"
    if met is None or not _is_this_years(met, on):
        return ""
    return "understood" if met.understood else "read"


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
