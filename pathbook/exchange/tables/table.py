"""Finding the list in the file: its sheet, its header row under any title rows, and its last row above the totals."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pathbook.exchange.tables.delimited import read_delimited
from pathbook.exchange.tables.formulas import as_it_was
from pathbook.exchange.tables.kinds import Kind, UnreadableError, kind_of
from pathbook.exchange.tables.row import Row
from pathbook.exchange.tables.workbook import read_workbook

LOOKED_AT = 40
FOOTERS = re.compile(
    r"\s*(grand |sub-?)?totals?\b|\s*count\b|\s*number of\b|\s*end of\b|\s*printed\b|\s*report\b|\s*page \d"
    r"|\s*(\d[\d,]*\s+)(students?|pupils?|learners?|rows?|records?)\b|\s*(students|pupils|records|rows)\s*:"
    r"|\s*(generated|exported|created|produced|run) (on|at|by)\b|\s*confidential\b|\s*\(?c\)? ?20\d\d|\s*©",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` are the list's own: no blanks, titles, repeated headers or totals. `notes` are said to the person."""

    header: tuple[str, ...]
    header_line: int
    rows: tuple[Row, ...]
    sheet: str = ""
    notes: tuple[str, ...] = ()
    found: bool = True


def read_table(
    data: bytes, name: str, *, score: Callable[[Sequence[str]], int], least: int = 2, kind: Kind | None = None
) -> Table:
    """The list in this file. Where no row has `least` known headings, the first row is offered (`found` False)."""
    kind = kind or kind_of(data, name)
    if kind is Kind.XML:
        raise UnreadableError(f"{name} is XML, not a list. Save the list as CSV or XLSX, then try again.")
    if kind is Kind.TEXT:
        return _list_in(read_delimited(data, name, score), name, score, least)
    return _best_sheet(data, name, kind, score, least)


def _best_sheet(data: bytes, name: str, kind: Kind, score: Callable[[Sequence[str]], int], least: int) -> Table:
    sheets = read_workbook(data, name, kind)
    visible = [sheet for sheet in sheets if sheet.visible]
    judged = [(_header(sheet.rows, score)[0], sheet) for sheet in visible]
    if not any(merit >= least for merit, _ in judged):
        judged += [(_header(sheet.rows, score)[0], sheet) for sheet in sheets if not sheet.visible]
    if not judged:
        raise UnreadableError(f"{name} is empty. Export the list again and check that it has rows.")
    merit, best = max(judged, key=lambda pair: pair[0])
    others = [sheet.name for points, sheet in judged if sheet is not best and points >= max(least, merit - 2)]
    notes = (
        (f"Only the sheet {best.name} was read; {', '.join(others)} look like lists too. Import each by itself.",)
        if others
        else ()
    )
    return _list_in(best.rows, name, score, least, best.name, notes)


def _list_in(
    rows: list[Row], name: str, score: Callable[[Sequence[str]], int], least: int, sheet: str = "",
    notes: tuple[str, ...] = (),
) -> Table:  # fmt: skip
    rows = [Row(row.line, tuple(map(as_it_was, row.cells))) for row in rows if any(cell.strip() for cell in row.cells)]
    if not rows:
        raise UnreadableError(f"{name} is empty. Export the list again and check that it has rows.")
    merit, place = _header(rows, score)
    found = merit >= least
    head = rows[place if found else 0]
    header = tuple(cell.strip() for cell in head.cells)
    below = rows[(place if found else 0) + 1 :]
    kept = tuple(row for row in below if not _is_footer(row) and not _is_header_again(row, header))
    if not kept:
        raise UnreadableError(f"{name} has headings but no rows beneath them. Export the list again with its students.")
    return Table(header, head.line, kept, sheet, notes, found)


def _header(rows: Sequence[Row], score: Callable[[Sequence[str]], int]) -> tuple[int, int]:
    """How many headings are known in the best of the first rows, and which row that is (the first of equals)."""
    judged = [(score(row.cells), -place) for place, row in enumerate(rows[:LOOKED_AT])]
    merit, place = max(judged, default=(0, 0))
    return merit, -place


def _is_footer(row: Row) -> bool:
    """A total, a count, or a line about the report: words first, then numbers at most."""
    filled = [cell.strip() for cell in row.cells if cell.strip()]
    if not any(letter.isalnum() for cell in filled for letter in cell):
        return True
    if not FOOTERS.match(filled[0].lstrip("*-=_# ")):
        return False
    return all(re.fullmatch(r"[\d.,%/: -]+", cell) for cell in filled[1:])


def _is_header_again(row: Row, header: tuple[str, ...]) -> bool:
    return tuple(cell.strip() for cell in row.cells) == header
