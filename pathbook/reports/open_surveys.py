"""The surveys open today: which wait for whoever is signed in, and how far those are that a careers leader looks after."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from pathbook.people import access
from pathbook.people.models import Institution, Student
from pathbook.people.visibility import Viewer, students_writable_by
from pathbook.reports.surveys import Listed
from pathbook.uptake.bank import PARENTS, STAFF, STUDENTS, version_for
from pathbook.uptake.counting import EVERYONE
from pathbook.uptake.models import Survey, SurveyMark, SurveyTally
from pathbook.uptake.models.survey import OPEN
from pathbook.uptake.queries.asked import Asked, one_asked


@dataclass(frozen=True, slots=True)
class Waiting:
    """A survey that waits for somebody, and how many questions it has for them."""

    survey: Survey
    who: Asked
    questions: int


@dataclass(frozen=True, slots=True)
class Open:
    """One survey open today. `answered`: how many have, None where none can be counted; `by_me`: whoever asks has."""

    survey: Survey
    answered: int | None
    by_me: bool


@dataclass(frozen=True, slots=True)
class OpenSurveys:
    """All of the school's, the soonest over first, with as whom somebody is asked (a student is named)."""

    audience: str
    student: Student | None
    surveys: tuple[Open, ...] = ()


def open_surveys(viewer: Viewer, school: Institution, *, on: date, student: Student | None = None) -> OpenSurveys:
    """One query. `student`: whoever is signed in, where they are one and were found already."""
    audience, me = (STUDENTS, student) if student else audience_of(viewer, on)
    if not audience:
        return OpenSurveys("", None)
    mine = Q(student=me) if me else Q(account=viewer.account_id)
    total = SurveyTally.objects.filter(survey=OuterRef("pk"), part=EVERYONE).values("answered")[:1]
    rows = Survey.objects.open_on(on).filter(institution=school).order_by("closes_on", "pk")
    told = rows.annotate(total=Subquery(total), by_me=Exists(SurveyMark.objects.filter(mine, survey=OuterRef("pk"))))
    return OpenSurveys(audience, me, tuple(map(_open, told)))


def _open(row: Any) -> Open:
    return Open(row, row.total, row.by_me)


def still_to_answer(viewer: Viewer, found: OpenSurveys) -> tuple[Listed, ...]:
    """For whoever looks after surveys: those that somebody has still to answer."""
    if not viewer.may(access.SURVEYS, access.WRITE):
        return ()
    listed = (Listed(one.survey, OPEN, one.answered) for one in found.surveys if one.answered is not None)
    return tuple(one for one in listed if one.share is None or one.share.missing)


def waiting_for(viewer: Viewer, found: OpenSurveys, *, on: date) -> tuple[Waiting, ...]:
    """Those that ask whoever is signed in and that they have not answered. A query for each."""
    mine = [one.survey for one in found.surveys if one.survey.audience == found.audience and not one.by_me]
    return tuple(one for one in _waiting(viewer, mine, found.student, on) if one.questions)


def _waiting(viewer: Viewer, mine: Iterable[Survey], student: Student | None, on: date) -> Iterable[Waiting]:
    for survey in mine:
        if who := who_asked(survey, viewer, student, on=on):
            yield Waiting(survey, who, _how_many(survey, who))


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
