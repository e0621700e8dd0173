"""Making a survey and letting it go: changed freely until the first answer, after that a new version."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.framework.shares import SMALL
from pathbook.framework.years import YEAR_GROUPS, AcademicYear
from pathbook.people.models import Group, Institution, TutorGroup
from pathbook.people.visibility import Viewer
from pathbook.records.models import Activity
from pathbook.uptake.bank import EMPLOYERS, PARENTS, STUDENTS, Question, templates
from pathbook.uptake.counting import EVERYONE, FORM, PREMIUM, SEN, YEAR, nought
from pathbook.uptake.models import Survey, SurveyTally
from pathbook.uptake.models.survey_answers import by_lot
from pathbook.uptake.queries.asked import asked_of


class AnswersCameError(Exception):
    """Somebody has answered, so what was asked stays as it was asked."""


class PromisedError(Exception):
    """Whoever has the page open was told how their answer is kept."""


class NothingAskedError(Exception):
    """A survey without a question."""


class TooFewError(Exception):
    """So few are asked that an anonymous answer could never be shown."""


REFUSED = (
    AnswersCameError,
    PromisedError,
    NothingAskedError,
    TooFewError,
)  # why a change is not made; each says what to do


@dataclass(frozen=True, slots=True)
class Aim:
    """Whom a survey is for; nothing named is everyone."""

    year_group: int | None = None
    tutor_group: TutorGroup | None = None
    group: Group | None = None

    @property
    def fields(self) -> dict[str, Any]:
        return {"year_group": self.year_group, "tutor_group": self.tutor_group, "group": self.group}


@dataclass(frozen=True, slots=True)
class Plan:
    """What the careers leader decides about a survey."""

    title: str
    is_named: bool
    questions: tuple[Question, ...]
    aim: Aim
    opens_on: date
    closes_on: date
    activity: Activity | None = None  # the event employers are asked about

    @property
    def fields(self) -> dict[str, Any]:
        return {
            "title": self.title, "is_named": self.is_named, "questions": [as_row(one) for one in self.questions],
            "opens_on": self.opens_on, "closes_on": self.closes_on, "activity": self.activity,
            **self.aim.fields,
        }  # fmt: skip


def plan_of(survey: Survey) -> Plan:
    """As it was decided, to change a part of it."""
    aim = Aim(survey.year_group, survey.tutor_group, survey.group)
    return Plan(survey.title, survey.is_named, survey.asks, aim, survey.opens_on, survey.closes_on, survey.activity)


def as_row(question: Question) -> dict[str, Any]:
    """As the bank writes it, so that it is checked again whenever it is read."""
    return {
        "code": question.code, "kind": question.kind, "topic": question.topic, "words": dict(question.words),
        "options": dict(question.options), "criterion": question.criterion, "need": question.need,
    }  # fmt: skip


@transaction.atomic
def make(*, template: str, plan: Plan, school: Institution, by: Viewer, at: datetime) -> Survey:
    """A draft: nobody is asked until it is released."""
    survey = Survey.objects.create(
        institution=school, template=template, audience=templates()[template].audience,
        recorded_by=by.name, recorded_at=at, **plan.fields,
    )  # fmt: skip
    _note(Verb.CREATED, survey, by, at)
    return survey


@transaction.atomic
def change(*, survey: Survey, plan: Plan, by: Viewer, at: datetime, on: date) -> None:
    """Raises AnswersCameError after the first answer; PromisedError, NothingAskedError or TooFewError once released."""
    if SurveyTally.objects.select_for_update().filter(survey=survey, answered__gt=0).exists():
        raise AnswersCameError("Somebody has answered already. Make a new version, and close this one.")
    if Survey.objects.filter(pk=survey.pk, is_released=True).exclude(is_named=plan.is_named).exists():
        raise PromisedError(
            "It is released, and whoever has it open was told whether names are kept. Close it, and make a new version."
        )
    Survey.objects.filter(pk=survey.pk).update(**plan.fields)
    survey.refresh_from_db()
    if survey.is_released:
        _asks_something(survey)
        Survey.objects.filter(pk=survey.pk).update(invited=_invited(survey, on))
        lay_out(survey)
    _note(Verb.CHANGED, survey, by, at)


@transaction.atomic
def release(*, survey: Survey, by: Viewer, at: datetime, on: date) -> None:
    """Let it open on its day. Raises NothingAskedError; TooFewError for an anonymous one that asks fewer than five."""
    _asks_something(survey)
    invited = _invited(survey, on)
    if Survey.objects.filter(pk=survey.pk, is_released=False).update(is_released=True, invited=invited):
        lay_out(survey)
        _note(Verb.CHANGED, survey, by, at, released=True)


@transaction.atomic
def close(*, survey: Survey, by: Viewer, at: datetime, on: date) -> None:
    """Today takes no more answers. A survey that is over does not open again."""
    last = on - timedelta(days=1)
    if Survey.objects.open_on(on).filter(pk=survey.pk).update(closes_on=last, opens_on=min(survey.opens_on, last)):
        _note(Verb.CHANGED, survey, by, at, closed=True)


def _asks_something(survey: Survey) -> None:
    if not survey.questions:
        raise NothingAskedError("It asks nothing yet. Add a question first.")


def _invited(survey: Survey, on: date) -> int:
    """How many are asked. Raises TooFewError."""
    invited = len(asked_of(survey, on=on))
    if not survey.is_named and survey.audience != EMPLOYERS and invited < SMALL:
        raise TooFewError(
            f"Fewer than {SMALL} are asked, so their answers could never be shown. Choose more people, or ask under names."
        )
    return invited


def lay_out(survey: Survey, *, lot: Callable[[], int] = by_lot) -> None:
    """Every count there can be, at nought, in the order of the bank and not of whoever answers."""
    SurveyTally.objects.filter(survey=survey).delete()
    counts = nought(survey.asks)
    SurveyTally.objects.bulk_create(
        SurveyTally(id=lot(), survey=survey, part=part, value=value, counts=counts) for part, value in _parts(survey)
    )


def _parts(survey: Survey) -> Iterable[tuple[str, str]]:
    yield EVERYONE, ""
    if survey.audience in (STUDENTS, PARENTS):
        yield from ((YEAR, str(year)) for year in YEAR_GROUPS)
    if survey.audience == STUDENTS:
        yield from ((part, value) for part in (SEN, PREMIUM) for value in ("yes", "no"))
    if survey.audience == STUDENTS and survey.is_named:
        year = AcademicYear.of(survey.opens_on).start
        forms = TutorGroup.objects.filter(institution=survey.institution_id, academic_year=year).order_by("pk")
        yield from ((FORM, name) for name in forms.values_list("name", flat=True))


def _note(verb: Verb, survey: Survey, by: Viewer, at: datetime, **after: bool) -> None:
    record.changes(by=by, at=at, of=[record.Change(verb, "survey", survey.pk, None, {"after": after} if after else {})])
