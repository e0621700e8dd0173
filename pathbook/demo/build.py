"""Building the whole demo school in one transaction, stage by stage."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.demo.confirmed import write_confirmed
from pathbook.demo.happenings import moment, write_happenings
from pathbook.demo.judging import write_judging
from pathbook.demo.leaving import write_what_comes_next
from pathbook.demo.living import write_living_years
from pathbook.demo.next_steps import write_next_steps
from pathbook.demo.people import Cast, write_people
from pathbook.demo.placements import write_placements
from pathbook.demo.planned import write_planned
from pathbook.demo.programme import programme_of
from pathbook.demo.roll import make_roll, sizes
from pathbook.demo.support import put_some_aside, write_support
from pathbook.demo.surveys import write_surveys
from pathbook.demo.tutoring import write_tutoring
from pathbook.demo.watched import write_watched

STAGES = 5
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The options of `pathbook demo`; the same ones make the same school, to the byte."""

    students: int
    activities: int
    years: int
    seed: int
    today: date
    participations: int | None = None  # a year; None: as many as the programme gives


@transaction.atomic
def build(wanted: Wanted, progress: Progress = lambda stage, n, total: None) -> Cast:
    rng = Random(wanted.seed)
    progress("Enrolling students", 1, STAGES)
    roll = make_roll(rng, students=wanted.students, years=wanted.years, today=wanted.today)
    teachers = max(2, round(wanted.students * 72 / 1105))
    cast = write_people(rng, roll, teachers=teachers, seed=wanted.seed)
    progress("Holding activities", 2, STAGES)
    programme = programme_of(wanted.activities, sizes(wanted.students), wanted.participations)
    write_happenings(rng, roll, cast, programme, today=wanted.today)
    progress("Meeting advisers", 3, STAGES)
    hopes = write_living_years(rng, roll, cast, students=wanted.students, today=wanted.today)
    progress("Looking ahead", 4, STAGES)
    write_what_comes_next(rng, roll, cast, hopes, today=wanted.today)
    write_support(rng, roll, cast, today=wanted.today)
    write_surveys(cast, years=sorted(roll.members), seed=wanted.seed, today=wanted.today)
    write_watched(cast, years=sorted(roll.members), seed=wanted.seed, today=wanted.today)
    put_some_aside(cast, today=wanted.today)
    write_tutoring(cast, today=wanted.today)
    write_next_steps(cast, seed=wanted.seed, today=wanted.today)
    write_placements(roll, cast, seed=wanted.seed, today=wanted.today)
    write_confirmed(cast.school, seed=wanted.seed, today=wanted.today)
    write_planned(cast, years=sorted(roll.members), seed=wanted.seed, today=wanted.today)
    write_judging(cast, years=roll.members, seed=wanted.seed, today=wanted.today)
    built = record.Change(Verb.CREATED, "demo school")
    record.changes(by=record.Someone(None, "pathbook demo", ""), at=moment(wanted.today, 8), of=[built])
    progress("Done", STAGES, STAGES)
    return cast
