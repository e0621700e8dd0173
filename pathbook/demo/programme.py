"""The year's programme at Northbridge: what is offered, to whom, in which month."""

from collections.abc import Mapping
from dataclasses import dataclass

SCHOOL = (7, 8, 9, 10, 11, 12, 13)


@dataclass(frozen=True, slots=True)
class Offer:
    """`reach`: the share of each year group invited. `month`: calendar month. `provider`: kind to draw one from.

    `spare`: where places are limited, how many are still free while it is to come.
    """

    title: str
    kind: str
    years: tuple[int, ...]
    month: int
    reach: float = 1.0
    hours: float = 1.0
    provider: str = ""
    technical: bool = False
    also: tuple[str, ...] = ()
    subject: str = ""
    others: int = 0
    spare: int = 0


def _each(title: str, kind: str, years: tuple[int, ...], month: int, **said: object) -> tuple[Offer, ...]:
    return tuple(Offer(f"{title}, Year {y}", kind, (y,), month, **said) for y in years)  # type: ignore[arg-type]


OFFERS: tuple[Offer, ...] = (
    Offer("Careers fair", "employer_encounter", (10,), 10, 0.95, 2, "employer", others=24),
    Offer("Careers fair", "employer_encounter", (11,), 10, 0.95, 2, "employer", others=24),
    *_each("Meet the workplace", "employer_encounter", (7, 8, 9), 11, reach=0.95, provider="employer"),
    *_each("Employer talk", "employer_encounter", (12, 13), 11, reach=0.7, provider="employer"),
    *_each("Where the jobs are", "labour_market_information", (8, 9, 10, 11, 12, 13), 11, reach=0.88),
    Offer("Work experience week", "workplace_experience", (10,), 7, 0.9, 25, "employer", also=("employer_encounter",)),
    Offer("Workplace visit", "workplace_experience", (9,), 3, 0.7, 5, "employer", spare=15),
    Offer("Workplace visit", "workplace_experience", (8,), 5, 0.6, 5, "employer"),
    Offer("Autumn site visit", "workplace_experience", (11,), 10, 0.55, 5, "employer"),
    Offer("Placement", "workplace_experience", (12,), 6, 0.8, 25, "employer"),
    Offer("Sixth form taster", "provider_encounter", (11,), 11, 0.75, 3, "sixth_form"),
    Offer("Sixth form talk", "provider_encounter", (10,), 2, 0.75, 1, "sixth_form"),
    Offer("College technical routes", "provider_encounter", (9,), 1, 0.8, 1, "fe_college", True),
    Offer("College taster day", "provider_encounter", (10,), 2, 0.7, 5, "fe_college", True),
    Offer("T Levels explained", "provider_encounter", (11,), 1, 0.6, 1, "fe_college", True),
    Offer("Apprenticeships assembly", "provider_encounter", (8,), 2, 0.85, 1, "training_provider", True),
    Offer("Apprenticeships workshop", "provider_encounter", (11,), 12, 0.6, 1, "training_provider", True),
    Offer("Apprenticeships after 18", "provider_encounter", (12,), 2, 0.7, 1, "training_provider", True),
    Offer("College routes after 18", "provider_encounter", (13,), 11, 0.7, 1, "fe_college", True),
    Offer("Campus visit", "he_visit", (10,), 6, 0.7, 5, "university"),
    Offer("University discovery day", "he_visit", (9,), 6, 0.45, 5, "university"),
    Offer("University open day", "he_visit", (12,), 6, 0.6, 5, "university"),
    Offer("University visit", "he_visit", (13,), 10, 0.55, 5, "university"),
    Offer("National Careers Week assembly", "careers_lesson", SCHOOL, 3, 0.92, 0.5),
    *_each("Careers lesson", "careers_lesson", (7, 8, 9), 1, reach=0.95),
    Offer("Options evening", "transition_event", (9,), 2, 0.9, 2),
    Offer("Sixth form induction", "transition_event", (11,), 7, 0.8, 5),
    Offer("Construction club", "employer_encounter", (10, 11), 3, 0.06, 2, "employer", spare=8),
    Offer("Women in engineering", "employer_encounter", (9, 10), 3, 0.08, 3, "employer", spare=12),
    Offer("Hospital insight day", "workplace_experience", (10, 12), 4, 0.06, 5, "employer", spare=10),
    Offer("Young enterprise", "other", (10, 12), 1, 0.08, 10),
    Offer("Mock interviews", "employer_encounter", (11,), 1, 0.8, 1, "employer"),
    Offer("CV workshop", "careers_lesson", (12,), 10, 0.6),
)
LINK_MONTHS = (10, 11, 1, 3, 5, 6)
LINKED_SUBJECTS = (
    ("Mathematics", 7), ("Science", 7), ("English", 8), ("Design and technology", 8), ("Geography", 9),
    ("Science", 9), ("Computing", 9), ("Mathematics", 10), ("Science", 10), ("English", 10), ("Mathematics", 11),
    ("Science", 11), ("Business", 11), ("Biology", 12), ("Mathematics", 12), ("Psychology", 13), ("French", 8),
    ("History", 9), ("Art and design", 7), ("Music", 8), ("Physical education", 7), ("English", 7), ("Science", 8),
    ("Mathematics", 9), ("Computer science", 10), ("Chemistry", 13),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Programme:
    """A year's offers. `own` stretches or shrinks who is asked of the years an offer is for; `others` opens it to the rest."""

    offers: tuple[Offer, ...]
    own: float = 1.0
    others: float = 0.0


def programme_of(activities: int, sizes: Mapping[int, int], participations: int | None) -> Programme:
    """So many activities, and about so many participations; as many as they naturally give when none is said."""
    offers = tuple(offers_of_a_year(activities))
    natural = sum(offer.reach * sizes[year] for offer in offers for year in offer.years)
    if participations is None or not natural:
        return Programme(offers)
    if participations <= natural:
        return Programme(offers, own=participations / natural)
    room = sum(size for offer in offers for year, size in sizes.items() if year not in offer.years)
    return Programme(offers, others=min(1.0, (participations - natural) / max(1, room)))


def offers_of_a_year(how_many: int) -> list[Offer]:
    """The first `how_many` of the programme; past its end, more lesson links and talks, numbered."""
    links = [
        Offer(f"{subject} at work, Year {year}", "curriculum_link", (year,), LINK_MONTHS[n % 6], 0.9, subject=subject)
        for n, (subject, year) in enumerate(LINKED_SUBJECTS)
    ]
    whole = [*OFFERS, *links]
    extra = [
        Offer(f"Lunchtime talk {n + 1}", "employer_encounter", (SCHOOL[n % 7],), 1 + n % 6, 0.3, 1, "employer")
        for n in range(max(0, how_many - len(whole)))
    ]
    return [*whole, *extra][:how_many]
