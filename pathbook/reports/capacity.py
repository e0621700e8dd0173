"""Are there slots enough? What is left, how many are missed here, how many are needed, and whom they will not reach."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil, floor
from threading import Lock

from pathbook.allocation.capacity import Forecast, Rate, forecast, rate, slots_for, supposing
from pathbook.audit.models import Event
from pathbook.audit.record import CHANGES_FIGURES
from pathbook.framework.needs.need import Need, last_day_of_needs
from pathbook.framework.needs.programme import MEETING
from pathbook.framework.shares import Share
from pathbook.framework.years import AcademicYear
from pathbook.needs.places.offers import open_slots
from pathbook.needs.queries import needs_of_school
from pathbook.people.models import Institution, Student
from pathbook.people.visibility import Viewer
from pathbook.records.models import GuidanceMeeting
from pathbook.records.queries.slots import day_of

SUPPOSED = (0.10, 0.15)
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Required:
    """A student who needs a meeting this school year and has none booked."""

    key: str
    form: str
    need: Need


@dataclass(frozen=True, slots=True)
class Supposed:
    """What the slots hold at one rate of missed meetings. `short` below 0 is so many to spare."""

    label: str
    forecast: Forecast
    held: int
    short: int

    @property
    def said(self) -> str:
        return f"{self.short:,} short" if self.short > 0 else f"{-self.short:,} to spare"

    @property
    def chance(self) -> int:
        """That everyone is reached, in whole per cent; never 100 or 0 unless it is certain."""
        return Share(round(10_000 * self.forecast.chance), 10_000).percent or 0


@dataclass(frozen=True, slots=True)
class Person:
    """Someone on the list, with why they need a meeting."""

    student: Student
    form: str
    need: Need


@dataclass(frozen=True, slots=True)
class CapacityPage:
    """`lines`: at this school's own rate, then at 10% and 15%. `unreached`: at the own rate, the most urgent first.

    `day`: slots of the fullest day; `day_reaches`: whom one more such day would reach. `wanted`: slots that would
    reach everyone nine years in ten, if any number would.
    """

    year: AcademicYear
    slots: int
    booked: int
    required: int
    rate: Rate
    share: Share
    lines: tuple[Supposed, ...]
    unreached: tuple[Person, ...]
    unreached_in_all: int
    unsure: tuple[Person, ...]
    unsure_in_all: int
    day: int
    day_reaches: tuple[Person, ...]
    wanted: int | None

    @property
    def low(self) -> int:
        return floor(100 * self.rate.low)

    @property
    def high(self) -> int:
        return ceil(100 * self.rate.high)


_kept: dict[tuple[int, date], tuple[int, tuple[Required, ...]]] = {}
_lock = Lock()


def capacity_page(viewer: Viewer, school: Institution, *, at: datetime, on: date) -> CapacityPage:
    """A fixed number of queries; few once the needs are remembered."""
    slots, required = open_slots(viewer, school, at=at, on=on), required_of(school, on=on)
    held, missed, booked = _history(school, on)
    keys = [one.key for one in required]
    own = forecast(slots=len(slots), required=keys, held=held, missed=missed)
    a_day = max(Counter(day_of(slot) for slot in slots).values(), default=0)
    more = forecast(slots=len(slots) + a_day, required=keys, held=held, missed=missed)
    reached_then = [key for key in own.unreached if key not in set(more.unreached)]
    people = _named(required, [*own.unreached[:SHOWN], *own.unsure[:SHOWN], *reached_then])
    return CapacityPage(
        AcademicYear.of(on), len(slots), booked, len(required), rate(held=held, missed=missed),
        Share(missed, held + missed), (_line("As missed here so far", own), *_supposed(len(slots), keys)),
        _people(people, own.unreached[:SHOWN]), len(own.unreached), _people(people, own.unsure[:SHOWN]), len(own.unsure),
        a_day, _people(people, reached_then), slots_for(required=len(keys), held=held, missed=missed),
    )  # fmt: skip


def _supposed(slots: int, keys: Sequence[str]) -> tuple[Supposed, ...]:
    return tuple(
        _line(f"If {share:.0%} are missed", supposing(slots=slots, required=keys, missed_share=share))
        for share in SUPPOSED
    )


def _line(label: str, said: Forecast) -> Supposed:
    held = int(said.expected + 1e-9)
    return Supposed(label, said, held, said.required - held)


def _history(school: Institution, on: date) -> tuple[int, int, int]:
    """Held and not attended, of every year up to this day; and booked from this day on. One query."""
    rows = GuidanceMeeting.objects.filter(institution=school).order_by()
    counted = Counter(
        status for status, day in rows.values_list("status", "planned_on")
        if status != "booked" or (day and day >= on)
    )  # fmt: skip
    return counted["held"], counted["not_attended"], counted["booked"]


def required_of(school: Institution, *, on: date) -> tuple[Required, ...]:
    """The most urgent first; remembered until the audit shows a write (then one query more than the needs take)."""
    rows = Event.objects.filter(verb__in=CHANGES_FIGURES).order_by("-pk")
    upto = rows.values_list("pk", flat=True).first() or 0
    with _lock:
        known = _kept.get((school.pk, on))
    if known and known[0] == upto:
        return known[1]
    found = _required(school, on)
    with _lock:
        _kept.clear()
        _kept[school.pk, on] = (upto, found)
    return found


def forget() -> None:
    _kept.clear()


def _required(school: Institution, on: date) -> tuple[Required, ...]:
    ends = last_day_of_needs(AcademicYear.of(on))
    found = []
    for one in needs_of_school(school, as_of=on).students:
        meeting = next(
            (need for need in one.due_by(ends).needs if need.wants and MEETING in need.wants.kinds and not need.booked),
            None,
        )
        if meeting:
            found.append(Required(one.student_id, one.tutor_group or f"Year {one.year_group}", meeting))
    return tuple(sorted(found, key=lambda one: (*one.need.order[:2], one.key)))


def _named(required: Sequence[Required], keys: Sequence[str]) -> dict[str, Person]:
    students = {one.key: one for one in Student.objects.filter(key__in=set(keys))}
    return {one.key: Person(students[one.key], one.form, one.need) for one in required if one.key in students}


def _people(people: dict[str, Person], keys: Sequence[str]) -> tuple[Person, ...]:
    return tuple(people[key] for key in keys if key in people)
