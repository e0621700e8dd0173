"""A school's surveys: how far each is, who has not answered it, and which ones wait for somebody to answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from pathbook.framework.shares import Share
from pathbook.people import access
from pathbook.people.models import Institution, Student
from pathbook.people.visibility import Viewer, students_writable_by
from pathbook.records.models import Activity
from pathbook.uptake.bank import PARENTS, STAFF, STUDENTS, Question, version_for
from pathbook.uptake.counting import EVERYONE
from pathbook.uptake.models import Survey, SurveyCode, SurveyMark, SurveyResponse, SurveyTally
from pathbook.uptake.models.survey import OPEN
from pathbook.uptake.queries.asked import Asked, asked_of, one_asked
from pathbook.uptake.queries.results import Results, results_of


@dataclass(frozen=True, slots=True)
class Listed:
    """One survey in the list. `invited`: how many were asked when it was released; 0 where nobody is listed."""

    survey: Survey
    state: str
    answered: int

    @property
    def share(self) -> Share | None:
        invited = self.survey.invited
        return Share(self.answered, invited) if invited >= self.answered and invited else None


@dataclass(frozen=True, slots=True)
class Form:
    """One tutor group (or all staff): how many have answered, and who has not."""

    name: str
    answered: Share
    waiting: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Codes printed with one label, and how many were used."""

    label: str
    used: Share


@dataclass(frozen=True, slots=True)
class Chase:
    """Who has answered and who has not; never what."""

    answered: Share
    forms: tuple[Form, ...]
    sheets: tuple[Sheet, ...]
    total: int  # answers in all, by code too
    said: tuple[Asked, ...] = ()  # students whose answers can be read, of a survey under names

    @property
    def waiting(self) -> int:
        return self.answered.missing


@dataclass(frozen=True, slots=True)
class Waiting:
    """A survey that waits for somebody, and how many questions it has for them."""

    survey: Survey
    who: Asked
    questions: int


def surveys_of(school: Institution, *, on: date) -> tuple[Listed, ...]:
    """The latest first; two queries."""
    rows = Survey.objects.filter(institution=school).select_related("tutor_group", "group")
    totals = SurveyTally.objects.filter(survey__institution=school, part=EVERYONE)
    answered = dict(totals.values_list("survey_id", "answered"))
    return tuple(Listed(one, one.state(on), answered.get(one.pk, 0)) for one in rows.order_by("-opens_on", "-pk"))


def chase_of(survey: Survey, *, on: date) -> Chase:
    """The group with the most to chase first."""
    asked = asked_of(survey, on=on)
    by_form: dict[str, list[Asked]] = {}
    for one in asked:
        by_form.setdefault(one.form, []).append(one)
    forms = sorted(
        (_form(name, people) for name, people in by_form.items()), key=lambda one: (-len(one.waiting), one.name)
    )
    total = SurveyTally.objects.filter(survey=survey, part=EVERYONE).values_list("answered", flat=True).first()
    said = tuple(one for one in asked if survey.is_named and one.has_answered and one.student_id)
    return Chase(
        Share(sum(one.has_answered for one in asked), len(asked)), tuple(forms), _sheets(survey), total or 0, said
    )


def _form(name: str, people: Sequence[Asked]) -> Form:
    waiting = tuple(sorted((one for one in people if not one.has_answered), key=lambda one: one.name))
    return Form(name, Share(len(people) - len(waiting), len(people)), waiting)


def _sheets(survey: Survey) -> tuple[Sheet, ...]:
    rows = SurveyCode.objects.filter(survey=survey).values("label").annotate(
        made=Count("pk"), used=Count("pk", filter=Q(is_used=True))
    )  # fmt: skip
    return tuple(Sheet(row["label"], Share(row["used"], row["made"])) for row in rows.order_by("label"))


def open_now(viewer: Viewer, school: Institution, *, on: date) -> tuple[Listed, ...]:
    """For whoever asks: those open today that somebody has still to answer, the soonest over first. One query."""
    if not viewer.may(access.SURVEYS, access.WRITE):
        return ()
    rows = SurveyTally.objects.filter(survey__in=Survey.objects.open_on(on).filter(institution=school), part=EVERYONE)
    told = rows.select_related("survey").order_by("survey__closes_on", "survey_id")
    listed = (Listed(row.survey, OPEN, row.answered) for row in told)
    return tuple(one for one in listed if one.share is None or one.share.missing)


def surveyed_after(activity: Activity, *, on: date) -> tuple[Results, ...]:
    """What was said in surveys about one activity, as their own pages show it; words stay there."""
    rows = Survey.objects.filter(activity=activity, is_released=True).order_by("-opens_on", "-pk")
    return tuple(results_of(one, on=on, broken_down=False) for one in rows)


def waiting_for(viewer: Viewer, school: Institution, *, on: date) -> tuple[Waiting, ...]:
    """The surveys open today that ask whoever is signed in and that they have not answered; soonest over first."""
    audience, student = audience_of(viewer, on)
    if not audience:
        return ()
    mine = Q(student=student) if student else Q(account=viewer.account_id)
    marks = SurveyMark.objects.filter(mine, survey=OuterRef("pk"))
    rows = Survey.objects.open_on(on).filter(~Exists(marks), institution=school, audience=audience)
    found = ((one, who_asked(one, viewer, student, on=on)) for one in rows.order_by("closes_on", "pk"))
    waiting = (Waiting(survey, who, _how_many(survey, who)) for survey, who in found if who)
    return tuple(one for one in waiting if one.questions)


def audience_of(viewer: Viewer, on: date) -> tuple[str, Student | None]:
    """As whom they are asked in the role that is on: a student, a parent, or staff."""
    if viewer.may(access.VOICE, access.WRITE):
        return STUDENTS, students_writable_by(viewer, on, access.VOICE).first()
    if viewer.may(access.SHARED):
        return PARENTS, None
    return (STAFF, None) if viewer.held else ("", None)


def who_asked(survey: Survey, viewer: Viewer, student: Student | None, *, on: date) -> Asked | None:
    """Who they are in the survey, if it asks them."""
    if survey.audience == STUDENTS:
        return one_asked(survey, on=on, student=student.pk) if student else None
    return one_asked(survey, on=on, account=viewer.account_id) if viewer.account_id else None


def _how_many(survey: Survey, who: Asked) -> int:
    version = version_for(who.year_group if survey.audience == STUDENTS else None)
    return sum(one.asked_of(version) for one in survey.asks)


@dataclass(frozen=True, slots=True)
class SaidByName:
    """What one student answered under their name, question by question."""

    said_on: date
    lines: tuple[tuple[str, str], ...]


def said_by(survey: Survey, student: Student) -> SaidByName | None:
    """None where they have not answered, or the survey keeps no names."""
    row = SurveyResponse.objects.filter(survey=survey, student=student).first()
    if row is None:
        return None
    lines = ((one.in_full, _in_words(one, row.said.get(one.code, ""))) for one in survey.asks)
    return SaidByName(row.said_on, tuple(lines))


def _in_words(question: Question, said: str | list[str]) -> str:
    chosen = [said] if isinstance(said, str) else said
    return ", ".join(question.options.get(one, one) for one in chosen)
