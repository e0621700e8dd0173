"""What comes next for those at Northbridge: what they mean to do, offers, where leavers went, what earlier schools sent."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from pathbook.demo.doors import BATCH
from pathbook.demo.happenings import LEADER, UNDER_SERVED, moment, new_key
from pathbook.demo.hopes import UNDECIDED, Aim, Hopes
from pathbook.demo.people import Cast
from pathbook.demo.roll import Person, Roll, Spell
from pathbook.demo.sentences import SIXTH_FORMS, UNIVERSITIES
from pathbook.records.models import Destination, Intention, Offer, PriorRecord

CODES = {  # NCCIS activity codes by pathway
    "sixth_form": ("210", "220"), "fe_college": ("230",), "t_level": ("230",), "apprenticeship": ("310",),
    "university": ("240",), "employment": ("320", "340"), UNDECIDED: ("619", "330"),
}  # fmt: skip
CHOOSING = (11, 13)
ENDED = (("accepted", 62), ("offered", 20), ("declined", 9), ("refused", 9))


def write_what_comes_next(rng: Random, roll: Roll, cast: Cast, hopes: Hopes, *, today: date) -> None:
    choosing = [
        (person, spell) for year in roll.members for person, spell in roll.here(year) if spell.year_group in CHOOSING
    ]
    intentions = [row for one in choosing for row in _intention(rng, *one, cast, hopes, today)]
    offers = [row for one in choosing for row in _offer(rng, *one, cast, hopes, today)]
    Intention.objects.bulk_create(intentions, batch_size=BATCH)
    Offer.objects.bulk_create(offers, batch_size=BATCH)
    Destination.objects.bulk_create(_destinations(rng, roll, cast, hopes, today), batch_size=BATCH)
    PriorRecord.objects.bulk_create(_prior_records(rng, roll, cast, today), batch_size=BATCH)


def _intention(rng: Random, person: Person, spell: Spell, cast: Cast, hopes: Hopes, today: date) -> Iterator[Intention]:
    day = max(spell.start, date(spell.year, 9, 20)) + timedelta(days=rng.randrange(60))
    if day <= today and rng.random() < 0.75:
        yield Intention(
            student=cast.students[person.number], recorded_on=day, recorded_by=LEADER, recorded_at=moment(day),
            code=rng.choice(CODES[hopes.on(person, day).pathway]),
        )  # fmt: skip


def _offer(rng: Random, person: Person, spell: Spell, cast: Cast, hopes: Hopes, today: date) -> Iterator[Offer]:
    """Applied in the autumn, answered by the spring; some forms are helped less, and it shows."""
    applied = date(spell.year, 10, 15) + timedelta(days=rng.randrange(75))
    answered = date(spell.year + 1, 1, 10) + timedelta(days=rng.randrange(100))
    aim = hopes.on(person, applied)
    asks = aim.pathway != UNDECIDED and rng.random() < (0.72 if spell.form[-1] in UNDER_SERVED else 0.9)
    if not asks or applied < spell.start or applied > today:
        return
    status = (
        rng.choices([name for name, _ in ENDED], [often for _, often in ENDED])[0] if answered <= today else "applied"
    )
    day = answered if answered <= today else applied
    provider, course = _asked_of(rng, aim)
    yield Offer(key=new_key(rng), student=cast.students[person.number], provider=provider, course=course, status=status,
                on=day, recorded_by=LEADER, recorded_at=moment(day))  # fmt: skip


def _asked_of(rng: Random, aim: Aim) -> tuple[str, str]:
    wish = aim.wish
    return {
        "sixth_form": (rng.choice(SIXTH_FORMS), "A levels"),
        "fe_college": ("Northbridge College", wish.course if wish else "Level 2 taster course"),
        "t_level": ("Northbridge College", _capital(wish.t_level.removeprefix("the ")) if wish else "T Level"),
        "apprenticeship": (wish.meets if wish else "Forward Training", "Apprenticeship"),
        "university": (_capital(rng.choice(UNIVERSITIES).removeprefix("the ")), _capital(wish.degree) if wish else ""),
        "employment": (wish.meets if wish else "Quayside Retail Park", "Job with training"),
    }[aim.pathway]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _destinations(rng: Random, roll: Roll, cast: Cast, hopes: Hopes, today: date) -> Iterator[Destination]:
    for year in roll.members:
        day = date(year + 1, 10, 1)
        for group in CHOOSING:
            for person in roll.members[year][group]:
                left = year + 1 in roll.members and person.spell(year + 1) is None
                if left and day <= today and rng.random() < 0.88:
                    yield Destination(
                        student=cast.students[person.number], as_of=day, source="college enrolment list",
                        code=rng.choice(CODES[hopes.on(person, day).pathway]), recorded_by=LEADER,
                        recorded_at=moment(day),
                    )  # fmt: skip


def _prior_records(rng: Random, roll: Roll, cast: Cast, today: date) -> Iterator[PriorRecord]:
    for person in roll.people:
        day = person.spells[0].start + timedelta(days=rng.randrange(5, 60))
        if person.joined and day <= today and rng.random() < 0.6:
            outcome = "received" if rng.random() < 0.7 else "none_held"
            yield PriorRecord(student=cast.students[person.number], outcome=outcome, received_on=day,
                              recorded_by=LEADER, recorded_at=moment(day))  # fmt: skip
