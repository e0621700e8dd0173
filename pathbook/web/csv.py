"""A table as a CSV file that no spreadsheet will run: a cell that begins like a formula is kept as text."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from pathbook.exchange.tables.formulas import kept_as_text


def safe(value: object) -> str:
    """Text as it is, unless a spreadsheet would take it for a formula: then with an apostrophe in front."""
    return kept_as_text("" if value is None else str(value))


def table(name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """UTF-8 with a mark, so that Excel reads accents."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(headings)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return response
