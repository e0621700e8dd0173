"""Who at Northbridge opened whose record, tutors soon or late and students their own; and when staff signed in."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from random import Random

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.demo.bookings import Sitting
from pathbook.demo.happenings import moment
from pathbook.demo.people import Cast
from pathbook.demo.roll import Roll, Spell
from pathbook.demo.signing_in import sign_ins
from pathbook.demo.term import school_day
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Role, Student

LATELY = timedelta(days=42)  # as the Reading page counts it
ONE_IN = 5  # forms whose tutor hardly reads
Told = tuple[record.Actor, datetime, record.Change]


def write_readings(rng: Random, roll: Roll, cast: Cast, written_up: Iterable[Sitting], *, today: date) -> None:
    told = [reading for one in written_up for reading in _tutor_reads(rng, one, cast, today)]
    for year in roll.members:
        for person, spell in roll.here(year):
            told += _own_reading(rng, cast.students[person.number], spell, today)
    told += looks(roll, cast, today=today)
    told += sign_ins(cast, told, years=roll.members, today=today)
    record.happened(sorted(told, key=lambda one: one[1]))


def _tutor_reads(rng: Random, sitting: Sitting, cast: Cast, today: date) -> Iterable[Told]:
    """Some tutors read what was said and some do not: by form, so that it shows."""
    spell = sitting.spell
    good = is_read(spell.form)
    read = sitting.day + timedelta(days=rng.randrange(0, 12) if good else rng.randrange(5, 40))
    latest = today if good else today - LATELY - timedelta(days=1)
    if read <= latest and rng.random() < (0.85 if good else 0.4):
        tutor = cast.tutors[spell.year, spell.form]
        by = record.Someone(tutor.pk, tutor.name, Role.FORM_TUTOR)
        yield _reading(by, Verb.READ, cast.students[sitting.person.number], read)


def is_read(form: str) -> bool:
    """Of Northbridge's 39 tutors 31 read."""
    return sum(map(ord, form)) % ONE_IN != 0


def looks(roll: Roll, cast: Cast, *, today: date) -> Iterable[Told]:
    """This half term a tutor who reads opens a few records once a fortnight, meeting or none. By a chance of its own."""
    rng, year = Random(cast.school.urn + 1), max(roll.members)
    forms: dict[str, list[Student]] = {}
    for person, spell in roll.here(year):
        if spell.registration == "main" and is_read(spell.form):
            forms.setdefault(spell.form, []).append(cast.students[person.number])
    for form, students in sorted(forms.items()):
        tutor = cast.tutors[year, form]
        by = record.Someone(tutor.pk, tutor.name, Role.FORM_TUTOR)
        for days in (5, 19, 33):
            day = school_day(today - timedelta(days=days), not_before=AcademicYear(year).first_day)
            if day <= today:
                yield from (_reading(by, Verb.READ, one, day) for one in rng.sample(students, min(3, len(students))))


def _own_reading(rng: Random, student: Student, spell: Spell, today: date) -> Iterable[Told]:
    earliest = max(AcademicYear(spell.year).first_day, spell.start)
    day = earliest + timedelta(days=rng.randrange(max(1, (date(spell.year + 1, 7, 10) - earliest).days)))
    day = school_day(day, not_before=earliest)
    if day <= today and rng.random() < 0.75:
        yield _reading(record.Someone(None, "the student", Role.STUDENT), Verb.READ_OWN, student, day)


def _reading(by: record.Someone, verb: Verb, student: Student, day: date) -> Told:
    return by, moment(day, 9), record.Change(verb, "student", student.pk, student.pk)
