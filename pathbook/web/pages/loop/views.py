"""Is guidance acted on? The loop as numbers, and the same as a file."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pathbook.framework.loop import STEPS
from pathbook.people import access
from pathbook.reports.evaluation_page import HIDDEN
from pathbook.reports.loop import LoopPage, Row, loop_page
from pathbook.web import download
from pathbook.web.door import asked_by, require
from pathbook.web.pages.coverage.views import day_of


@require_safe
def loop(request: HttpRequest) -> HttpResponse:
    shown, as_of = _shown(request)
    said = {"shown": shown, "as_of": as_of, "steps": STEPS, "hidden": HIDDEN}
    return render(request, "loop/loop.html", said)


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Every table of the page, one under the other."""
    shown, as_of = _shown(request)
    steps = [words for step in STEPS for words in (step.label, f"{step.label}: of")]
    rows = [[table.title, *_cells(row)] for table in shown.tables for row in table.rows]
    headings = ["Table", "Row", "Meetings held", *steps]
    return download.file_of(request, kind, download.Table(f"loop-{as_of.isoformat()}", headings, rows))


def _cells(row: Row) -> list[object]:
    if row.hidden:
        return [row.name, *[HIDDEN] * (1 + 2 * len(STEPS))]
    return [row.name, row.meetings, *(n for share in row.shares for n in (share.of, share.out_of))]


def _shown(request: HttpRequest) -> tuple[LoopPage, date]:
    viewer, school, today = asked_by(request)
    require(viewer, access.NUMBERS)
    as_of = min(day_of(request.GET.get("as_of", ""), today), today)
    return loop_page(school, as_of=as_of, named=viewer.reaches_all), as_of
