"""Who a student is: what stands at the head of every page of their record."""

from dataclasses import dataclass
from datetime import date

from pathbook.people import access
from pathbook.people.models import Enrolment, Role, RoleHeld, Student
from pathbook.people.visibility import Viewer, parts_of, writable_parts_of


@dataclass(frozen=True, slots=True)
class Top:
    """Who this is: what stands at the head of every tab. Parts not seen are empty."""

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


def top_of(student: Student, viewer: Viewer, *, on: date) -> Top:
    parts = parts_of(viewer, student, on)
    rows = Enrolment.objects.filter(student=student).select_related("tutor_group")
    enrolment = rows.order_by("-academic_year", "registration", "-start_date").first()
    support = support_of(enrolment) if enrolment and access.SUPPORT in parts else ()
    writable = writable_parts_of(viewer, student, on)
    return Top(
        student, student.name, enrolment, _tutor(enrolment, on), parts, support,
        student.upn if access.ROLL in parts else "",
        access.GUIDANCE in writable, access.ASPIRATIONS in writable, _tabs(student, parts, viewer),
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


def _tutor(enrolment: Enrolment | None, on: date) -> str:
    if enrolment is None or enrolment.tutor_group is None:
        return ""
    held = RoleHeld.objects.held_on(on).filter(role=Role.FORM_TUTOR, tutor_group=enrolment.tutor_group)
    row = held.select_related("account").order_by("pk").first()
    return row.account.name if row else ""
