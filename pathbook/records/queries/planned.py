"""A year's activities with everyone who is down for each, or invited to it by rule; and the exams in their way."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from pathbook.framework import kinds
from pathbook.framework.clashes import Exams, Held
from pathbook.framework.invited import Rule, rule_of
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution
from pathbook.records.models import Activity, ExamDays, Participation
from pathbook.records.queries.invited import Invitable, invitable, invited_by

Status = Participation.Status


class Down(NamedTuple):
    """What is recorded of one student for one activity."""

    status: str
    by_rule: bool


GOES = (Status.PLANNED, Status.ATTENDED)


def held_of(school: Institution, activities: Iterable[Activity], *, year: AcademicYear, on: date) -> dict[int, Held]:
    """pk -> who goes; two queries, three if a rule names groups."""
    rows = list(activities)
    return held_among(invitable(school, year=year, on=on, rules=rules_of(rows)), school, rows, year=year, on=on)


def rules_of(activities: Iterable[Activity]) -> list[Rule]:
    return [rule_of(row.rule) for row in activities if row.rule]


def held_among(
    among: Sequence[Invitable], school: Institution, activities: Iterable[Activity], *, year: AcademicYear, on: date
) -> dict[int, Held]:
    """pk -> who goes: one query. Whoever said no, or did not come, is not invited again by the rule."""
    down = _down(school, year)
    return {row.pk: held(row, down.get(row.pk, {}), among, on) for row in activities}


def held(row: Activity, down: Mapping[int, Down], among: Iterable[Invitable], on: date) -> Held:
    """One activity. `down`: everyone anything is recorded of for it."""
    years = {one.pk: one.someone.year_group for one in among}
    students = {pk: years.get(pk, 0) for pk, said in down.items() if said.status in GOES}
    fits, by_rule = set[int](), {pk for pk, said in down.items() if said.by_rule and said.status == Status.PLANNED}
    if row.rule and row.starts_on >= on:
        fits = {one.pk for one in invited_by(rule_of(row.rule), among)}
        students |= {pk: years[pk] for pk in fits if pk not in down}
    stale = bool(by_rule) and row.starts_on >= on and bool(by_rule - fits or fits - down.keys())
    long = kinds.takes_the_day(row.kind, row.also, float(row.hours))
    return Held(row.key, row.title, row.starts_on, row.ends_on, students, long, stale)


def _down(school: Institution, year: AcademicYear) -> Mapping[int, dict[int, Down]]:
    found: dict[int, dict[int, Down]] = defaultdict(dict)
    rows = Participation.objects.filter(
        activity__institution=school, activity__academic_year=year.start, activity__withdrawn_at__isnull=True
    )
    for activity, student, status, by_rule in rows.values_list("activity_id", "student_id", "status", "by_rule"):
        found[activity][student] = Down(status, by_rule)
    return found


def exams_of(school: Institution, year: AcademicYear) -> tuple[Exams, ...]:
    """One query."""
    rows = ExamDays.objects.filter(institution=school, first_day__lte=year.last_day, last_day__gte=year.first_day)
    named = rows.order_by("first_day", "pk").values_list("first_day", "last_day", "year_groups", "why")
    return tuple(Exams(first, last, frozenset(years), why) for first, last, years, why in named)
