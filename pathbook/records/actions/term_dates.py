"""Saying the term dates of an academic year: they are kept as the holidays between them, which are closures."""

from datetime import date, datetime

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.framework.terms import TermDates, wrong_with
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.records.models import Closure


class TermDatesRefusedError(Exception):
    """They are no term dates; the sentence says why."""


@transaction.atomic
def say_terms(*, school: Institution, dates: TermDates, by: Viewer, at: datetime) -> int:
    """The year's holidays take the place of those said before; other closures stay. How many holidays there are."""
    wrong = wrong_with(dates)
    if wrong:
        raise TermDatesRefusedError(wrong)
    before = Closure.objects.filter(
        institution=school, first_day__gte=dates.year.first_day, last_day__lte=dates.year.last_day
    ).exclude(holiday="")
    was = [[one.holiday, str(one.first_day), str(one.last_day)] for one in before.order_by("first_day", "pk")]
    before.delete()
    made = [_closure(school, one.code, one.first, one.last, one.called, by, at) for one in dates.holidays]
    Closure.objects.bulk_create(made)
    after = [[one.holiday, str(one.first_day), str(one.last_day)] for one in made]
    detail = {"year": dates.year.start, "before": was, "after": after}
    record.changes(by=by, at=at, of=[record.Change(Verb.CHANGED, "term_dates", None, detail=detail)])
    return len(made)


def _closure(school: Institution, code: str, first: date, last: date, why: str, by: Viewer, at: datetime) -> Closure:
    return Closure(
        institution=school, holiday=code, first_day=first, last_day=last, why=why, recorded_by=by.name, recorded_at=at
    )
