"""Writing the invented people down: students, enrolments, subjects, staff, accounts and roles."""

from dataclasses import dataclass
from random import Random

from pathbook.demo.absence import absence_of
from pathbook.demo.doors import ADVISERS, BATCH, write_classes, write_doors, write_families, write_tutors
from pathbook.demo.lists import FORENAMES, SURNAMES
from pathbook.demo.roll import Person, Roll, Spell
from pathbook.framework.years import AcademicYear
from pathbook.people.models import (
    Account,
    Enrolment,
    Institution,
    Staff,
    Student,
    SubjectStudied,
    TutorGroup,
)

TITLES = ("Mr", "Ms", "Mrs", "Dr", "Miss")


@dataclass(frozen=True)
class Cast:
    """What later parts of the demo need: students by person number, tutors by form, advisers."""

    school: Institution
    students: dict[int, Student]
    tutors: dict[tuple[int, str], Account]
    advisers: list[Staff]


ETHNICITIES = (*["WBRI"] * 22, *["WOTH"] * 3, *["APKN"] * 4, *["AIND"] * 3, "ABAN", "CHNE", *["BAFR"] * 3, "BCRB", "MWBC", "MWAS", "OOTH",
               "REFU")  # fmt: skip


def write_people(rng: Random, roll: Roll, *, teachers: int, seed: int = 0) -> Cast:
    school = Institution.objects.create(
        urn=100000,
        name="Northbridge School",
        la_code="825",
        region="South East",
        kind=Institution.Kind.SCHOOL,
        staff_second_step=False,
        safeguarding_contact="Ruth Okonkwo, designated safeguarding lead, room 12",
    )
    students = _students(roll, school)
    forms = _forms(roll, school)
    _enrolments(roll, students, forms, school, seed)
    _subjects(roll, students)
    advisers = _advisers(school)
    tutors = write_tutors(_teachers(rng, school, teachers), forms, school)
    write_doors(school, advisers, begins=AcademicYear(min(roll.members)).first_day)
    write_classes(roll, students, school, year=max(roll.members))
    write_families(roll, students, school, year=max(roll.members))
    return Cast(school, students, tutors, advisers)


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
    roll: Roll, students: dict[int, Student], forms: dict[tuple[int, str], TutorGroup], school: Institution, seed: int
) -> None:
    rows = [
        _enrolment(person, spell, students[person.number], forms[spell.year, spell.form], school, seed)
        for person in roll.people
        for spell in person.spells
    ]
    Enrolment.objects.bulk_create(rows, batch_size=BATCH)


def _enrolment(
    person: Person, spell: Spell, student: Student, form: TutorGroup, school: Institution, seed: int
) -> Enrolment:  # fmt: skip
    sen = "E" if "ehcp" in person.flags else "K" if "support" in person.flags else "N"
    flags = {f: f in person.flags for f in ("pupil_premium", "looked_after", "eal", "young_carer")}
    return Enrolment(
        student=student, institution=school, academic_year=spell.year, registration=spell.registration,
        year_group=spell.year_group, tutor_group=form, start_date=spell.start, end_date=spell.end, sen=sen,
        ethnicity=ETHNICITIES[person.number * 5 % len(ETHNICITIES)],
        fsm=flags["pupil_premium"] and person.number % 5 != 0, absence=absence_of(person, spell.year, seed=seed), **flags,
    )  # fmt: skip


def _subjects(roll: Roll, students: dict[int, Student]) -> None:
    rows = [
        SubjectStudied(student=students[person.number], academic_year=year, subject=subject)
        for person in roll.people
        for year, subjects in person.subjects.items()
        for subject in subjects
    ]
    SubjectStudied.objects.bulk_create(rows, batch_size=BATCH)


def _advisers(school: Institution) -> list[Staff]:
    rows = [Staff(institution=school, name=name, level=level) for name, level in ADVISERS.items()]
    return Staff.objects.bulk_create(rows)


def _teachers(rng: Random, school: Institution, how_many: int) -> list[Staff]:
    names = [f"{rng.choice(TITLES)} {rng.choice(FORENAMES)[0]} {rng.choice(SURNAMES)}" for _ in range(how_many)]
    return Staff.objects.bulk_create([Staff(institution=school, name=name) for name in names])
