"""Writing the invented people down: students, enrolments, subjects, staff, accounts and roles."""

from dataclasses import dataclass
from datetime import date
from random import Random

from pathbook.demo.lists import FORENAMES, SURNAMES
from pathbook.demo.roll import Person, Roll, Spell
from pathbook.framework.years import AcademicYear
from pathbook.people.models import (
    Account,
    Enrolment,
    Institution,
    Place,
    Role,
    RoleHeld,
    Staff,
    Student,
    SubjectStudied,
    TutorGroup,
)

BATCH = 3000
TITLES = ("Mr", "Ms", "Mrs", "Dr", "Miss")
LEADERS = (
    ("Priya Raman", Role.CAREERS_LEADER),
    ("Dan Okafor", Role.ADVISER),
    ("Dee Marsh", Role.DATA_MANAGER),
    ("Grace Penhallow", Role.GOVERNOR),
    ("Noor Amin", Role.SENDCO),
    ("Simon Field", Role.SENIOR_LEADER),
)


@dataclass(frozen=True)
class Cast:
    """What later parts of the demo need: students by person number, tutors by form, advisers."""

    school: Institution
    students: dict[int, Student]
    tutors: dict[tuple[int, str], Account]
    advisers: tuple[Staff, Staff]
    doors: tuple[tuple[str, Account], ...]


def write_people(rng: Random, roll: Roll, *, teachers: int) -> Cast:
    school = Institution.objects.create(
        urn=100000, name="Northbridge School", la_code="825", region="South East", kind=Institution.Kind.SCHOOL
    )
    students = _students(roll, school)
    forms = _forms(roll, school)
    _enrolments(roll, students, forms, school)
    _subjects(roll, students)
    staff = _staff(rng, school, teachers)
    tutors = _tutors(staff, forms, school)
    doors = _doors(school, tutors, forms)
    return Cast(school, students, tutors, (staff[0], staff[1]), doors)


def _students(roll: Roll, school: Institution) -> dict[int, Student]:
    rows = [
        Student(
            key=p.key, institution=school, mis_id=f"{p.number:06}", upn=p.upn, legal_surname=p.surname,
            legal_forename=p.forename, preferred_forename=p.preferred, date_of_birth=p.born, sex=p.sex,
        )
        for p in roll.people
    ]  # fmt: skip
    Student.objects.bulk_create(rows, batch_size=BATCH)
    return {person.number: row for person, row in zip(roll.people, rows, strict=True)}


def _forms(roll: Roll, school: Institution) -> dict[tuple[int, str], TutorGroup]:
    named = sorted({(s.year, s.year_group, s.form) for p in roll.people for s in p.spells})
    rows = [TutorGroup(institution=school, academic_year=y, year_group=g, name=name) for y, g, name in named]
    TutorGroup.objects.bulk_create(rows, batch_size=BATCH)
    return {(row.academic_year, row.name): row for row in rows}


def _enrolments(
    roll: Roll, students: dict[int, Student], forms: dict[tuple[int, str], TutorGroup], school: Institution
) -> None:
    rows = [
        _enrolment(person, spell, students[person.number], forms[spell.year, spell.form], school)
        for person in roll.people
        for spell in person.spells
    ]
    Enrolment.objects.bulk_create(rows, batch_size=BATCH)


def _enrolment(person: Person, spell: Spell, student: Student, form: TutorGroup, school: Institution) -> Enrolment:
    sen = "E" if "ehcp" in person.flags else "K" if "support" in person.flags else "N"
    flags = {f: f in person.flags for f in ("pupil_premium", "looked_after", "eal", "young_carer")}
    return Enrolment(
        student=student, institution=school, academic_year=spell.year, registration=spell.registration,
        year_group=spell.year_group, tutor_group=form, start_date=spell.start, end_date=spell.end, sen=sen,
        fsm=flags["pupil_premium"] and person.number % 5 != 0, **flags,
    )  # fmt: skip


def _subjects(roll: Roll, students: dict[int, Student]) -> None:
    rows = [
        SubjectStudied(student=students[person.number], academic_year=year, subject=subject)
        for person in roll.people
        for year, subjects in person.subjects.items()
        for subject in subjects
    ]
    SubjectStudied.objects.bulk_create(rows, batch_size=BATCH)


def _staff(rng: Random, school: Institution, teachers: int) -> list[Staff]:
    """Two advisers (one not yet at level 6), then the teachers."""
    names = [f"{rng.choice(TITLES)} {rng.choice(FORENAMES)[0]} {rng.choice(SURNAMES)}" for _ in range(teachers)]
    rows = [Staff(institution=school, name="Dan Okafor", level=6), Staff(institution=school, name="Lena Moss", level=4)]
    rows += [Staff(institution=school, name=name) for name in names]
    Staff.objects.bulk_create(rows, batch_size=BATCH)
    return rows


def _tutors(
    staff: list[Staff], forms: dict[tuple[int, str], TutorGroup], school: Institution
) -> dict[tuple[int, str], Account]:
    """The same teacher tutors the same form name each year; each year's role ends with it."""
    names = sorted({name for _, name in forms})
    accounts = {
        name: Account(email=f"tutor.{name.lower()}@northbridge.example", name=staff[2 + n % (len(staff) - 2)].name)
        for n, name in enumerate(names)
    }
    _save(list(accounts.values()))
    RoleHeld.objects.bulk_create(
        [
            RoleHeld(
                account=accounts[name], role=Role.FORM_TUTOR, place=Place.TUTOR_GROUP, institution=school,
                tutor_group=form, starts_on=AcademicYear(year).first_day, ends_on=AcademicYear(year).last_day,
            )
            for (year, name), form in forms.items()
        ],
        batch_size=BATCH,
    )  # fmt: skip
    return {(year, name): accounts[name] for year, name in forms}


def _doors(
    school: Institution, tutors: dict[tuple[int, str], Account], forms: dict[tuple[int, str], TutorGroup]
) -> tuple[tuple[str, Account], ...]:
    """One account for each whole-school role, a head of each year, and one tutor to show."""
    last = max(year for year, _ in forms)
    begins = AcademicYear(min(year for year, _ in forms)).first_day
    people = [(role, Account(email=_email(name), name=name)) for name, role in LEADERS]
    heads = [Account(email=f"head.year{g}@northbridge.example", name=f"Head of Year {g}") for g in range(7, 14)]
    _save([account for _, account in people] + heads)
    roles = [_role(account, role, school, begins) for role, account in people]
    roles += [_role(head, Role.HEAD_OF_YEAR, school, begins, group) for group, head in enumerate(heads, start=7)]
    RoleHeld.objects.bulk_create(roles)
    adviser = dict(people)[Role.ADVISER]
    Staff.objects.filter(institution=school, name="Dan Okafor").update(account=adviser)
    shown = next(
        (name for name in ("10C", "10A") if (last, name) in tutors), sorted(n for y, n in tutors if y == last)[0]
    )
    tutor = tutors[last, shown]
    labelled = [(Role(role).label, account) for role, account in people]
    return (*labelled, (f"Form tutor of {shown}", tutor), ("Head of Year 11", heads[4]))


def _role(account: Account, role: Role, school: Institution, begins: date, group: int | None = None) -> RoleHeld:
    place = Place.YEAR_GROUP if group else Place.INSTITUTION
    return RoleHeld(account=account, role=role, place=place, institution=school, year_group=group, starts_on=begins)


def _save(accounts: list[Account]) -> None:
    for account in accounts:
        account.password = "!"  # unusable until its owner sets one; the same in every build of the same seed
    Account.objects.bulk_create(accounts, batch_size=BATCH)


def _email(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@northbridge.example"
