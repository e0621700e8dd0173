"""The people on a list of next steps: whom somebody may see of the years that choose, in the order of a register."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from pathbook.people import access
from pathbook.people.models import Enrolment, Institution
from pathbook.people.names import plain_name
from pathbook.people.visibility import Viewer, students_visible_to

YEARS = (11, 12, 13)  # who is asked


@dataclass(frozen=True, slots=True)
class Person:
    pk: int
    key: str
    name: str
    year_group: int
    group: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list was narrowed to. `year` 0: every year asked; `show`: what a page calls its own lists; `group` a form."""

    year: int = 0
    group: str = ""
    show: str = ""
    page: int = 1


def enrolled(viewer: Viewer, school: Institution, *, on: date, years: Collection[int] = YEARS) -> QuerySet[Enrolment]:
    """On roll that day in these years, of those whose plans this viewer may read."""
    seen = students_visible_to(viewer, on, access.ASPIRATIONS)
    rows = Enrolment.objects.main().current(on).filter(institution=school, year_group__in=tuple(years))
    return rows.filter(student__in=seen)


def people_of(rows: QuerySet[Enrolment]) -> tuple[Person, ...]:
    """By year, form and surname. One query."""
    found = rows.select_related("student", "tutor_group")
    return tuple(person_of(row) for row in sorted(found, key=in_order))


def person_of(row: Enrolment) -> Person:
    group = row.tutor_group.name if row.tutor_group else f"Year {row.year_group}"
    return Person(row.student_id, row.student.key, row.student.name, row.year_group, group)


def in_order(row: Enrolment) -> tuple[int, str, str, str, int]:
    form, who = row.tutor_group.name if row.tutor_group else "", row.student
    return row.year_group, form, plain_name(who.surname), plain_name(who.forename), row.student_id


def narrowed(people: Sequence[Person], asked: Asked) -> tuple[Person, ...]:
    return tuple(
        one for one in people if asked.year in (0, one.year_group) and asked.group in ("", one.group)
    )  # fmt: skip


def groups_of(people: Sequence[Person], asked: Asked) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.group for one in people if asked.year in (0, one.year_group)))
