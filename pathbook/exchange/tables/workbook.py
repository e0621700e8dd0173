"""Spreadsheets: bounded before they are opened, every sheet read as text rows with the row numbers Excel shows."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from pathbook.exchange.tables.kinds import Kind, UnreadableError
from pathbook.exchange.tables.row import Row

# Bounds on what a workbook unpacks to. Sheets are read as a stream, the rest is held in memory.
MAX_SHEET = 400_000_000
MAX_OTHER = 60_000_000
MAX_MEMBERS = 2_000
MAX_CELLS = 6_000_000  # the rectangle from the first to the last filled cell
FILLED = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})(\d{1,7})"[^>]*><(?:v|is|f)\b')


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook. `rows` holds no blank rows."""

    name: str
    visible: bool
    rows: list[Row]


def read_workbook(data: bytes, name: str, kind: Kind) -> list[Sheet]:
    """Every sheet that has rows, in the workbook's order."""
    if kind is Kind.XLSX:
        _bound(data, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [_sheet(book, meta) for meta in book.sheets_metadata if str(meta.typ).endswith("WorkSheet")]
    except UnreadableError:
        raise
    except (CalamineError, OSError, ValueError, OverflowError) as broken:
        words = str(broken).lower()
        why = "is protected by a password" if "password" in words or "encrypt" in words else "is damaged or protected"
        raise UnreadableError(
            f"{name} {why}. Open it in a spreadsheet, save an unprotected copy and try that."
        ) from None
    return [sheet for sheet in sheets if sheet.rows]


def _sheet(book: CalamineWorkbook, meta: Any) -> Sheet:
    sheet = book.get_sheet_by_name(meta.name)
    visible = meta.visible == SheetVisibleEnum.Visible
    if sheet.start is None:
        return Sheet(meta.name, visible, [])
    first = sheet.start[0] + 1
    grid = sheet.to_python(skip_empty_area=True)
    _fill_merged(grid, sheet)
    rows = [
        Row(line, tuple(_text(cell) for cell in cells))
        for line, cells in enumerate(grid, start=first)
        if any(cell != "" for cell in cells)
    ]
    return Sheet(meta.name, visible, rows)


def _fill_merged(grid: list[list[Any]], sheet: Any) -> None:
    """A cell merged downwards (one year group beside thirty names) speaks for every row it covers."""
    top, left = sheet.start
    for (row, column), (last_row, last_column) in sheet.merged_cell_ranges or ():
        if column != last_column or row == last_row or row < top or column < left:
            continue
        for below in range(row + 1 - top, min(last_row + 1 - top, len(grid))):
            if any(cell != "" for cell in grid[below]):
                grid[below][column - left] = grid[row - top][column - left]


def _text(cell: Any) -> str:
    """As a person would type it: whole numbers without a point, dates as year-month-day."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "True" if cell else "False"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, (date, time, timedelta)):
        return cell.isoformat() if not isinstance(cell, timedelta) else str(cell)
    return str(cell)


def _bound(data: bytes, name: str) -> None:
    """Unpack every part once, counting, so that nothing can swell after it has been let in."""
    too_large = UnreadableError(
        f"{name} unpacks to far more than a list needs. Copy the list to a new workbook, or save it as CSV."
    )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if "xl/workbook.xml" not in {part.filename.lstrip("/") for part in parts}:
                raise UnreadableError(f"{name} is {_what_zip(parts)}, not a list. Save the list as CSV or XLSX.")
            if len(parts) > MAX_MEMBERS or sum(part.file_size for part in parts) > MAX_SHEET:
                raise too_large
            left = MAX_SHEET
            for part in parts:
                left -= _measure(archive, part, min(left, _cap(part)), name, too_large)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        raise UnreadableError(f"{name} is damaged. Open it in a spreadsheet and save it again.") from None


def _cap(part: zipfile.ZipInfo) -> int:
    return MAX_SHEET if part.filename.lstrip("/").startswith("xl/worksheets/") else MAX_OTHER


def _what_zip(parts: list[zipfile.ZipInfo]) -> str:
    names = {part.filename for part in parts}
    if "word/document.xml" in names:
        return "a word processor's document"
    if "content.xml" in names:
        return "an OpenDocument file"
    return "a compressed folder (zip)"


def _measure(archive: zipfile.ZipFile, part: zipfile.ZipInfo, cap: int, name: str, too_large: Exception) -> int:
    size, last_row, last_column = 0, 0, 0
    is_sheet = cap > MAX_OTHER or part.filename.startswith("xl/worksheets/")
    tail = b""
    for chunk in _chunks(archive, part):
        size += len(chunk)
        if size > cap:
            raise too_large
        if is_sheet:
            for column, row in FILLED.findall(tail + chunk):
                last_row, last_column = max(last_row, int(row)), max(last_column, _column(column))
            tail = chunk[-200:]
    if last_row * last_column > MAX_CELLS:
        raise UnreadableError(
            f"{name} has something in row {last_row:,}. Delete what stands below the list and try again."
        )
    return size


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as stream:
        while chunk := stream.read(1_000_000):
            yield chunk


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
