"""Whom a special school or college counts its criteria over: the roll with whoever is chosen, and what was chosen before."""

from dataclasses import dataclass
from datetime import date

from pathbook.framework.cohort import Chosen
from pathbook.framework.sets import SETS, load
from pathbook.people.audience import audience_of
from pathbook.people.models import Institution, Student
from pathbook.people.visibility import Viewer
from pathbook.records.models import Cohort
from pathbook.records.queries.cohorts import chosen_of, students_of
from pathbook.reports.students import Asked, Found, find

EVERY = "Every counted criterion"


@dataclass(frozen=True, slots=True)
class Tick:
    """One student on the roll; before anybody has chosen, everyone is ticked."""

    found: Found
    ticked: bool


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """One choice that was made: `of` in words, `how_many` of `on_roll`; `stands`: it is the one in force."""

    row: Cohort
    of: str
    how_many: int
    stands: bool


@dataclass(frozen=True, slots=True)
class ChosenPage:
    """`of`: set and criterion, both empty for all. `gone`: chosen and no longer on the roll."""

    of: tuple[str, str]
    label: str
    standing: Chosen | None
    ticks: tuple[Tick, ...]
    gone: int
    said: tuple[ChoiceLine, ...]
    others: tuple[tuple[str, str], ...]

    @property
    def ticked(self) -> int:
        return sum(one.ticked for one in self.ticks)

    @property
    def value(self) -> str:
        return ":".join(self.of) if self.of[0] else ""


def choices(school: Institution) -> dict[str, str]:
    """What may be chosen for: "" for all, or set and criterion as "2025:GB5.1", and how each is called."""
    found = {"": EVERY}
    for set_id in SETS:
        asked = load(set_id, audience_of(school.kind)).benchmarks
        counted = (one for benchmark in asked for one in benchmark.criteria if one.kind == "quantity")
        found |= {f"{set_id}:{one.id}": f"{one.id} of the {set_id} set" for one in counted}
    return found


def chosen_page(viewer: Viewer, school: Institution, *, of: str, on: date) -> ChosenPage:
    """As it stands today; five queries whatever the number of students."""
    labels = choices(school)
    rows = list(Cohort.objects.standing(school))
    who = students_of(row.pk for row in rows)
    last = {row.criterion and f"{row.set_id}:{row.criterion}": row for row in rows}
    row = last.get(of) or last.get("")
    standing = chosen_of(row, who[row.pk]) if row else None
    found, _ = find(viewer, school, on=on, asked=Asked(), main_only=True)
    roll = sorted(found, key=lambda one: (one.year_group, one.tutor_group, one.sort_name, one.key))
    ticks = tuple(Tick(one, standing is None or one.key in standing.students) for one in roll)
    here = {one.key for one in roll}
    said = tuple(_line(row, labels, len(who[row.pk]), row in last.values()) for row in reversed(rows))
    set_id, _, criterion = of.partition(":")
    return ChosenPage(
        (set_id, criterion), labels[of], standing, ticks, len(standing.students - here) if standing else 0, said,
        tuple(labels.items()),
    )  # fmt: skip


def _line(row: Cohort, labels: dict[str, str], how_many: int, stands: bool) -> ChoiceLine:
    of = row.criterion and f"{row.set_id}:{row.criterion}"
    return ChoiceLine(row, labels.get(of, of), how_many, stands)


def those(viewer: Viewer, school: Institution, *, keys: list[str], on: date) -> list[Student]:
    """Of the roll, those with these keys; one query more than the roll."""
    found, _ = find(viewer, school, on=on, asked=Asked(), main_only=True)
    return list(Student.objects.filter(pk__in={one.pk for one in found if one.key in set(keys)}).order_by("pk"))
