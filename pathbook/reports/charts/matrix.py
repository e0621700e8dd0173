"""What leavers meant to do against what they did: each cell a number of students, on the diagonal those who did as they meant."""

from collections.abc import Mapping, Sequence

from pathbook.framework.shares import HIDDEN
from pathbook.reports.charts.draw import DARK, INK, LINE, NARROW, QUIET, WIDE, Chart, box, sheet, short, words

MARK = "*"  # the word has no room in a cell on a phone
SHADES = ("#ffffff", "#f7eaf2", "#dfb3cd", "#b4699a")
Cells = Mapping[tuple[str, str], int | None]


def matrix(
    id: str, title: str, names: Sequence[str], cells: Cells, *, why: str = "", head: str = "Meant to / went to"
) -> Chart:
    """`cells`: (intended, actual) -> how many; None where it is hidden."""
    heads = (head, *names)
    rows = tuple((row, *(_said(cells.get((row, column), 0)) for column in names)) for row in names)
    return Chart(
        id, title, heads, rows, _drawn(title, names, cells, WIDE, 260), _drawn(title, names, cells, NARROW, 74), why
    )


def _said(count: int | None) -> str:
    return HIDDEN if count is None else str(count)


def _drawn(title: str, names: Sequence[str], cells: Cells, width: float, label: float) -> str:
    """Columns are called A, B, C in the order of the rows: no room for their names across."""
    side = min((width - label) / max(len(names), 1), 70)
    most = max((count or 0 for count in cells.values()), default=0)
    parts = [words(label + side * (at + 0.5), 16, _letter(at), at="middle", bold=True) for at in range(len(names))]
    for down, row in enumerate(names):
        y = 24 + 30 * down
        parts.append(words(0, y + 20, short(f"{_letter(down)} {row}", width=label)))
        parts += [
            _cell(label + side * across, y, side, cells.get((row, column), 0), most, own=row == column)
            for across, column in enumerate(names)
        ]
    return sheet(width, 24 + 30 * len(names) + 2, title, parts)


def _cell(x: float, y: float, side: float, count: int | None, most: int, *, own: bool) -> str:
    """Those who did as they meant stand in a thick frame; darker is more, and the number is written."""
    shade = 0 if not count or not most else 1 + min(2, 3 * count // (most + 1))
    said = MARK if count is None else str(count)
    frame = box(x + 1, y + 1, side - 2, 27, fill=SHADES[shade], line=DARK if own else LINE)
    return frame + words(x + side / 2, y + 19, said, at="middle", bold=own, colour=INK if count != 0 else QUIET)


def _letter(at: int) -> str:
    return "ABCDEFGHIJ"[at]
