"""What stands in a student's way at Northbridge, reviews of EHC plans, and needs that somebody put aside."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from pathbook.demo.doors import BATCH
from pathbook.demo.happenings import LEADER, moment, new_key
from pathbook.demo.people import Cast
from pathbook.demo.roll import Person, Roll, Spell
from pathbook.framework.years import AcademicYear
from pathbook.needs.models import Dismissal
from pathbook.needs.queries import needs_of_school
from pathbook.people.models import Student
from pathbook.records.models import AnnualReview, Barrier

SENCO = "Noor Amin"
BARRIERS = (
    ("travel", "One bus an hour, and none after five."), ("travel", "Has never been on a train alone."),
    ("money", "The kit for the course costs more than they have."), ("caring", "Looks after a younger brother until six."),
    ("health", "Misses days in a row; catches up at home."), ("confidence", "Will not speak in front of people yet."),
    ("language", "Speaks well, and finds application forms hard."), ("technology", "One phone between three at home."),
    ("learning", "Needs a reader for long forms."), ("home", "Moving house this term."), ("other", "No passport for the trip."),
)  # fmt: skip
ONE_IN_MET = 0.06  # of everyone, each year
PUT_ASIDE = {  # the rule, and why somebody put such a need aside; what everyone should have is never among them
    "absent": "Has a place on the visit in the summer term instead",
    "aspiration_unmet": "Meets somebody through the family next month",
    "undecided": "Has a second meeting booked with the head of year",
}
ASIDE_FORMS = ("10A", "11B", "9C")
ASIDE_DAYS = 75


def write_support(rng: Random, roll: Roll, cast: Cast, *, today: date) -> None:
    here = [(person, spell) for year in roll.members for person, spell in roll.here(year)]
    Barrier.objects.bulk_create((row for one in here for row in _barrier(rng, *one, cast, today)), batch_size=BATCH)
    AnnualReview.objects.bulk_create(_reviews(rng, roll, cast, today), batch_size=BATCH)


def _barrier(rng: Random, person: Person, spell: Spell, cast: Cast, today: date) -> Iterator[Barrier]:
    said = max(spell.start, date(spell.year, 9, 15)) + timedelta(days=rng.randrange(240))
    if rng.random() > ONE_IN_MET * (2 if "pupil_premium" in person.flags else 1) or said > today:
        return
    kind, words = rng.choice(BARRIERS)
    eased = said + timedelta(days=rng.randrange(20, 150)) if rng.random() < 0.7 else None
    past = AcademicYear(spell.year).last_day
    eased = past if eased is None and past < today else eased  # nothing stands for years
    yield Barrier(
        key=new_key(rng), student=cast.students[person.number], kind=kind, words=words, said_on=said,
        ease_by=said + timedelta(days=60) if rng.random() < 0.5 else None,
        eased_on=eased if eased and eased <= today else None, recorded_by=SENCO, recorded_at=moment(said),
    )  # fmt: skip


def _reviews(rng: Random, roll: Roll, cast: Cast, today: date) -> Iterator[AnnualReview]:
    """Each year about the same day, held within weeks of it; the next one is to come. A few days are not recorded yet."""
    last = max(roll.members)
    with_a_plan = [person for person in roll.people if "ehcp" in person.flags]
    for person in with_a_plan:
        into_the_year, known = rng.randrange(20, 300), rng.random() > 0.1
        for spell in (one for one in person.spells if one.end is None):
            due = date(spell.year, 9, 10) + timedelta(days=into_the_year)
            held = due + timedelta(days=rng.randrange(-10, 15))
            if spell.year == last and known and held > today:
                yield _review(person, cast, due, None, today)
            elif held <= today:
                yield _review(person, cast, due, held, today)


def _review(person: Person, cast: Cast, due: date, held: date | None, today: date) -> AnnualReview:
    said = min(due - timedelta(days=30), today)
    return AnnualReview(student=cast.students[person.number], due_on=due, held_on=held, recorded_by=SENCO,
                        recorded_at=moment(held or said))  # fmt: skip


def put_some_aside(cast: Cast, *, today: date) -> None:
    """One need of some students of three forms, as its facts stand today, with the reason."""
    forms = Student.objects.filter(
        enrolments__tutor_group__name__in=ASIDE_FORMS, enrolments__academic_year=AcademicYear.of(today).start
    )
    listed = needs_of_school(cast.school, as_of=today, among=forms)
    by_key = {student.key: student for student in cast.students.values()}
    for n, one in enumerate(listed.students):
        need = next((need for need in one.needs if need.code in PUT_ASIDE and not need.criterion), None)
        if need and n % 7 == 0:
            Dismissal.objects.create(
                student=by_key[one.student_id], code=need.code, criterion=need.criterion,
                fingerprint=need.fingerprint, reason=PUT_ASIDE[need.code], said_on=today,
                until=today + timedelta(days=ASIDE_DAYS), recorded_by=LEADER, recorded_at=moment(today, 9),
            )  # fmt: skip
