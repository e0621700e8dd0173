"""Undoing what was said of a year's term dates or exams, from what the audit holds of it."""

from datetime import date, datetime

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Event, Verb
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.records.models import Closure, ExamDays


class NothingToUndoError(Exception):
    """It has been undone, or said anew since."""


@transaction.atomic
def undo(*, school: Institution, year: AcademicYear, said_at: datetime, by: Viewer, at: datetime) -> str:
    """What is as it was before, in a word. Only by whoever said it."""
    events = Event.objects.filter(at=said_at, actor_id=by.account_id, noun__in=("term_dates", "exam_days"))
    said = events.filter(verb__in=(Verb.CHANGED, Verb.REMOVED)).last()
    if said is None:
        raise NothingToUndoError("There is nothing to undo.")
    if said.noun == "term_dates":
        _terms_back(school, year, said, by, at)
        return "The term dates are"
    _exams_back(school, said, by, at)
    return f"{said.detail['before']['why']} is"


def _terms_back(school: Institution, year: AcademicYear, said: Event, by: Viewer, at: datetime) -> None:
    inside = {"first_day__gte": year.first_day, "last_day__lte": year.last_day}
    rows = Closure.objects.filter(institution=school, **inside).exclude(holiday="").order_by("first_day", "pk")
    stands = [[one.holiday, str(one.first_day), str(one.last_day)] for one in rows]
    if said.detail["year"] != year.start or stands != sorted(said.detail["after"], key=lambda one: one[1]):
        raise NothingToUndoError("There is nothing to undo: the term dates have been changed since.")
    called = {one.holiday: one.why for one in rows}
    rows.delete()
    Closure.objects.bulk_create(
        Closure(
            institution=school, holiday=code, first_day=date.fromisoformat(first), last_day=date.fromisoformat(last),
            why=called.get(code, "Holiday"), recorded_by=by.name, recorded_at=at,
        )
        for code, first, last in said.detail["before"]
    )  # fmt: skip
    detail = {"year": year.start, "before": said.detail["after"], "after": said.detail["before"]}
    record.changes(by=by, at=at, of=[record.Change(Verb.UNDONE, "term_dates", None, detail=detail)])


def _exams_back(school: Institution, said: Event, by: Viewer, at: datetime) -> None:
    before = said.detail["before"]
    days = {name: date.fromisoformat(before[name]) for name in ("first_day", "last_day")}
    known = {**days, "why": before["why"], "year_groups": before.get("year_groups", [])}
    row, made = ExamDays.objects.get_or_create(
        institution=school, **known, defaults={"recorded_by": by.name, "recorded_at": at}
    )
    if not made:
        raise NothingToUndoError("There is nothing to undo: they stand there already.")
    record.changes(by=by, at=at, of=[record.Change(Verb.UNDONE, "exam_days", row.pk, detail={"after": before})])
