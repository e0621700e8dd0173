"""`./run bench --allocation`: who gets the place, at 500, 1,500 and 5,000 students, with places scarce and ample.

Three schools of each size. "even": urgency has nothing to do with the form, and everyone can come to most slots.
"by year": a form's needs are urgent or not together, and three in ten can come on one day a week only, so that shares by
lot bind and slots are not alike. Budgets are those of 1,500 students; the others show how time grows.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from rich.console import Console
from rich.table import Table

from pathbook.allocation.answer import Allocation
from pathbook.allocation.improve import fair_start, improve
from pathbook.allocation.problem import Menu, Offer, Problem, Student, Wish

DAY = datetime(2026, 1, 5, 9, tzinfo=UTC)
SIZES = ((500, 127, 14), (1500, 380, 40), (5000, 1267, 133))  # students, slots, activities
SECONDS = 60.0
AT_ONCE, GAP = 2.0, 0.01


@dataclass(frozen=True)
class School:
    students: int
    slots: int
    activities: int
    ample: bool
    by_year: bool

    @property
    def name(self) -> str:
        return f"{self.students:,} students, {'ample' if self.ample else 'scarce'}, {'by year' if self.by_year else 'even'}"


def main() -> bool:
    """Print the table; True when 1,500 students are inside their budgets."""
    table = Table(title="Who gets the place", title_justify="left")
    for heading in (
        "School",
        "Wishes",
        "At once",
        "gap",
        "fair",
        "Improved",
        "gap",
        "fair",
        "Worst group against its lot",
        "Placed",
        "",
    ):
        table.add_column(heading)
    inside = [
        _row(table, School(students, slots * (3 if ample else 1), activities, ample, by_year))
        for students, slots, activities in SIZES
        for ample in (False, True)
        for by_year in (False, True)
    ]
    Console(width=150).print(table)
    return all(inside)


def _row(table: Table, school: School) -> bool:
    problem = made(school)
    began = time.perf_counter()
    start = fair_start(problem)
    at_once = time.perf_counter() - began
    better = improve(problem, start, SECONDS)
    improved = time.perf_counter() - began - at_once
    ok = at_once <= AT_ONCE and better.gap <= GAP and improved <= SECONDS + 1
    table.add_row(
        school.name, f"{len(problem.wishes):,}", f"{at_once:.2f} s", f"{start.gap:.2%}", _fair(start), f"{improved:.1f} s",
        f"{better.gap:.2%}", _fair(better), _worst(better), f"{len({place.student for place in better.places}):,}",
        ("ok" if ok else "OVER") if school.students == 1500 else "",
    )  # fmt: skip
    return ok or school.students != 1500


def _fair(answer: Allocation) -> str:
    return "yes" if answer.fair else f"{sum(not one.fair for one in answer.groups)} short"


def _worst(answer: Allocation) -> str:
    worst = min(answer.groups, key=lambda one: one.share - one.share_by_lot)
    return f"{worst.group}: {worst.share:.3f}, lot {worst.share_by_lot:.3f}"


def made(school: School, seed: int = 1) -> Problem:
    """Slots five a day, activities of one to five hours, one guidance wish and up to three visits a student."""
    hat = Random(seed)
    slots = tuple(_slot(n) for n in range(school.slots))
    visits = tuple(_visit(n, school, hat) for n in range(school.activities))
    early = {one.id: 1.0 if n < len(slots) // 2 else 0.5 for n, one in enumerate(slots)}
    menus = [Menu("guidance", {one.id: 1.0 for one in slots}), Menu("guidance soon", early)]
    for n in range(max(4, school.activities // 3)):
        chosen = hat.sample(visits, min(len(visits), hat.randint(2, 6)))
        menus.append(Menu(f"sector {n}", {one.id: hat.choice([1.0, 0.8]) for one in chosen}))
    students = tuple(_student(n, school, (*slots, *visits), hat) for n in range(school.students))
    wishes = tuple(wish for n, one in enumerate(students) for wish in _wishes(n, one, school, menus, hat))
    return Problem((*slots, *visits), tuple(menus), students, wishes)


def _slot(n: int) -> Offer:
    day, hour = divmod(n, 5)
    start = DAY + timedelta(days=day // 5 * 7 + day % 5, hours=hour)
    return Offer(f"slot {n:04}", "slot", start, start + timedelta(minutes=45))


def _visit(n: int, school: School, hat: Random) -> Offer:
    day = hat.randrange(max(1, school.slots // 5))
    start = DAY + timedelta(days=day // 5 * 7 + day % 5, hours=hat.choice([0, 1, 3]))
    places = hat.choice([60, 100, 150] if school.ample else [12, 20, 30])
    return Offer(f"visit {n:03}", "activity", start, start + timedelta(hours=hat.choice([1, 2, 5])), places)


def _student(n: int, school: School, offers: tuple[Offer, ...], hat: Random) -> Student:
    groups = {f"form {n % max(1, school.students // 30):03}"}
    groups |= {
        name
        for name, share in (("SEN", 0.15), ("pupil premium", 0.26), ("looked-after", 0.007))
        if hat.random() < share
    }
    cannot: Mapping[str, str] = dict.fromkeys(
        (one.id for one in hat.sample(offers, hat.randint(0, len(offers) // 8))), "lesson"
    )
    if school.by_year and hat.random() < 0.3:
        weekday = hat.randrange(5)
        cannot = {one.id: "in school on one day" for one in offers if one.start.weekday() != weekday}
    return Student(f"student {n:05}", frozenset(groups), cannot)


def _wishes(n: int, student: Student, school: School, menus: list[Menu], hat: Random) -> list[Wish]:
    severity = min(1.0, hat.choice([0.25, 0.4, 0.6, 0.8, 0.95]) * hat.uniform(0.8, 1.05))
    if school.by_year:
        severity *= (0.08, 0.15, 0.3, 0.6, 1.0)[n % max(1, school.students // 30) % 5]
    found = []
    if hat.random() < 0.7:
        menu = "guidance soon" if severity > 0.7 else "guidance"
        found.append(Wish(student.id, "guidance_due", round(severity, 3), menu))
    for menu in hat.sample(menus[2:], hat.randint(0, 3)):
        found.append(Wish(student.id, "aspiration_unmet", round(severity * hat.uniform(0.4, 1), 3), menu.id))
    return found
