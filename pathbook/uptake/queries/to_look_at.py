"""What a round may draw from: students of the day by year and group, lessons by subject, rooms by year."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pathbook.framework.sampling import Candidate
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Enrolment, Institution, Sen, SubjectStudied
from pathbook.uptake.ready import BOOKS, OF_A_STUDENT, WALK


@dataclass(frozen=True, slots=True)
class Place:
    """One candidate, and what an observation of it says: whose, which year group, form and subject."""

    candidate: Candidate
    year_group: int
    form: str = ""
    student: int | None = None


def subjects_of(school: Institution, *, on: date) -> list[str]:
    rows = SubjectStudied.objects.filter(student__institution=school, academic_year=AcademicYear.of(on).start)
    return list(rows.order_by("subject").values_list("subject", flat=True).distinct())


def places(school: Institution, kind: str, subjects: Iterable[str], *, on: date) -> dict[str, Place]:
    """By the candidate's id; two queries. No subjects named: all of them."""
    here = Enrolment.objects.current(on).main().filter(institution=school).select_related("tutor_group").order_by("pk")
    studied = _studied(school, frozenset(subjects), on)
    if kind in OF_A_STUDENT:
        found = [_of_a_student(row, studied[row.student_id] if kind == BOOKS else []) for row in here]
        found = [place for place in found if place.candidate.choices or kind != BOOKS]
    elif kind == WALK:
        rooms = {(row.year_group, row.tutor_group.name) for row in here if row.tutor_group}
        found = [Place(Candidate(form, (f"{year:02}",)), year, form) for year, form in sorted(rooms)]
    else:
        lessons = {(row.year_group, subject) for row in here for subject in studied[row.student_id]}
        found = [Place(Candidate(f"{year:02} {what}", (what,), (what,)), year) for year, what in sorted(lessons)]
    return {place.candidate.id: place for place in found}


def _of_a_student(row: Enrolment, subjects: list[str]) -> Place:
    group = f"{'SEN' if row.sen != Sen.NONE else '-'} {'pupil premium' if row.pupil_premium else '-'}"
    candidate = Candidate(f"{row.student_id:012}", (f"{row.year_group:02}", group), tuple(subjects))
    form = row.tutor_group.name if row.tutor_group else ""
    return Place(candidate, row.year_group, form, row.student_id)


def _studied(school: Institution, wanted: frozenset[str], on: date) -> dict[int, list[str]]:
    rows = SubjectStudied.objects.filter(student__institution=school, academic_year=AcademicYear.of(on).start)
    found: dict[int, list[str]] = defaultdict(list)
    for student, subject in rows.order_by("student_id", "subject").values_list("student_id", "subject"):
        if not wanted or subject in wanted:
            found[student].append(subject)
    return found
