"""The coverage heatmap: students (or tutor groups) against criteria, worst first, with the share of each column."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator

from pathbook.framework.judge import Judged, every_row
from pathbook.framework.measure import Measure, Verdict
from pathbook.framework.measures import is_a_gap
from pathbook.framework.shares import Share
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.records.facts import OnRoll
from pathbook.reports.coverage import SHORT
from pathbook.reports.gaps import GAPS
from pathbook.reports.remembered import seen
from pathbook.reports.students import Asked, Found, find

MANY = 100  # more students than this are first shown as their tutor groups
FIRST_SAID = (
    "GB8.1a",
    "GB8.1",
    "GB8.1b",
    "GB8.2",
    "GB6.1",
    "GB6.2",
    "GB5.1",
    "GB7.1.sixth_form",
    "GB2.1",
    "GB8.1C",
    "GB6.1C",
    "GB5.1C",
    "GB7.1C.university",
    "GB2.1C",
)


@dataclass(frozen=True, slots=True)
class Cell:
    """`css`: h-none, h-part, h-plan, h-done or empty (does not apply); `word` says the same."""

    row: str
    css: str
    word: str


@dataclass(frozen=True, slots=True)
class Line:
    """One student, or one tutor group (then `found` is None, cells hold shares as words, and `gaps` is for each student)."""

    found: Found | None
    group: str
    size: int
    gaps: float
    cells: tuple[Cell, ...]

    @property
    def gaps_said(self) -> str:
        return f"{self.gaps:g}"


@dataclass(frozen=True, slots=True)
class Column:
    """A criterion as a column: what it is called, and its share over those shown."""

    id: str
    benchmark: str
    label: str
    share: Share
    words: str


@dataclass(frozen=True, slots=True)
class Heatmap:
    lines: Sequence[Line]
    page: "Page[Line]"
    columns: tuple[Column, ...]
    asked: Asked
    groups: tuple[str, ...]
    students: int
    by_group: bool
    worst: Column | None


def heatmap(
    viewer: Viewer, school: Institution, *, on: date, as_of: date, set_id: str, asked: Asked, students: bool = False,
    every_column: bool = False,
) -> Heatmap:  # fmt: skip
    """A fixed number of queries; the work follows the students asked for, not the school."""
    found, groups = find(viewer, school, on=as_of, asked=asked, main_only=True, seen_on=on)
    roll = [OnRoll(one.pk, one.key, one.year_group, one.tutor_group) for one in found]
    known = seen(roll, school=school, set_id=set_id, as_of=as_of)
    judged = [(one, known[one.pk].judged) for one in found]
    both = [(one, judge) for one, judge in judged if not asked.gap or _gap(judge, asked.gap)]
    wanted = [row for row in every_row(set_id) if every_column or is_a_gap(row.id)]
    rows = [row for row in wanted if any(judge.applies(row.id) for _, judge in both)]
    columns = tuple(_column(row, [judge for _, judge in both]) for row in rows)
    by_group = len(both) > MANY and not students
    lines = _group_lines(both, rows) if by_group else _student_lines(both, rows)
    page = Paginator(lines, asked.per).get_page(asked.page)
    return Heatmap(list(page.object_list), page, columns, asked, groups, len(both), by_group, _finding(columns, asked))


def _finding(columns: tuple[Column, ...], asked: Asked) -> Column | None:
    """What the title says: the gap asked for, else guidance, workplaces, employers, providers, in that order."""
    missing = {column.id: column for column in columns if column.share.missing}
    return next((missing[row] for row in (asked.gap, *FIRST_SAID) if row in missing), None)


def _gap(judged: Judged, row: str) -> bool:
    return row in judged.applying and not judged.verdicts[row].met


def _column(row: Measure, judged: list[Judged]) -> Column:
    verdicts = [one.verdicts[row.id] for one in judged if one.applies(row.id)]
    benchmark, label = SHORT.get(row.id, (row.id, row.label))
    return Column(
        row.id, benchmark, label, Share(sum(v.met for v in verdicts), len(verdicts)), GAPS.get(row.id, row.label)
    )


def _student_lines(both: list[tuple[Found, Judged]], rows: list[Measure]) -> list[Line]:
    ordered = sorted(both, key=lambda pair: (-pair[1].gaps, not pair[0].pupil_premium, pair[0].sort_name, pair[0].key))
    return [
        Line(one, one.tutor_group, 1, judged.gaps, tuple(_cell(row.id, judged) for row in rows))
        for one, judged in ordered
    ]


def _cell(row: str, judged: Judged) -> Cell:
    return state_of(row, judged.verdicts[row]) if judged.applies(row) else Cell(row, "", "–")


def state_of(row: str, verdict: Verdict) -> Cell:
    """What one student has of one criterion, as a shade and a word."""
    if verdict.met:
        return Cell(row, "h-done", "Done")
    if verdict.coming:
        return Cell(row, "h-plan", "Booked")
    if verdict.had:
        return Cell(row, "h-part", f"{verdict.had:g} of {verdict.needed:g}")
    return Cell(row, "h-none", "None")


def _group_lines(both: list[tuple[Found, Judged]], rows: list[Measure]) -> list[Line]:
    """Tutor groups, those with most gaps for each student first."""
    groups: dict[str, list[Judged]] = {}
    for one, judged in both:
        groups.setdefault(one.tutor_group, []).append(judged)
    lines = [
        Line(
            None,
            name,
            len(people),
            round(sum(p.gaps for p in people) / len(people), 1),
            tuple(_group_cell(row, people) for row in rows),
        )
        for name, people in groups.items()
    ]
    return sorted(lines, key=lambda line: (-line.gaps, line.group))


def _group_cell(row: Measure, people: list[Judged]) -> Cell:
    share = _column(row, people).share
    if not share.out_of:
        return Cell(row.id, "", "–")
    css = (
        "h-done"
        if share.of == share.out_of
        else "h-none"
        if share.percent is not None and share.percent < 34
        else "h-part"
    )
    return Cell(row.id, css, share.label.replace(",", ""))
