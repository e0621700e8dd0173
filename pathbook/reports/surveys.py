"""A school's surveys: how far each is, and who has not answered it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from pathbook.framework.shares import Share
from pathbook.people.models import Institution, Student
from pathbook.records.models import Activity
from pathbook.uptake.bank import Question
from pathbook.uptake.counting import EVERYONE
from pathbook.uptake.models import Survey, SurveyCode, SurveyResponse, SurveyTally
from pathbook.uptake.queries.asked import Asked, asked_of
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


def surveyed_after(activity: Activity, *, on: date) -> tuple[Results, ...]:
    """What was said in surveys about one activity, as their own pages show it; words stay there."""
    rows = Survey.objects.filter(activity=activity, is_released=True).order_by("-opens_on", "-pk")
    return tuple(results_of(one, on=on, broken_down=False) for one in rows)


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
