"""When the two advisers of Northbridge can be met: a timetable over the school year, around its closures."""

from collections.abc import Iterator
from datetime import date, datetime, time
from random import Random

from pathbook.demo.doors import BATCH
from pathbook.demo.happenings import LEADER, LONDON, moment, new_key
from pathbook.demo.people import Cast
from pathbook.demo.term import holidays, open_days
from pathbook.framework import terms
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Staff
from pathbook.records.models import Closure, GuidanceSlot

A_YEAR, ON_ROLL = 380, 1105  # product.md: so many slots for so many students
MINUTES = 45
MAIN_SHARE = 0.9  # of the first adviser; the second is in training
TIMES = (time(9, 10), time(10, 0), time(11, 10), time(12, 0), time(13, 40), time(14, 30), time(15, 20), time(8, 20))
FIVE_A_DAY = 5
ROOMS = ("Careers room", "Library office")


def write_closures(cast: Cast, years: list[int]) -> None:
    Closure.objects.bulk_create(
        Closure(institution=cast.school, first_day=first, last_day=last, why=why, holiday=code, recorded_by=LEADER,
                recorded_at=moment(AcademicYear(years[0]).first_day))
        for year in years
        for code, (first, last, why) in zip(terms.HOLIDAYS, holidays(year), strict=True)
    )  # fmt: skip


def write_slots(
    rng: Random, cast: Cast, years: list[int], *, students: int, today: date
) -> dict[int, list[GuidanceSlot]]:
    """Every slot of each academic year, in the order of time."""
    wanted = max(1, round(students * A_YEAR / ON_ROLL))
    made = {year: list(_slots_of(rng, cast, year, wanted, today)) for year in years}
    GuidanceSlot.objects.bulk_create((slot for slots in made.values() for slot in slots), batch_size=BATCH)
    return {year: sorted(slots, key=lambda slot: (slot.starts_at, slot.adviser.pk)) for year, slots in made.items()}


def _slots_of(rng: Random, cast: Cast, year: int, wanted: int, today: date) -> Iterator[GuidanceSlot]:
    main, second = cast.advisers
    busy = today.weekday() if today.weekday() < 5 else 1  # whoever opens the demo meets an adviser with a full day
    first = round(wanted * MAIN_SHARE)
    yield from _offered(rng, main, year, first, (busy, (busy + 2) % 5), today)
    yield from _offered(rng, second, year, wanted - first, ((busy + 1) % 5,), today)


def _offered(
    rng: Random, adviser: Staff, year: int, wanted: int, weekdays: tuple[int, ...], today: date
) -> Iterator[GuidanceSlot]:
    """So many slots, spread evenly over these weekdays; on more days and then more a day where that is too few."""
    days = open_days(date(year, 9, 9), date(year + 1, 7, 17))
    usual = [day for day in days if day.weekday() in weekdays]
    each = FIVE_A_DAY if wanted <= len(days) * FIVE_A_DAY else len(TIMES)
    series = {weekday: new_key(rng) for weekday in range(5)}
    left = wanted
    for day in _spread(usual if wanted <= len(usual) * FIVE_A_DAY else days, -(-wanted // each), today):
        for at in TIMES[: min(each, left)]:
            yield _slot(rng, adviser, datetime.combine(day, at, LONDON), series[day.weekday()], weekdays)
        left -= min(each, left)


def _spread(days: list[date], how_many: int, today: date) -> list[date]:
    """So many of the days, the same number apart, today among them where it is one."""
    step = max(1, len(days) // max(1, how_many))
    begin = days.index(today) % step if today in days else 0
    return days[begin::step][:how_many]


def _slot(rng: Random, adviser: Staff, at: datetime, series: str, weekdays: tuple[int, ...]) -> GuidanceSlot:
    online = len(weekdays) == 1
    return GuidanceSlot(
        institution=adviser.institution, key=new_key(rng), adviser=adviser, starts_at=at, minutes=MINUTES,
        place="" if online else ROOMS[at.weekday() != weekdays[0]], online=online, series=series,
        recorded_by=adviser.name, recorded_at=moment(date(AcademicYear.of(at.date()).start, 9, 1)),
    )  # fmt: skip
