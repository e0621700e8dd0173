"""A table as an XLSX file: written row by row, numbers and days as themselves, words as text that is never a formula."""

from collections.abc import Iterable, Sequence
from datetime import date
from tempfile import TemporaryFile
from typing import Any

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from pathbook.exchange.tables.formulas import runs

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOLD = Font(bold=True)


def table(name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Rows go to a file as they come, so that memory does not grow with them."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Table")
    sheet.freeze_panes = "A2"
    sheet.append([_heading(sheet, words) for words in headings])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    with TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        return HttpResponse(
            file.read(), content_type=TYPE, headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
        )


def _heading(sheet: Any, words: str) -> Any:
    cell = _cell(sheet, words)
    cell.font = BOLD
    return cell


def _cell(sheet: Any, value: object) -> Any:
    if value is None or value == "":
        return WriteOnlyCell(sheet)
    if isinstance(value, (int, float, date)) and not isinstance(value, bool):
        return WriteOnlyCell(sheet, value)
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value))
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # never "f", whatever it begins with
    if runs(text):
        cell.quotePrefix = True  # and it stays text when somebody edits it
    return cell
