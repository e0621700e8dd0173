"""The programme: activities by term with who came, and which year groups each benchmark is for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from pathbook.framework import kinds
from pathbook.framework.shares import is_small
from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.records.models import Activity
from pathbook.records.queries.placements import not_of_one_placement
from pathbook.reports.reach import TERMS, Reach, reach_of

UNDER_FIVE = "under 5"


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One activity in the list. `state`: planned, unconfirmed, delivered or withdrawn."""

    activity: Activity
    kind: str
    provider: str
    attended: str
    planned: str
    invited: str
    missing: int
    asked: int
    state: str


@dataclass(frozen=True, slots=True)
class Term:
    label: str
    lines: tuple[ActivityLine, ...]


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    year: AcademicYear
    years: tuple[AcademicYear, ...]
    terms: tuple[Term, ...]
    total: int
    unconfirmed: int
    only_unconfirmed: bool
    reach: tuple[Reach, ...]


def programme_of(
    viewer: Viewer, school: Institution, *, year: AcademicYear, on: date, only_unconfirmed: bool = False
) -> ProgrammePage:
    """Four queries, whatever the size."""
    ours = Activity.objects.not_withdrawn().of_our_own().filter(institution=school).in_year(year.start)
    rows = counted(not_of_one_placement(ours))
    named = viewer.may(access.IDENTITY)
    lines = [line_of(row, on, named=named) for row in rows.select_related("provider").order_by("starts_on", "pk")]
    waiting = sum(line.state == "unconfirmed" for line in lines)
    shown = [line for line in lines if not only_unconfirmed or line.state == "unconfirmed"]
    terms = tuple(
        Term(label, tuple(line for line in shown if year.term_of(line.activity.starts_on) == code))
        for code, label in TERMS.items()
    )
    known = Activity.objects.of_our_own().filter(institution=school).values_list("academic_year", flat=True).distinct()
    years = sorted({*known, AcademicYear.of(on).start}, reverse=True)
    reach = reach_of(school, [line.activity for line in lines], year=year) if shown == lines else ()
    return ProgrammePage(
        year, tuple(map(AcademicYear, years)), tuple(t for t in terms if t.lines), len(lines), waiting,
        only_unconfirmed, reach,
    )  # fmt: skip


def counted(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """With how many attended, are planned, and neither."""
    status = "participations__status"
    return rows.annotate(
        n_attended=Count("participations", filter=Q(**{status: "attended"})),
        n_planned=Count("participations", filter=Q(**{status: "planned"})),
        n_other=Count("participations", filter=Q(**{f"{status}__in": ("absent", "excused", "withdrawn")})),
    )


def line_of(row: Any, on: date, *, named: bool = True) -> ActivityLine:
    """`named`: the viewer sees names somewhere; for others a count of one to four is hidden."""
    asked = kinds.checklist_for(row.kind, row.also)
    missing = kinds.missing_items(row.kind, row.also, row.checklist)
    label = kinds.KINDS[row.kind].label if row.kind in kinds.KINDS else row.kind
    provider = row.provider.name if row.provider else ""
    return ActivityLine(
        row, label, provider, in_numbers(row.n_attended, named), in_numbers(row.n_planned, named),
        in_numbers(row.n_attended + row.n_planned + row.n_other, named), len(missing), len(asked), _state(row, on),
    )  # fmt: skip


def in_numbers(number: int, named: bool) -> str:
    return f"{number:,}" if named or not is_small(number) else UNDER_FIVE


def _state(row: Any, on: date) -> str:
    if row.withdrawn_at:
        return "withdrawn"
    if row.starts_on > on:
        return "planned"
    return "unconfirmed" if row.n_planned else "delivered"
