"""The facts of a school with what is planned for the rest of the academic year: one place, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from pathbook.framework.as_planned import BOOKED, PLANNED, PlannedSchool
from pathbook.framework.facts import Met, SchoolFacts, StudentFacts, Took
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution
from pathbook.records.facts import school_facts
from pathbook.records.models import GuidanceMeeting


def planned_school(school: Institution, *, as_of: date) -> PlannedSchool:
    """As recorded on `as_of`, and what everyone then on the roll is down for until the last day of that academic year.

    One query more than `school_facts`. What has happened and is not confirmed yet is still planned, and counts here.
    """
    now, until = school_facts(school, as_of=as_of), AcademicYear.of(as_of).last_day
    return PlannedSchool(now, _to_come(now, until), _meetings(now, school, until), until)


def _to_come(now: SchoolFacts, until: date) -> Mapping[str, tuple[Took, ...]]:
    """Of this academic year only: what was never confirmed of a year gone by is not to come."""
    year = AcademicYear.of(until)
    found = {one.student_id: tuple(took for took in _down(one) if took.on in year) for one in now.students}
    return {key: rows for key, rows in found.items() if rows}


def _down(student: StudentFacts) -> Iterable[Took]:
    return (took for took in student.took if took.status == PLANNED)


def _meetings(now: SchoolFacts, school: Institution, until: date) -> Mapping[str, tuple[Met, ...]]:
    """Booked for a day of this academic year; the day it is for stands in `held_on`."""
    year = AcademicYear.of(until)
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
