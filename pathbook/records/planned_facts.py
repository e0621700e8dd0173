"""The facts of a school with what is planned for an academic year: one place, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from pathbook.framework.as_planned import BOOKED, PLANNED, PlannedSchool
from pathbook.framework.facts import Met, SchoolFacts, StudentFacts, Took
from pathbook.framework.invited import rule_of
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution
from pathbook.records.activity_facts import activity_facts
from pathbook.records.facts import school_facts
from pathbook.records.models import GuidanceMeeting
from pathbook.records.queries.invited import MOVES_UP, all_invited, invitable, rules_to_come


def planned_school(
    school: Institution, *, as_of: date, year: AcademicYear | None = None, now: SchoolFacts | None = None
) -> PlannedSchool:
    """As recorded on `as_of`, and what everyone then on the roll is down for, or invited to by rule, in that academic year.

    Four queries more than `school_facts`. What has happened and is not confirmed yet is still planned, and counts here.
    Of next year, everyone is taken a year group on; who comes new is not known. `now`: `school_facts`, where they are known.
    """
    this = AcademicYear.of(as_of)
    year = year or this
    now = now or school_facts(school, as_of=as_of)
    now = now if year == this else replace(now, students=tuple(moved_up(now, year)))
    invited = _by_rule(school, year, as_of)
    found = {one.student_id: (*_down(one, year), *_new(one, invited)) for one in now.students}
    to_come = {key: rows for key, rows in found.items() if rows}
    return PlannedSchool(now, to_come, _meetings(now, school, year), year.last_day)


def moved_up(now: SchoolFacts, year: AcademicYear) -> list[StudentFacts]:
    """Those who go on here for certain, in the next year's year group."""
    return [
        replace(one, year_group=one.year_group + 1, tutor_group="", year_groups={**one.year_groups, year.start: one.year_group + 1})
        for one in now.students
        if one.year_group in MOVES_UP
    ]  # fmt: skip


def _down(student: StudentFacts, year: AcademicYear) -> tuple[Took, ...]:
    """Of this academic year only: what was never confirmed of a year gone by is not to come."""
    return tuple(took for took in student.took if took.status == PLANNED and took.on in year)


def _new(student: StudentFacts, invited: Mapping[str, list[Took]]) -> tuple[Took, ...]:
    """What they are invited to and nothing is recorded of yet."""
    known = {took.activity.activity_id for took in student.took}
    return tuple(took for took in invited.get(student.student_id, ()) if took.activity.activity_id not in known)


def _by_rule(school: Institution, year: AcademicYear, as_of: date) -> Mapping[str, list[Took]]:
    """Student -> what a rule invites them to, as planned; three queries."""
    rules = rules_to_come(school, year=year, on=as_of)
    asked = [rule_of(row.rule) for row in rules]
    facts, among = activity_facts(school, since=year.start), invitable(school, year=year, on=as_of, rules=asked)
    found: dict[str, list[Took]] = defaultdict(list)
    for row in rules:
        for one in all_invited(row, among):
            found[one.key].append(Took(facts[row.pk], PLANNED, row.starts_on, float(row.hours)))
    return found


def _meetings(now: SchoolFacts, school: Institution, year: AcademicYear) -> Mapping[str, tuple[Met, ...]]:
    """Booked for a day of this academic year; the day it is for stands in `held_on`."""
    rows = GuidanceMeeting.objects.filter(
        institution=school, status=BOOKED, planned_on__gte=year.first_day, planned_on__lte=year.last_day
    )
    days = dict(rows.values_list("key", "planned_on"))
    found: dict[str, list[Met]] = defaultdict(list)
    for student in now.students:
        for met in student.met:
            if met.meeting_id in days:
                found[student.student_id].append(met._replace(held_on=days[met.meeting_id]))
    return {key: tuple(rows) for key, rows in found.items()}
