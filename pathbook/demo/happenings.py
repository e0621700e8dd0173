"""What took place at Northbridge: providers, the programme of each year, and who came."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from django.db.models import Count

from pathbook.demo.consents import write_consents
from pathbook.demo.doors import BATCH
from pathbook.demo.lists import EMPLOYERS, PROVIDERS
from pathbook.demo.people import Cast
from pathbook.demo.programme import Offer, Programme
from pathbook.demo.roll import Person, Roll, Spell
from pathbook.demo.term import school_day
from pathbook.framework import kinds
from pathbook.people.keys import ALPHABET
from pathbook.people.models import Institution
from pathbook.records.models import Activity, Participation, Provider

LONDON = ZoneInfo("Europe/London")
UNDER_SERVED = ("C", "E")  # forms that are asked less often and come less: uneven on purpose
LEADER = "Priya Raman"


def moment(day: date, hour: int = 16) -> datetime:
    return datetime.combine(day, time(hour), LONDON)


def new_key(rng: Random) -> str:
    return "".join(rng.choice(ALPHABET) for _ in range(12))


def write_happenings(rng: Random, roll: Roll, cast: Cast, programme: Programme, *, today: date) -> list[Activity]:
    providers = _providers(cast.school)
    rows: list[Activity] = []
    invited: list[tuple[Activity, Offer, int]] = []
    for year in roll.members:
        for n, offer in enumerate(programme.offers):
            activity = _activity(rng, offer, year, providers, cast.school, today, n)
            rows.append(activity)
            invited.append((activity, offer, year))
    Activity.objects.bulk_create(rows, batch_size=BATCH)
    _fairs(rng, invited, providers)
    here = {year: roll.here(year) for year in roll.members}
    parts = (
        part
        for activity, offer, year in invited
        for part in _parts(rng, activity, offer, programme, here[year], cast, today)
    )
    _in_batches(parts)
    _limits(invited, today)
    write_consents(invited, here, cast, today=today)
    return rows


def _limits(invited: list[tuple[Activity, Offer, int]], today: date) -> None:
    """What is scarce and still to come has a few places more than there are students down for it."""
    scarce = {activity.pk: (activity, offer.spare) for activity, offer, _ in invited
              if offer.spare and activity.starts_on > today}  # fmt: skip
    down = dict(Participation.objects.filter(activity__in=list(scarce)).order_by().values_list("activity_id").annotate(
        n=Count("pk")))  # fmt: skip
    for pk, (activity, spare) in scarce.items():
        activity.capacity = down.get(pk, 0) + spare
    Activity.objects.bulk_update([activity for activity, _ in scarce.values()], ["capacity"])


def _providers(school: Institution) -> dict[str, list[Provider]]:
    rows = [Provider(institution=school, name=n, kind="employer", sector=s, size=z) for n, s, z in EMPLOYERS]
    rows += [Provider(institution=school, name=n, kind=kind) for n, kind in PROVIDERS]
    rows += [Provider(institution=school, name=f"Exhibitor {n + 1}", kind="employer") for n in range(12)]
    Provider.objects.bulk_create(rows)
    found: dict[str, list[Provider]] = {}
    for row in rows:
        found.setdefault(row.kind, []).append(row)
    return found


def _activity(
    rng: Random, offer: Offer, year: int, providers: dict[str, list[Provider]], school: Institution, today: date, n: int
) -> Activity:
    calendar_year = year if offer.month >= 9 else year + 1
    first = date(calendar_year, offer.month, 1)
    day = school_day(first + timedelta(days=(n * 3 + rng.randrange(4)) % 26), not_before=first)
    long = offer.hours > 20
    day -= timedelta(days=day.weekday() if long else 0)  # a whole week begins on its Monday
    provider = rng.choice(providers[offer.provider]) if offer.provider else None
    asked = [item.id for item in kinds.checklist_for(offer.kind, offer.also)]
    ticked = asked if rng.random() < 0.85 else asked[: rng.randrange(1, len(asked))] if asked else []
    if offer.technical:  # what the law says must be covered; of every fifth the questions were not written down
        ticked = [*ticked, *(item.id for item in kinds.MUST_COVER[: 3 if n % 5 == 0 else None])]
    return Activity(
        key=new_key(rng), institution=school, academic_year=year, title=offer.title, kind=offer.kind,
        also=list(offer.also), starts_on=day, ends_on=day + timedelta(days=4 if long else 0),
        provider=provider, provider_type="" if offer.provider == "employer" else offer.provider,
        subject=offer.subject, sector=provider.sector if provider else "", technical=offer.technical,
        checklist=ticked, meaningful=kinds.is_meaningful(offer.kind, offer.also, ticked),
        criteria=list(kinds.suggested_criteria(offer.kind, offer.also)), hours=Decimal(str(offer.hours)),
        recorded_by=LEADER, recorded_at=moment(min(day, today)),
    )  # fmt: skip


def _fairs(rng: Random, invited: list[tuple[Activity, Offer, int]], providers: dict[str, list[Provider]]) -> None:
    """The other exhibitors of a careers fair."""
    through = Activity.others.through
    rows = [
        through(activity_id=activity.pk, provider_id=provider.pk)
        for activity, offer, _ in invited
        if offer.others
        for provider in rng.sample(providers["employer"], min(offer.others, len(providers["employer"])))
    ]
    through.objects.bulk_create(rows)


def _parts(
    rng: Random, activity: Activity, offer: Offer, programme: Programme, here: list[tuple[Person, Spell]], cast: Cast,
    today: date,
) -> Iterator[Participation]:  # fmt: skip
    for person, spell in here:
        if spell.start > activity.starts_on or rng.random() >= _reach(offer, programme, person, spell):
            continue
        status = _status(rng, person, spell, activity.starts_on, today)
        yield Participation(
            activity=activity, student=cast.students[person.number], status=status, on=activity.starts_on,
            hours=_hours(rng, offer) if status == "attended" else Decimal(0), recorded_by=LEADER,
            recorded_at=moment(min(activity.starts_on, today)),
        )  # fmt: skip


def _reach(offer: Offer, programme: Programme, person: Person, spell: Spell) -> float:
    """How likely this student is to be asked; a link to a subject is for those who study it."""
    studies = not offer.subject or offer.subject in person.subjects[spell.year]
    if spell.year_group not in offer.years or not studies:
        return programme.others
    return (offer.reach - (0.25 if _under_served(spell) and offer.reach < 1 else 0)) * programme.own


def _under_served(spell: Spell) -> bool:
    return spell.form[-1] in UNDER_SERVED and spell.year_group in (8, 10, 11)


def _status(rng: Random, person: Person, spell: Spell, day: date, today: date) -> str:
    if day > today:
        return "planned"
    chance = person.steadiness - (0.06 if _under_served(spell) else 0)
    if rng.random() < chance:
        return "attended"
    return rng.choices(("absent", "excused", "withdrawn"), (8, 3, 1))[0]


def _hours(rng: Random, offer: Offer) -> Decimal:
    short = offer.hours > 20 and rng.random() < 0.15
    return Decimal(str(offer.hours)) - (Decimal(rng.choice((5, 10))) if short else Decimal(0))


def _in_batches(parts: Iterator[Participation]) -> None:
    batch: list[Participation] = []
    for part in parts:
        batch.append(part)
        if len(batch) >= BATCH:
            Participation.objects.bulk_create(batch)
            batch = []
    Participation.objects.bulk_create(batch)
