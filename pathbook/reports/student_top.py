"""Who a student is: what stands at the head of every page of their record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pathbook.people import access
from pathbook.people.models import Enrolment, Student
from pathbook.people.tutors import tutor_on
from pathbook.people.visibility import Viewer, all_parts_of


@dataclass(frozen=True, slots=True)
class Top:
    """Who this is: what stands at the head of every tab. Parts not seen are empty.

    `enrolment`: the latest; `years`: the year group by academic year, of main enrolments.
    """

    student: Student
    name: str
    enrolment: Enrolment | None
    tutor: str
    parts: frozenset[str]
    support: tuple[str, ...]
    upn: str
    may_record_guidance: bool
    may_record_hopes: bool
    tabs: tuple[tuple[str, str], ...]
    writable: frozenset[str]
    years: Mapping[int, int]


def top_of(student: Student, viewer: Viewer, *, on: date) -> Top:
    """One query, and another for whom a role reaches by year, form or group."""
    may = all_parts_of(viewer, student, on)
    rows = Enrolment.objects.filter(student=student).select_related("tutor_group").annotate(tutor=tutor_on(on))
    enrolled: list[Any] = list(rows.order_by("-academic_year", "registration", "-start_date"))
    enrolment, parts = next(iter(enrolled), None), may.read
    support = support_of(enrolment) if enrolment and access.SUPPORT in parts else ()
    return Top(
        student, student.name, enrolment, (enrolment and enrolment.tutor) or "", parts, support,
        student.upn if access.ROLL in parts else "",
        access.GUIDANCE in may.write, access.ASPIRATIONS in may.write, _tabs(student, parts, viewer), may.write,
        {one.academic_year: one.year_group for one in enrolled if one.registration == "main"},
    )  # fmt: skip


def _tabs(student: Student, parts: frozenset[str], viewer: Viewer) -> tuple[tuple[str, str], ...]:
    base = f"/students/{student.key}/"
    tabs = [("Timeline", base)]
    tabs += [("Guidance", f"{base}guidance/")] if access.GUIDANCE in parts else []
    tabs += [("Benchmarks", f"{base}benchmarks/")] if access.ACTIVITIES in parts else []
    tabs += [("Needs", f"{base}needs/")] if access.NEEDS in parts else []
    tabs += [("What next", f"{base}next/")] if access.ASPIRATIONS in parts else []
    tabs += [("Access", f"{base}access/")] if viewer.may(access.ACCESS_LOG) else []
    tabs += [("Sharing", f"{base}sharing/")] if access.SHARING in parts else []
    return tuple(tabs)


def support_of(enrolment: Enrolment) -> tuple[str, ...]:
    said = {
        "Pupil premium": enrolment.pupil_premium,
        enrolment.get_sen_display(): enrolment.sen != "N",
        "Looked after": enrolment.looked_after,
        "Young carer": enrolment.young_carer,
    }
    return tuple(label for label, true in said.items() if true)
