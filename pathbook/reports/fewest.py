"""The fewest more activities that would meet a criterion, of the kinds this school has held before, places counted.

Who would lack it if all that is planned happens, and what one more would give them, is asked of the criterion's own row.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pathbook.allocation.fewest import Held as Solved
from pathbook.allocation.fewest import Kind, Lacking, fewest
from pathbook.framework.alike import Standing, standing
from pathbook.framework.facts import Took
from pathbook.framework.measure import Measure
from pathbook.framework.what_if import short_of
from pathbook.framework.worlds import Down
from pathbook.records.history import Held

SOON = timedelta(days=14)  # the soonest something could be held
MAINLY = 0.2  # a year group with a fifth of the largest one's number was meant; fewer were guests
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Holding:
    """One activity to hold: like one of the past, for whom, how often, with how many places in all."""

    title: str
    kind: str
    provider_type: str
    technical: bool
    year_groups: tuple[int, ...]
    times: int
    places: int

    @property
    def said(self) -> str:
        years = " and ".join(f"Year {group}" for group in self.year_groups)
        times = in_words(self.times)
        return f"{times} like “{self.title}” for {years} ({self.places:,} place{'' if self.places == 1 else 's'})"


@dataclass(frozen=True, slots=True)
class Enough:
    """`lacking`: students who would lack it. `found`: whether past activities would do; `by_plan`: whether any could."""

    lacking: int
    found: bool
    holdings: tuple[Holding, ...] = ()
    by_plan: bool = True

    @property
    def times(self) -> int:
        return sum(one.times for one in self.holdings)

    @property
    def said(self) -> str:
        """Two more: one like “Employer talk” for Year 8 (180 places) and one like ..."""
        parts = [one.said for one in self.holdings]
        listed = " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
        return f"{in_words(self.times).capitalize()} more: {listed}"


def in_words(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def enough_of(row: Measure, everyone: Sequence[Down], held: Iterable[Held], as_of: date) -> Enough:
    """Of those the criterion is due for. A link in each subject, a meeting or a word of the student's is no
    activity to hold, and "all four providers" is asked of its four parts.
    """
    due = (one for one in everyone if one.ended.student.year_group in row.due_in and row.applies(one.ended))
    alike: dict[tuple[int, float], list[Down]] = {}
    known: dict[Standing, float] = {}
    for one in due:
        short = _short(one, row, known)
        if short > 0:
            alike.setdefault((one.ended.student.year_group, short), []).append(one)
    lacking = sum(map(len, alike.values()))
    if row.per_item or row.parts or not row.kind or row.kind == "guidance_meeting":
        return Enough(lacking, False, by_plan=False)
    could = _distinct(one for one in held if row.kind in one.facts.kinds)
    kinds = [_kind(str(at), one, row, alike, as_of) for at, one in enumerate(could)]
    asked = [Lacking(f"{group} {short}", len(students), short) for (group, short), students in sorted(alike.items())]
    found = fewest(asked, kinds)
    return Enough(lacking, found is not None, tuple(_holding(one, could) for one in found or ()))


def _short(one: Down, row: Measure, known: dict[Standing, float]) -> float:
    if not row.kind:  # it counts the student's own words
        return short_of(one, row)
    key = standing(one.ended.student, one.took, one.met, row)
    if key not in known:
        known[key] = short_of(one, row)
    return known[key]


def _distinct(held: Iterable[Held]) -> list[Held]:
    """One of each sort, as it was held last."""
    kept: dict[object, Held] = {}
    for one in held:
        facts = one.facts
        kept[facts.kinds, facts.provider_types, facts.technical, facts.hours, meant_for(one), one.capacity] = one
    return list(kept.values())


def meant_for(one: Held) -> tuple[int, ...]:
    most = max(one.invited.values())
    return tuple(sorted(group for group, many in one.invited.items() if many >= MAINLY * most))


def _kind(id: str, one: Held, row: Measure, alike: dict[tuple[int, float], list[Down]], as_of: date) -> Kind:
    """What one place of it would give each of those alike, as the row counts."""
    more = Took(one.facts, "planned", as_of + SOON)
    gives = {
        f"{group} {short}": short - short_of(students[0], row, more._replace(activity=one.facts))
        for (group, short), students in alike.items()
        if group in meant_for(one)
    }
    return Kind(id, {who: much for who, much in gives.items() if much > 0}, one.capacity)


def _holding(solved: Solved, could: Sequence[Held]) -> Holding:
    one = could[int(solved.kind)]
    years = sorted({int(who.split()[0]) for who in solved.seats})
    types = sorted(one.facts.provider_types)
    return Holding(
        re.sub(r",? Years? \d+.*$", "", one.title), one.kind, types[0] if types else "", one.facts.technical,
        tuple(years), solved.times, solved.places,
    )  # fmt: skip
