"""What homes have said of the visits and placements to come at Northbridge: most yes, a few no, some not yet."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from random import Random

from pathbook.demo.doors import BATCH
from pathbook.demo.people import Cast
from pathbook.demo.programme import Offer
from pathbook.demo.roll import Person, Spell
from pathbook.framework import kinds
from pathbook.people.keys import ALPHABET
from pathbook.records.models import Activity, Consent, Participation

ANSWERS, AMONG = ("given", "refused", "asked"), (74, 6, 20)
HOW = ("paper", "phone", "email")
Here = Mapping[int, list[tuple[Person, Spell]]]


def write_consents(invited: Iterable[tuple[Activity, Offer, int]], here: Here, cast: Cast, *, today: date) -> None:
    """Asked of everyone down for it, and of every third of the years it is meant for."""
    asking = [one for one in invited if one[0].starts_on > today and kinds.asks_consent(one[0].kind, one[0].also)]
    for activity, _, _ in asking:
        activity.asks_consent = True
    Activity.objects.bulk_update([activity for activity, _, _ in asking], ["asks_consent"])
    rows = [
        row
        for activity, offer, year in asking
        for row in _rows(Random(f"consent {activity.key}"), activity, offer, here[year], cast, today)
    ]
    Consent.objects.bulk_create(rows, batch_size=BATCH)


def _rows(
    rng: Random, activity: Activity, offer: Offer, here: Iterable[tuple[Person, Spell]], cast: Cast, today: date
) -> Iterator[Consent]:
    down = set(Participation.objects.filter(activity=activity).values_list("student_id", flat=True))
    for person, spell in here:
        student = cast.students[person.number]
        meant = spell.year_group in offer.years and rng.random() < 1 / 3
        if student.pk not in down and not meant:
            continue
        answer, said_on = rng.choices(ANSWERS, AMONG)[0], today - timedelta(days=rng.randrange(1, 15))
        yield Consent(
            activity=activity, student=student, key="".join(rng.choice(ALPHABET) for _ in range(12)), answer=answer,
            how="" if answer == "asked" else rng.choice(HOW), said_on=said_on, recorded_by="Priya Raman",
            recorded_at=activity.recorded_at,
        )  # fmt: skip
