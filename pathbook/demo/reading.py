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

Told = tuple[record.Actor, datetime, record.Change]


def write_readings(rng: Random, roll: Roll, cast: Cast, written_up: Iterable[Sitting], *, today: date) -> None:
    told = [reading for one in written_up for reading in _tutor_reads(rng, one, cast, today)]
    for year in roll.members:
        for person, spell in roll.here(year):
            told += _own_reading(rng, cast.students[person.number], spell, today)
    told += sign_ins(cast, told, years=roll.members, today=today)
    record.happened(sorted(told, key=lambda one: one[1]))


def _tutor_reads(rng: Random, sitting: Sitting, cast: Cast, today: date) -> Iterable[Told]:
    """Some tutors read what was said and some do not: by form, so that it shows."""
    spell = sitting.spell
    good = sum(map(ord, spell.form)) % 3 != 0
    read = sitting.day + timedelta(days=rng.randrange(0, 12) if good else rng.randrange(5, 40))
    if read <= today and rng.random() < (0.85 if good else 0.4):
        tutor = cast.tutors[spell.year, spell.form]
        by = record.Someone(tutor.pk, tutor.name, Role.FORM_TUTOR)
        yield _reading(by, Verb.READ, cast.students[sitting.person.number], read)


def _own_reading(rng: Random, student: Student, spell: Spell, today: date) -> Iterable[Told]:
    earliest = max(AcademicYear(spell.year).first_day, spell.start)
    day = earliest + timedelta(days=rng.randrange(max(1, (date(spell.year + 1, 7, 10) - earliest).days)))
    day = school_day(day, not_before=earliest)
    if day <= today and rng.random() < 0.75:
        yield _reading(record.Someone(None, "the student", Role.STUDENT), Verb.READ_OWN, student, day)


def _reading(by: record.Someone, verb: Verb, student: Student, day: date) -> Told:
    return by, moment(day, 9), record.Change(verb, "student", student.pk, student.pk)
