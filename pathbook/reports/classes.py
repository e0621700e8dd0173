"""The classes of a school: whom each is of and who teaches it, and one with the students who may be in it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from pathbook.framework.years import AcademicYear
from pathbook.people.classes import classes_on
from pathbook.people.models import Enrolment, Group, Institution, Membership, Role, RoleHeld, SubjectStudied
from pathbook.people.visibility import Viewer, students_visible_to


@dataclass(frozen=True, slots=True)
class ClassRow:
    pk: int
    name: str
    subject: str
    students: int
    teachers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A student who may be in it. `inside`: is now."""

    key: str
    pk: int
    name: str
    form: str
    inside: bool


@dataclass(frozen=True, slots=True)
class OneClass:
    """`year`: the year group whose students are shown, of those there are; `students` in the class altogether."""

    taught: Group
    year: int
    years: tuple[int, ...]
    names: tuple[Name, ...]
    students: int


def classes_of_school(school: Institution, *, on: date) -> tuple[ClassRow, ...]:
    """Three queries."""
    groups = list(classes_on(school, on=on).order_by("name", "pk"))
    inside = Membership.objects.running(on).filter(group__in=groups)
    count = dict(inside.values_list("group").annotate(n=Count("pk")).order_by("group"))
    held = RoleHeld.objects.held_on(on).filter(role=Role.SUBJECT_TEACHER, group__in=groups)
    teachers: dict[int | None, list[str]] = defaultdict(list)
    for group, name in held.order_by("account__name", "pk").values_list("group", "account__name"):
        teachers[group].append(name)
    return tuple(
        ClassRow(one.pk, one.name, one.subject, count.get(one.pk, 0), tuple(teachers[one.pk])) for one in groups
    )


def subjects_of(school: Institution, *, on: date) -> list[str]:
    """What the roll says anybody studies this year."""
    year = AcademicYear.of(on).start
    rows = SubjectStudied.objects.filter(academic_year=year, student__institution=school)
    return list(rows.order_by("subject").values_list("subject", flat=True).distinct())


def years_of(school: Institution, *, on: date) -> tuple[int, ...]:
    rows = Enrolment.objects.current(on).filter(institution=school)
    return tuple(rows.order_by("year_group").values_list("year_group", flat=True).distinct())


def one_class(viewer: Viewer, school: Institution, taught: Group, *, on: date, asked: str = "") -> OneClass:
    """`asked`: another year group than the one most of them are in."""
    years = years_of(school, on=on)
    inside = set(Membership.objects.running(on).filter(group=taught).values_list("student", flat=True))
    here = Enrolment.objects.current(on).filter(institution=school, student__in=students_visible_to(viewer, on))
    most = here.filter(student__in=inside).values_list("year_group").annotate(n=Count("pk")).order_by("-n").first()
    chosen = next((one for one in years if str(one) == asked), most[0] if most else next(iter(years), 0))
    rows = here.filter(year_group=chosen).select_related("student", "tutor_group").order_by(
        "tutor_group__name", "student__legal_surname", "student__legal_forename", "pk"
    )  # fmt: skip
    names = {one.student_id: _name(one, inside) for one in rows}
    return OneClass(taught, chosen, years, tuple(names.values()), len(inside))


def _name(row: Enrolment, inside: set[int]) -> Name:
    one, form = row.student, row.tutor_group.name if row.tutor_group else ""
    return Name(one.key, one.pk, one.name, form, one.pk in inside)
