"""Each student's days in workplaces by phase, fewest first, for whoever may see what they took part in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator

from pathbook.framework.workplace_days import PHASES, days_by_phase
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.records.facts import OnRoll, student_facts
from pathbook.reports.students import Asked, Found, find


@dataclass(frozen=True, slots=True)
class DaysLine:
    """`days`: one number a phase, as PHASES has them; `short`: fewer than is expected of this phase by its end."""

    found: Found
    days: tuple[float, ...]
    short: bool

    @property
    def said(self) -> tuple[tuple[str, str], ...]:
        return tuple((label, f"{had:g}") for (label, _, _), had in zip(PHASES, self.days, strict=True))


@dataclass(frozen=True, slots=True)
class DaysPage:
    lines: Sequence[DaysLine]
    page: "Page[DaysLine]"
    phases: tuple[str, ...]
    asked: Asked
    groups: tuple[str, ...]
    short: int

    @property
    def headings(self) -> tuple[str, ...]:
        return ("Name", "Year", "Tutor group", *self.phases, "Fewer than expected of this phase")

    @property
    def file_rows(self) -> list[tuple[object, ...]]:
        return [
            (line.found.name, line.found.year_group, line.found.tutor_group, *line.days, "yes" if line.short else "")
            for line in self.lines
        ]


def days_page(viewer: Viewer, school: Institution, *, as_of: date, on: date, asked: Asked) -> DaysPage:
    """Of the students asked for; as many queries whatever their number."""
    found, groups = find(viewer, school, on=as_of, asked=asked, main_only=True, seen_on=on)
    roll = [OnRoll(one.pk, one.key, one.year_group, one.tutor_group) for one in found]
    facts = student_facts(roll, as_of=as_of, school=school)
    lines = [_line(*both, as_of=as_of) for both in zip(found, (days_by_phase(f, as_of) for f in facts), strict=True)]
    lines.sort(key=lambda one: (not one.short, sum(one.days), one.found.sort_name, one.found.key))
    page = Paginator(lines, asked.per).get_page(asked.page)
    return DaysPage(lines, page, tuple(label for label, _, _ in PHASES), asked, groups, sum(one.short for one in lines))


def _line(found: Found, days: tuple[float, ...], *, as_of: date) -> DaysLine:
    at = 0 if found.year_group <= 9 else 1 if found.year_group <= 11 else 2
    return DaysLine(found, days, days[at] < PHASES[at][2])
