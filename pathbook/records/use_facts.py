"""The bridge of recording and use: enrolments, the first day of each thing, actions. Five queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone

from pathbook.audit.models import Event, Verb
from pathbook.framework.kinds import all_kinds
from pathbook.framework.use.facts import ActionFacts, Spell
from pathbook.framework.use.figures import ANYTHING, ASPIRATION, GUIDANCE, INTENTION, OPENED
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Enrolment, Institution
from pathbook.records.models import Action, Aspiration, GuidanceMeeting, Intention, Participation

Firsts = dict[str, dict[tuple[int, int], date]]


def spells(school: Institution, *, since: AcademicYear) -> tuple[Spell, ...]:
    """Main enrolments of that academic year and later, oldest first. One query."""
    rows = Enrolment.objects.main().filter(institution=school, academic_year__gte=since.start)
    named = rows.order_by("student_id", "start_date").values_list(
        "student_id", "academic_year", "start_date", "end_date", "year_group", "tutor_group__name"
    )
    return tuple(Spell(who, year, start, end, group, form or "") for who, year, start, end, group, form in named)


def actions_agreed(school: Institution) -> tuple[ActionFacts, ...]:
    rows = Action.objects.filter(student__institution=school)
    return tuple(ActionFacts(*said) for said in rows.values_list("student_id", "agreed_on", "due_on", "closed_on"))


def first_days(school: Institution, *, since: AcademicYear, as_of: date) -> Firsts:
    """What -> (student, academic year) -> the first day of it there. Three queries."""
    found: Firsts = defaultdict(dict)
    for what, student, day in (*_attended(school, since, as_of), *_said(school, since, as_of), *_opened(since, as_of)):
        at, kept = (student, AcademicYear.of(day).start), found[what]
        kept[at] = min(day, kept.get(at, day))
    return found


def _attended(school: Institution, since: AcademicYear, as_of: date) -> Iterable[tuple[str, int, date]]:
    rows = Participation.objects.filter(
        activity__institution=school, activity__withdrawn_at__isnull=True, status=Participation.Status.ATTENDED,
        on__range=(since.first_day, as_of),
    ).order_by()  # fmt: skip
    for student, kind, also, day in rows.values_list("student_id", "activity__kind", "activity__also", "on").distinct():
        for what in (ANYTHING, *all_kinds(kind, tuple(also))):
            yield what, student, day


def _said(school: Institution, since: AcademicYear, as_of: date) -> Iterable[tuple[str, int, date]]:
    """Aspirations, intentions and meetings held, each by its days, in one statement."""
    own = {"student__institution": school}
    between = (since.first_day, as_of)
    held = GuidanceMeeting.objects.held().filter(institution=school, held_on__range=between)
    first, *others = (
        _coded(Aspiration.objects.filter(**own, said_on__range=between), ASPIRATION, "said_on"),
        _coded(Intention.objects.filter(**own, recorded_on__range=between), INTENTION, "recorded_on"),
        _coded(held, GUIDANCE, "held_on"),
    )
    for what, student, day in first.union(*others, all=True):
        yield what, student, date.fromisoformat(day)


def _coded(rows: QuerySet[Any], what: str, on: str) -> QuerySet[Any]:
    named = rows.order_by().annotate(what=Value(what, CharField()), day=Cast(on, CharField()))
    return cast(QuerySet[Any], named.values_list("what", "student_id", "day"))


def _opened(since: AcademicYear, as_of: date) -> Iterable[tuple[str, int, date]]:
    """Students who opened their own record."""
    first, after = (
        timezone.make_aware(datetime.combine(day, time())) for day in (since.first_day, as_of + timedelta(1))
    )
    rows = Event.objects.filter(verb=Verb.READ_OWN, at__gte=first, at__lt=after)
    for student, day in rows.annotate(day=TruncDate("at")).values_list("student_id", "day").distinct():
        if student is not None:
            yield OPENED, student, day
