"""Last year's plan as it would be in another year: every activity with its new day and whom it would be for."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pathbook.framework import kinds
from pathbook.framework.invited import Rule, for_years, rule_of
from pathbook.framework.moving import Calendar, Moved, moved
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution
from pathbook.records.actions.copying import copied_already
from pathbook.records.models import Activity
from pathbook.records.queries.invited import invitable
from pathbook.records.queries.planned import held_among, rules_of
from pathbook.records.queries.terms import calendars
from pathbook.reports.plan import A_THIRD, activities_of, sizes_of


@dataclass(frozen=True, slots=True)
class CopyLine:
    """`rule`: as it stood, else the year groups of which a third went. `copy`: the key of its copy, once there is one."""

    source: Activity
    kind: str
    moved: Moved
    rule: Rule
    copy: str


@dataclass(frozen=True, slots=True)
class CopyPage:
    """`years`: those that have something to copy."""

    source: AcademicYear
    to: AcademicYear
    years: tuple[AcademicYear, ...]
    calendar: Calendar
    lines: tuple[CopyLine, ...]

    @property
    def waiting(self) -> tuple[CopyLine, ...]:
        return tuple(line for line in self.lines if not line.copy)

    @property
    def shifted(self) -> int:
        """How many could not keep the weekday of their week."""
        return sum(not line.moved.kept for line in self.waiting)


def copy_page(school: Institution, *, source: AcademicYear, to: AcademicYear, on: date) -> CopyPage:
    """Six queries, whatever the size."""
    rows, both = activities_of(school, source), calendars(school, [source.start, to.start])
    rules, copies = _rules(school, rows, source, on), copied_already(school, to)
    lines = tuple(
        CopyLine(
            row, kinds.KINDS[row.kind].label if row.kind in kinds.KINDS else row.kind,
            moved(row.starts_on, row.ends_on, before=both[source.start].terms, to=both[to.start]),
            rules[row.pk], copies.get(row.pk, ""),
        )
        for row in rows
    )  # fmt: skip
    known = Activity.objects.of_our_own().not_withdrawn().filter(institution=school, academic_year__lt=to.start)
    years = sorted(set(known.values_list("academic_year", flat=True)), reverse=True)
    return CopyPage(source, to, tuple(map(AcademicYear, years)), both[to.start], lines)


def _rules(school: Institution, rows: list[Activity], year: AcademicYear, on: date) -> Mapping[int, Rule]:
    """A form or group belongs to its year, so a rule that names one is for nobody in the next: its year groups are kept instead."""
    among = invitable(school, year=year, on=on, rules=rules_of(rows))
    held, sizes = held_among(among, school, rows, year=year, on=on), sizes_of(among)
    found = {}
    for row in rows:
        counts: dict[int, int] = defaultdict(int)
        for group in held[row.pk].students.values():
            counts[group] += 1
        said = rule_of(row.rule)
        whole = [group for group, many in counts.items() if group and many * A_THIRD >= sizes.get(group, 0)]
        found[row.pk] = said if said and not said.of_one_year else for_years(whole)
    return found
