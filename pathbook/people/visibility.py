"""Whom may somebody see? The set of students is the permission: one not in it does not exist for them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from pathbook.people import access
from pathbook.people.models import Account, Enrolment, Institution, Membership, Place, Role, RoleHeld, Student


@dataclass(frozen=True, slots=True)
class Held:
    """One role over one place, as it stands on the day asked about."""

    role: str
    place: str
    institution_id: int
    year_group: int | None = None
    tutor_group_id: int | None = None
    group_id: int | None = None
    student_id: int | None = None


@dataclass(frozen=True, slots=True)
class Viewer:
    """Someone asking, with the roles they hold today. `account_id` is None for the command line.

    Past the door it is one role at a time, over every place it is held: the hat that is on (docs/decisions/0018).
    """

    account_id: int | None
    name: str
    held: tuple[Held, ...] = ()
    school: Institution | None = field(default=None, compare=False)  # of the first role held
    hats: tuple[str, ...] = ()  # every role they hold today, the one that is on among them

    @property
    def role(self) -> str:
        """The first role held: what the audit notes and the header says."""
        return self.held[0].role if self.held else ""

    def wearing(self, hat: str) -> "Viewer":
        """The same person in this one role; in the first of theirs when they do not hold it (any more)."""
        hats = tuple(dict.fromkeys(held.role for held in self.held))
        on = hat if hat in hats else self.role
        return replace(self, held=tuple(held for held in self.held if held.role == on), hats=hats)

    @property
    def is_staff(self) -> bool:
        """Do they hold any role that is not a student's own or a family's?"""
        return any(held.role not in access.FAMILY for held in self.held)

    @property
    def asked_for_second_step(self) -> bool:
        """Does their school ask for more than a password of somebody with their roles?"""
        asked = self.school is not None and self.school.staff_second_step
        return asked and self.is_staff

    def may(self, part: str, level: str = access.READ) -> bool:
        """May they use this part at all, for whomever they reach?"""
        return any(access.allows(held.role, part, level) for held in self.held)

    @property
    def reaches_all(self) -> bool:
        """Do they reach every student of the school, so that a total gives nothing away?"""
        return any(_reaches_names(held) and held.place == Place.INSTITUTION for held in self.held)


def viewer_of(account: Account, on: date) -> Viewer:
    """Who is asking, from the roles in force that day; nobody's roles outlive their account."""
    return viewer_with(account, roles_on(account.pk, on))


def roles_on(account_id: int, on: date) -> list[RoleHeld]:
    """Those of one account in force that day, first given first, each with its school and the account; one query."""
    rows = RoleHeld.objects.held_on(on).filter(account=account_id)
    return list(rows.select_related("account", "institution").order_by("pk"))


def viewer_with(account: Account, roles: Sequence[RoleHeld]) -> Viewer:
    """The same of roles in hand."""
    if not roles or not account.is_active:
        return Viewer(account.pk, account.name)
    return Viewer(account.pk, account.name, tuple(_held(row) for row in roles), roles[0].institution)


def command_line(institution: Institution) -> Viewer:
    """Whoever runs `pathbook` on the machine that holds the database: they could read the file anyway."""
    return Viewer(None, "command line", (Held(Role.CAREERS_LEADER, Place.INSTITUTION, institution.pk),), institution)


def students_writable_by(viewer: Viewer, on: date, part: str) -> QuerySet[Student]:
    """As students_visible_to, with a role that may write `part`."""
    return students_visible_to(viewer, on, part, level=access.WRITE)


def students_visible_to(
    viewer: Viewer, on: date, part: str = access.IDENTITY, *, level: str = access.READ
) -> QuerySet[Student]:
    """The students this viewer reaches with a role that opens `part`; leavers only for whole-school roles."""
    reached = [held for held in viewer.held if access.allows(held.role, part, level)]
    if not reached:
        return Student.objects.none()
    wanted = Q(pk__in=())
    for held in reached:
        wanted |= _reach(held, on)
    return Student.objects.filter(wanted)


def may_see(viewer: Viewer, student: Student, part: str, on: date) -> bool:
    """The yes/no form of students_visible_to."""
    return students_visible_to(viewer, on, part).filter(pk=student.pk).exists()


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one student's record that somebody may read, and those they may write."""

    read: frozenset[str]
    write: frozenset[str]


def all_parts_of(viewer: Viewer, student: Student, on: date) -> Parts:
    """Through the roles that reach the student. One query a role, none where it is over the whole school or one student."""
    roles = [role for role in dict.fromkeys(held.role for held in viewer.held) if _reaches(viewer, role, student, on)]
    return Parts(_opened(roles, access.READ), _opened(roles, access.WRITE))


def parts_of(viewer: Viewer, student: Student, on: date) -> frozenset[str]:
    """Every part of this student's record the viewer may read."""
    return all_parts_of(viewer, student, on).read


def writable_parts_of(viewer: Viewer, student: Student, on: date) -> frozenset[str]:
    """As parts_of, for writing."""
    return all_parts_of(viewer, student, on).write


def _opened(roles: Iterable[str], level: str) -> frozenset[str]:
    return frozenset(part for part in access.STUDENT_PARTS for role in roles if access.allows(role, part, level))


def _reaches_names(held: Held) -> bool:
    return access.allows(held.role, access.IDENTITY)


def _reaches(viewer: Viewer, role: str, student: Student, on: date) -> bool:
    """The same of one student in hand, for all places one role is held over."""
    places = [held for held in viewer.held if held.role == role]
    if any(_names(held, student) for held in places):
        return True
    wide = [held for held in places if held.place not in (Place.INSTITUTION, Place.STUDENT)]
    wanted = reduce(or_, (_reach(held, on) for held in wide), Q(pk__in=()))
    return bool(wide) and Student.objects.filter(wanted, pk=student.pk).exists()


def _names(held: Held, student: Student) -> bool:
    """Is it over this very student, or over their whole school? It needs no question of the database."""
    whole = held.place == Place.INSTITUTION and held.institution_id == student.institution_id
    return whole or (held.place == Place.STUDENT and held.student_id == student.pk)


def _reach(held: Held, on: date) -> Q:
    """The students one role over one place reaches, as a condition on Student."""
    enrolled = Enrolment.objects.current(on).filter(student=OuterRef("pk"), institution=held.institution_id)
    if held.place == Place.INSTITUTION:
        return Q(institution=held.institution_id)
    if held.place == Place.YEAR_GROUP and held.year_group is not None:
        return Q(Exists(enrolled.filter(year_group=held.year_group)))
    if held.place == Place.TUTOR_GROUP:
        return Q(Exists(enrolled.filter(tutor_group=held.tutor_group_id)))
    if held.place == Place.GROUP:
        return Q(Exists(_members(held, on)))
    return Q(pk=held.student_id)


def _members(held: Held, on: date) -> QuerySet[Membership]:
    return Membership.objects.running(on).filter(group=held.group_id, student=OuterRef("pk"))


def _held(row: RoleHeld) -> Held:
    return Held(
        row.role,
        row.place,
        row.institution_id,
        row.year_group,
        row.tutor_group_id,
        row.group_id,
        row.student_id,
    )


def role_labels(viewer: Viewer) -> Iterable[str]:
    """What the header calls them: "careers leader"."""
    return dict.fromkeys(Role(held.role).label for held in viewer.held)
