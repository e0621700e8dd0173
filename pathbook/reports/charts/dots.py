"""Two groups of students set against each other, a line a measure: who is further behind, and by how much."""

from collections.abc import Sequence
from dataclasses import dataclass

from pathbook.framework.shares import Share
from pathbook.reports.charts.draw import INK, LINE, NARROW, QUIET, WIDE, Chart, dot, line, sheet, short, words

TOO_FEW = "fewer than 5, hidden"


@dataclass(frozen=True, slots=True)
class Pair:
    """One measure of the group asked about and of everyone else; both None where a number would point at someone."""

    label: str
    group: Share | None
    others: Share | None

    @property
    def gap(self) -> int | None:
        """Percentage points the group is behind; below nought it is ahead."""
        if self.group is None or self.others is None or self.group.percent is None or self.others.percent is None:
            return None
        return self.others.percent - self.group.percent

    @property
    def said(self) -> str:
        if self.gap is None:
            return TOO_FEW
        if self.gap == 0:
            return "level"
        points = "point" if abs(self.gap) == 1 else "points"
        return f"{abs(self.gap)} {points} {'behind' if self.gap > 0 else 'ahead'}"


def dots(id: str, title: str, group: str, rows: Sequence[Pair], *, why: str = "") -> Chart:
    heads = ("Measure", group, "Everyone else", "Gap")
    table = tuple((row.label, _cell(row.group), _cell(row.others), row.said) for row in rows)
    return Chart(id, title, heads, table, _wide(title, rows), _narrow(title, rows), why)


def _cell(share: Share | None) -> str:
    return "hidden" if share is None else str(share)


def _wide(title: str, rows: Sequence[Pair]) -> str:
    parts = []
    for at, row in enumerate(rows):
        y = 34 * at + 17
        parts += [words(0, y + 5, short(row.label, width=300)), *_axis(row, 316, 348, y), _gap(682, y + 5, row)]
    return sheet(WIDE, 34 * len(rows), title, parts)


def _narrow(title: str, rows: Sequence[Pair]) -> str:
    parts = []
    for at, row in enumerate(rows):
        y = 58 * at + 16
        parts += [words(0, y, short(row.label, width=NARROW)), *_axis(row, 8, 110, y + 20), _gap(132, y + 25, row)]
    return sheet(NARROW, 58 * len(rows), title, parts)


def _gap(x: float, y: float, row: Pair) -> str:
    """Both percentages and the gap between: "62% and 79%, 17 points behind" has no room; the gap is what is asked."""
    return words(x, y, row.said, bold=row.gap is not None, colour=INK if row.gap is not None else QUIET)


def _axis(row: Pair, x: float, width: float, y: float) -> list[str]:
    """From nobody to everybody; the group's dot is full, the others' hollow, so that it holds in black and white."""
    track = line(x, y, x + width, y)
    ends = [line(end, y - 4, end, y + 4) for end in (x, x + width)]
    if row.group is None or row.others is None or row.gap is None:
        return [track, *ends]
    at, other = (x + width * (share.percent or 0) / 100 for share in (row.group, row.others))
    return [track, *ends, line(at, y, other, y, colour=LINE, thick=4), dot(other, y, full=False), dot(at, y)]
