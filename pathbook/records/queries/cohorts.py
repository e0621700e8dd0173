"""Whom a special school or college has chosen, and by which rule a school judges: as they stand."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from pathbook.framework.cohort import NOBODY_CHOSE, Chosen, Cohorts
from pathbook.framework.pass_rules import PassRule
from pathbook.framework.sets import load
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution
from pathbook.records.models import Cohort, CohortStudent, OwnRule

MAY_CHOOSE = frozenset(Institution.Kind.values) - {Institution.Kind.SCHOOL}  # a mainstream school counts everyone


def may_choose(kind: str) -> bool:
    return kind in MAY_CHOOSE


def cohorts_on(school: Institution, *, kind: str, set_id: str, as_of: date) -> Cohorts:
    """What was chosen for this set by that day, and by the end of the year before; none or two queries."""
    if not may_choose(kind):
        return NOBODY_CHOSE
    rows = list(Cohort.objects.standing(school).by(as_of).filter(set_id__in=("", set_id)))
    ended = AcademicYear.of(as_of).first_day - timedelta(1)
    now = {row.criterion: row for row in rows}
    before = {row.criterion: row for row in rows if row.set_on <= ended}
    who = students_of({row.pk for row in (*now.values(), *before.values())})
    return Cohorts(*({of: chosen_of(row, who[row.pk]) for of, row in said.items()} for said in (now, before)))


def chosen_of(row: Cohort, students: Iterable[str]) -> Chosen | None:
    """None: with this row a choice ended, and everyone is counted again."""
    if row.everyone:
        return None
    return Chosen(frozenset(students), row.set_on, row.recorded_by, row.why, row.key, row.on_roll)


def students_of(cohorts: Iterable[int]) -> dict[int, list[str]]:
    """Cohort -> the keys of whoever was chosen; one query."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = CohortStudent.objects.filter(cohort__in=list(cohorts))
    for cohort, key in rows.values_list("cohort_id", "student__key"):
        found[cohort].append(key)
    return found


def rule_of(school: Institution, *, set_id: str) -> PassRule | None:
    """The school's own rule of the set's version in use; None while it keeps the framework's. One query."""
    row = OwnRule.objects.of(school, set_id=set_id, version=load(set_id).version).standing().last()
    return as_rule(row) if row and (row.met_at or row.bands) else None


def as_rule(row: OwnRule) -> PassRule:
    bands = tuple((code, label, low) for code, label, low in row.bands)
    return PassRule(row.met_at, bands, row.set_on, row.recorded_by, row.why)
