"""A way in for every role at Northbridge: accounts, and the places their roles are held over."""

from collections.abc import Mapping
from datetime import date

from pathbook.demo.roll import Roll
from pathbook.framework.years import AcademicYear
from pathbook.people.models import (
    Account,
    Group,
    Guardian,
    GuardianLink,
    Institution,
    Membership,
    Place,
    Role,
    RoleHeld,
    Staff,
    Student,
    TutorGroup,
)

BATCH = 3000
WHOLE_SCHOOL = (
    ("Priya Raman", Role.CAREERS_LEADER),
    ("Dan Okafor", Role.ADVISER),
    ("Dee Marsh", Role.DATA_MANAGER),
    ("Grace Penhallow", Role.GOVERNOR),
    ("Noor Amin", Role.SENDCO),
    ("Simon Field", Role.SENIOR_LEADER),
    ("Lena Moss", Role.ADVISER),
    ("Ivo Tranter", Role.IT_ADMIN),
    ("Meera Shah", Role.DPO),
)
ADVISERS = {"Dan Okafor": 6, "Lena Moss": 4}  # with their level; the second does not count for Benchmark 8 yet
CLASSES = (  # name, year group, subject, who teaches it
    ("10A/De1", 10, "Design and technology", "Ruth Castellan"),
    ("11B/Bs1", 11, "Business", "Owen Prosser"),
    ("12/Bi1", 12, "Biology", "Hana Novak"),
)
Forms = Mapping[tuple[int, str], TutorGroup]


def write_tutors(staff: list[Staff], forms: Forms, school: Institution) -> dict[tuple[int, str], Account]:
    """The same teacher tutors the same form name each year; each year's role ends with it."""
    names = sorted({name for _, name in forms})
    accounts = {
        name: Account(email=f"tutor.{name.lower()}@northbridge.example", name=staff[n % len(staff)].name)
        for n, name in enumerate(names)
    }
    _save(list(accounts.values()))
    for teacher, account in zip(staff, accounts.values(), strict=False):  # a tiny school has more forms than teachers
        teacher.account = account
    Staff.objects.bulk_update(staff, ["account"], batch_size=BATCH)
    roles = [
        RoleHeld(
            account=accounts[name], role=Role.FORM_TUTOR, place=Place.TUTOR_GROUP, institution=school,
            tutor_group=form, starts_on=AcademicYear(year).first_day, ends_on=AcademicYear(year).last_day,
        )
        for (year, name), form in forms.items()
    ]  # fmt: skip
    RoleHeld.objects.bulk_create(roles, batch_size=BATCH)
    return {(year, name): accounts[name] for year, name in forms}


def write_doors(school: Institution, advisers: list[Staff], *, begins: date) -> None:
    """One account for each role over the whole school, and a head of each year group."""
    people = [(role, Account(email=_email(name), name=name)) for name, role in WHOLE_SCHOOL]
    heads = [Account(email=f"head.year{g}@northbridge.example", name=f"Head of Year {g}") for g in range(7, 14)]
    _save([account for _, account in people] + heads)
    roles = [_role(account, role, school, begins) for role, account in people]
    roles += [_role(head, Role.HEAD_OF_YEAR, school, begins, year_group=g) for g, head in enumerate(heads, start=7)]
    RoleHeld.objects.bulk_create(roles)
    named = {account.name: account for _, account in people}
    for adviser in advisers:
        adviser.account = named[adviser.name]
    Staff.objects.bulk_update(advisers, ["account"])


def write_classes(roll: Roll, students: Mapping[int, Student], school: Institution, *, year: int) -> None:
    """This year's classes of three teachers, with a door for each. A class nobody is in is not there."""
    first, last = AcademicYear(year).first_day, AcademicYear(year).last_day
    for name, group, subject, teacher in CLASSES:
        inside = [p for p in roll.members[year][group] if subject in p.subjects[year]][:28]
        if not inside:
            continue
        taught = Group.objects.create(
            institution=school, kind=Group.Kind.CLASS, name=name, subject=subject, starts_on=first, ends_on=last
        )
        Membership.objects.bulk_create(
            Membership(group=taught, student=students[p.number], starts_on=p.spells[-1].start, ends_on=last)
            for p in inside
        )
        account = Account(email=_email(teacher), name=teacher)
        _save([account])
        _role(account, Role.SUBJECT_TEACHER, school, first, group=taught).save()


def write_families(roll: Roll, students: Mapping[int, Student], school: Institution, *, year: int) -> None:
    """A door for one student of Year 11 and one of Year 8, and for a parent of both."""
    first = AcademicYear(year).first_day
    own = [
        next((p for p in roll.members[year][group] if p.spells[-1].registration == "main"), None) for group in (11, 8)
    ]
    children = [students[person.number] for person in own if person]
    for child in children:
        account = Account(email=f"student.{child.key}@northbridge.example", name=child.name)
        _save([account])
        _role(account, Role.STUDENT, school, first, student=child).save()
    parent = Account(email="parent@northbridge.example", name="Rosa Parent")
    _save([parent])
    RoleHeld.objects.bulk_create([_role(parent, Role.PARENT, school, first, student=child) for child in children])
    guardian = Guardian.objects.create(account=parent, name=parent.name, email=parent.email)
    GuardianLink.objects.bulk_create(
        GuardianLink(guardian=guardian, student=child, relation="Mother", starts_on=first) for child in children
    )


def _role(account: Account, role: Role, school: Institution, begins: date, **over: int | Group | Student) -> RoleHeld:
    places = {"year_group": Place.YEAR_GROUP, "group": Place.GROUP, "student": Place.STUDENT}
    place = next((places[name] for name in over), Place.INSTITUTION)
    return RoleHeld(account=account, role=role, place=place, institution=school, starts_on=begins, **over)


def _save(accounts: list[Account]) -> None:
    for account in accounts:
        account.password = "!"  # unusable until its owner sets one; the same in every build of the same seed
    Account.objects.bulk_create(accounts, batch_size=BATCH)


def _email(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@northbridge.example"
