"""A tutor's group at a glance: what each tutee wants, was told and agreed to do, what is missing and what is new."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pathbook.framework.judge import Judged
from pathbook.framework.sets import set_in_force
from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.people.models import Enrolment, Institution
from pathbook.people.visibility import Viewer
from pathbook.records.facts import OnRoll
from pathbook.reports.remembered import seen
from pathbook.reports.todos import Todo, gap_todos
from pathbook.reports.tutees import Held, Known, enrolled, form_of, known_of
from pathbook.reports.tutor_news import News
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


def keeps_a_group(viewer: Viewer) -> bool:
    """Do they look after students by name without seeing the school's figures?"""
    return (
        viewer.may(access.GUIDANCE) and viewer.may(access.ACTIVITIES, access.WRITE) and not viewer.may(access.NUMBERS)
    )


def my_group(viewer: Viewer, school: Institution, *, on: date, rows: Sequence[Any] | None = None) -> MyGroup:
    """A fixed number of queries, whatever the number of tutees. `rows`: `enrolled`, for whoever has read it."""
    rows = enrolled(viewer, school, on) if rows is None else rows
    roll = [OnRoll(row.student_id, row.student.key, row.year_group, form_of(row)) for row in rows]
    judged = {pk: one.judged for pk, one in seen(roll, school=school, set_id=set_in_force(on), as_of=on).items()}
    known = known_of(viewer, rows, on)
    tutees = tuple(_tutee(row, judged[row.student_id], known, on) for row in rows)
    unmet = [row.student_id for row in rows if row.student_id not in known.held]
    return MyGroup(
        tuple(dict.fromkeys(one.form for one in tutees if one.form)), tutees, tuple(gap_todos(list(judged.values()))),
        _question(tutees), tuple(sorted((one for one in tutees if one.news), key=_newest, reverse=True)),
        sum(one.when == "late" for one in tutees), len(unmet), sum(one in known.booked for one in unmet),
        of_tutor(viewer.account_id, on=on),
    )  # fmt: skip


def _tutee(row: Enrolment, judged: Judged, known: Known, on: date) -> Tutee:
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
