"""Any table on screen as a file, CSV or XLSX: one way for every page, and whoever is in it is noted."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from pathbook import clock
from pathbook.audit import record
from pathbook.web import csv
from pathbook.web.door import asked_by


def _xlsx(name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    from pathbook.web import spreadsheet  # large, so only where somebody takes one

    return spreadsheet.table(name, headings, rows)


KINDS = {"csv": csv.table, "xlsx": _xlsx}


@dataclass(frozen=True, slots=True)
class Table:
    """`students`: the pk of everyone whose row it is; a table of totals has none."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[object]]
    students: Sequence[int] = ()


def paths(name: str, view: Callable[..., HttpResponse], *, under: str = "", file: str = "export") -> list[URLPattern]:
    """Addresses called `name`-csv and `name`-xlsx, beside the page at `under`."""
    return [path(f"{under}{file}.{kind}", view, {"kind": kind}, name=f"{name}-{kind}") for kind in KINDS]


def file_of(request: HttpRequest, kind: str, table: Table) -> HttpResponse:
    """Noted for each student in it, then written."""
    viewer, _, _ = asked_by(request)
    if table.students:
        record.copied(by=viewer, at=clock.now(), students=sorted(set(table.students)))
    return KINDS[kind](table.name, table.headings, table.rows)
