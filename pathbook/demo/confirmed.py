"""What Northbridge's students say came of their meetings: most of those for whom something was done, and a few of the rest."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from django.db.models import Count, Max, Q

from pathbook.demo.doors import BATCH
from pathbook.demo.happenings import moment
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution, Role, RoleHeld
from pathbook.records.models import Confirmation, GuidanceMeeting

Answer = Confirmation.Answer
SAID = {True: 0.55, False: 0.12}  # by whether something was closed as done
NOT_HELPED, NOT_HAPPENED = 0.3, 0.12
IN_THE_WAY = ("The open day was full.", "Nobody rang back.", "I was ill that day.", "I changed my mind.", "")


def write_confirmed(school: Institution, *, seed: int, today: date) -> None:
    """By a chance of its own. Whoever can be tried out has not said yet."""
    rng = Random(f"confirmed {seed}")
    Confirmation.objects.bulk_create(_said(rng, school, today), batch_size=BATCH)


def _said(rng: Random, school: Institution, today: date) -> Iterator[Confirmation]:
    doors = RoleHeld.objects.filter(role=Role.STUDENT, institution=school).values("student")
    done = Q(actions__outcome="done", actions__closed_on__lte=today)
    held = GuidanceMeeting.objects.held_here().filter(
        institution=school, held_on__range=(AcademicYear(AcademicYear.of(today).start - 1).first_day, today)
    )
    rows = held.exclude(student__in=doors).annotate(
        agreed=Count("actions"), done=Count("actions", filter=done), closed=Max("actions__closed_on", filter=done)
    )
    told = rows.filter(agreed__gt=0).order_by("held_on", "pk").values_list("pk", "held_on", "done", "closed")
    for pk, held_on, many, closed in told:
        chance, answer, later = rng.random(), _answer(rng, many), rng.randint(1, 12)
        waited: date = closed or (held_on or today) + timedelta(days=14)
        on = waited + timedelta(days=later)
        if chance < SAID[many > 0] and on <= today:
            words = rng.choice(IN_THE_WAY) if answer == Answer.NOT else ""
            yield Confirmation(
                meeting_id=pk, answer=answer, words=words, said_on=on, recorded_by="the student",
                recorded_at=moment(on, 17),
            )  # fmt: skip


def _answer(rng: Random, done: int) -> str:
    """Of those for whom nothing was done, half say it did not happen."""
    drawn = rng.random()
    if drawn < (NOT_HAPPENED if done else 0.5):
        return Answer.NOT
    return Answer.HAPPENED if drawn < NOT_HAPPENED + NOT_HELPED else Answer.HELPED
