"""Whom an activity may be logged for: the names a writer may tick, and the groups they may choose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pathbook.people import access
from pathbook.people.models import Enrolment, Group, Institution, Membership
from pathbook.people.visibility import Viewer, students_writable_by


@dataclass(frozen=True, slots=True)
class RosterName:
    key: str
    pk: int
    name: str
    form: str


def roster(
    viewer: Viewer, school: Institution, *, whom: str, keys: Sequence[str], on: date, part: str = access.ACTIVITIES
) -> tuple[RosterName, ...]:
    """Who a list may name: a year group ("year:10"), form ("form:12"), group ("group:3"), or the keys handed over.

    `part`: what is written of them.
    """
    visible = students_writable_by(viewer, on, part)
    enrolled = Enrolment.objects.current(on).filter(institution=school, student__in=visible)
    kind, _, which = whom.partition(":")
    if keys:
        enrolled = enrolled.filter(student__key__in=keys)
    elif kind == "year":
        enrolled = enrolled.filter(year_group=int(which))
    elif kind == "form":
        enrolled = enrolled.filter(tutor_group=int(which))
    elif kind == "group":
        members = Membership.objects.running(on).filter(group=int(which))
        enrolled = enrolled.filter(student__in=members.values("student"))
    elif kind != "all":
        enrolled = enrolled.none()
    rows = enrolled.select_related("student", "tutor_group").order_by(
        "year_group", "tutor_group__name", "student__legal_surname", "student__legal_forename", "pk"
    )
    names = {
        row.student.key: RosterName(
            row.student.key, row.student_id, row.student.name, row.tutor_group.name if row.tutor_group else ""
        )
        for row in rows
    }
    return tuple(names.values())


def whom_choices(viewer: Viewer, school: Institution, *, on: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Year groups, forms and groups the viewer reaches, to choose who an activity was for."""
    visible = students_writable_by(viewer, on, access.ACTIVITIES)
    enrolled = Enrolment.objects.current(on).filter(institution=school, student__in=visible)
    seen = enrolled.values_list("year_group", "tutor_group__year_group", "tutor_group__name", "tutor_group").distinct()
    years, forms = sorted({row[0] for row in seen}), sorted({row[1:] for row in seen if row[3]})
    groups = Group.objects.filter(institution=school, memberships__student__in=visible).distinct().order_by("name")
    choices = [
        ("Year groups", [(f"year:{y}", f"Year {y}") for y in years]),
        ("Tutor groups", [(f"form:{pk}", name) for _, name, pk in forms]),
        ("Groups", [(f"group:{group.pk}", group.name) for group in groups]),
    ]
    return [(label, rows) for label, rows in choices if rows]
