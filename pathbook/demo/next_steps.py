"""What Northbridge wrote down of next steps beyond one word a leaver: the spring round, six-month checks, and who objects.

Nothing here changes a figure of the rest: a spring intention is of somebody who has one from autumn, and last year's
leavers keep the last word they had.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from pathbook.demo.doors import BATCH
from pathbook.demo.happenings import LEADER, moment
from pathbook.demo.people import Cast
from pathbook.framework.next_steps import next_step
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Objection
from pathbook.records.models import Destination, Intention, Offer

SPOKE_IN_SPRING = 0.9  # of those who had said something in autumn, by early February
CHECKED, KEEPS = 0.8, 0.9  # of older leavers: asked after six months; still where they were
OBJECTS = 0.012
PLACES = {
    "Sixth form": ("Harbour Sixth Form", "St Aidan's Sixth Form"), "FE college": ("Northbridge College",),
    "University": ("University of Northbridge", "Westmoor University"), "Apprenticeship": ("Forward Training",),
}  # fmt: skip
SOURCE = {"college enrolment list": "college"}


def write_next_steps(cast: Cast, *, seed: int, today: date) -> None:
    """Each part from a generator of its own, so that none moves another."""
    _name_places(Random(f"places {seed}"))
    spring = list(_spring(Random(f"spring round {seed}"), today))
    Intention.objects.bulk_create(spring, batch_size=BATCH)
    checks = list(_checks(Random(f"six months {seed}"), today))
    Destination.objects.bulk_create(checks, batch_size=BATCH)
    Objection.objects.bulk_create(_objections(Random(f"objections {seed}"), cast, today))
    _suitable(Random(f"suitable {seed}"))


def _name_places(rng: Random) -> None:
    """Where each leaver is, and that it was found out a fortnight later."""
    rows = list(Destination.objects.order_by("pk"))
    for row in rows:
        row.place = rng.choice(PLACES.get(next_step(row.code), ("",)))
        row.checked_on = row.as_of
        row.source = SOURCE.get(row.source, row.source)
    Destination.objects.bulk_update(rows, ["place", "checked_on", "source"], batch_size=BATCH)


def _spring(rng: Random, today: date) -> Iterator[Intention]:
    """The same as in autumn, but for those of this year who were still looking: they have found a course to aim for."""
    now = AcademicYear.of(today)
    for row in Intention.objects.order_by("pk"):
        day = date(AcademicYear.of(row.recorded_on).start + 1, 1, 6) + timedelta(days=rng.randrange(28))
        code = "230" if row.code == "619" and row.recorded_on in now else row.code
        if rng.random() < SPOKE_IN_SPRING and row.recorded_on < day <= today:
            yield Intention(
                student_id=row.student_id, recorded_on=day, code=code, recorded_by=LEADER, recorded_at=moment(day)
            )


def _checks(rng: Random, today: date) -> Iterator[Destination]:
    """Of leavers before last year's, whose check is over."""
    for row in Destination.objects.order_by("pk"):
        day = date(row.as_of.year + 1, 3, 10)
        asked, kept = rng.random() < CHECKED, rng.random() < KEEPS
        if asked and AcademicYear.of(row.as_of).start < AcademicYear.of(today).start and day <= today:
            yield Destination(
                student_id=row.student_id, as_of=day, checked_on=day, code=row.code if kept else "619", source="student",
                place=row.place if kept else "", recorded_by=LEADER, recorded_at=moment(day),
            )  # fmt: skip


def _objections(rng: Random, cast: Cast, today: date) -> Iterator[Objection]:
    for number in sorted(cast.students):
        objects, about = rng.random() < OBJECTS, rng.choice(("plans", "plans", "everything", "support"))
        if objects:
            day = today - timedelta(days=rng.randrange(20, 200))
            yield Objection(
                student=cast.students[number], about=about, said_by="student", said_on=day, recorded_by=LEADER,
                recorded_at=moment(day),
            )  # fmt: skip


def _suitable(rng: Random) -> None:
    """Most offers were looked at; a few do not suit."""
    rows = list(Offer.objects.filter(status__in=("offered", "accepted")).order_by("pk"))
    for row in rows:
        row.suitable = rng.choices((True, None, False), (78, 18, 4))[0]
    Offer.objects.bulk_update(rows, ["suitable"], batch_size=BATCH)
