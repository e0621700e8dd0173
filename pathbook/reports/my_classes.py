"""A subject teacher's classes: what they want to do, who wants work that uses the subject, and the lessons linked so far."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, QuerySet

from pathbook.framework.shares import Share
from pathbook.framework.years import AcademicYear
from pathbook.occupations.subjects import sectors_using
from pathbook.people import access
from pathbook.people.models import Group, Institution, Membership, Student
from pathbook.people.names import plain_name
from pathbook.people.visibility import Viewer, students_writable_by
from pathbook.records.models import Activity, Aspiration
from pathbook.records.models.destination import PATHWAYS
from pathbook.reports.hopes import hope_of

NOT_SAID = "Not said yet"


@dataclass(frozen=True, slots=True)
class Pupil:
    """`fits`: what they want is work that uses the subject."""

    key: str
    pk: int
    name: str
    wants: str
    fits: bool


@dataclass(frozen=True, slots=True)
class Taught:
    """One class. `known`: do we know which work uses the subject? `lessons` linked in it this year, and the last."""

    id: int
    name: str
    subject: str
    pupils: tuple[Pupil, ...]
    pathways: tuple[tuple[str, Share], ...]
    known: bool
    lessons: int
    last: date | None

    @property
    def fitting(self) -> tuple[Pupil, ...]:
        return tuple(one for one in self.pupils if one.fits)


def my_classes(viewer: Viewer, school: Institution, *, on: date) -> tuple[Taught, ...]:
    """Four queries, whatever the number of classes and students."""
    classes = list(classes_of(viewer, school, on))
    members, lessons = _members(viewer, classes, on), _lessons(school, on)
    asked = {one.pk for students in members.values() for one in students}
    hopes = {hope.student_id: hope for hope in Aspiration.objects.filter(student__in=asked).order_by("said_on", "pk")}
    return tuple(
        _taught(group, members.get(group.pk, []), hopes, lessons.get(group.subject.casefold(), (0, None)))
        for group in classes
    )


def classes_of(viewer: Viewer, school: Institution, on: date) -> QuerySet[Group]:
    """The classes this person teaches today."""
    held = [one.group_id or 0 for one in viewer.held if access.allows(one.role, access.LESSONS, access.WRITE)]
    return Group.objects.running(on).filter(institution=school, pk__in=held).order_by("name", "pk")


def _members(viewer: Viewer, classes: Sequence[Group], on: date) -> Mapping[int, list[Student]]:
    rows = Membership.objects.running(on).filter(group__in=classes)
    seen = rows.filter(student__in=students_writable_by(viewer, on, access.LESSONS)).select_related("student")
    found: dict[int, list[Student]] = defaultdict(list)
    for row in sorted(seen, key=lambda row: (plain_name(f"{row.student.surname} {row.student.forename}"), row.pk)):
        found[row.group_id].append(row.student)
    return found


def _lessons(school: Institution, on: date) -> Mapping[str, tuple[int, date | None]]:
    """By subject: how many lessons were linked this year by the day, and the last."""
    first = AcademicYear.of(on).first_day
    rows = Activity.objects.not_withdrawn().filter(institution=school, kind="curriculum_link")
    told = rows.filter(starts_on__range=(first, on)).values_list("subject").annotate(Count("pk"), Max("starts_on"))
    return {subject.casefold(): (many, last) for subject, many, last in told}


def _taught(
    group: Group, students: Sequence[Student], hopes: Mapping[int, Aspiration], lessons: tuple[int, date | None]
) -> Taught:
    sectors = sectors_using(group.subject)
    pupils = tuple(_pupil(one, hopes.get(one.pk), sectors) for one in students)
    paths = Counter(PATHWAYS.get(hopes[one.pk].pathway, NOT_SAID) if one.pk in hopes else NOT_SAID for one in students)
    shares = tuple((path, Share(many, len(students))) for path, many in paths.most_common())
    return Taught(group.pk, group.name, group.subject, pupils, shares, bool(sectors), *lessons)


def _pupil(student: Student, hope: Aspiration | None, sectors: frozenset[str]) -> Pupil:
    wants = hope_of(hope).words if hope else NOT_SAID
    return Pupil(student.key, student.pk, student.name, wants, bool(hope and hope.sector in sectors))
