"""The year's programme, and as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.reports.programme import ProgrammePage, programme_of
from pathbook.web import download
from pathbook.web.door import asked_by, require


@require_safe
def programme(request: HttpRequest) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    shown = _programme(request)
    may = {
        "can_log": viewer.may(access.ACTIVITIES, access.WRITE),
        "can_plan": viewer.may(access.PROGRAMME, access.WRITE),
    }
    return render(request, "activities/programme.html", {"shown": shown} | may)


def _programme(request: HttpRequest) -> ProgrammePage:
    viewer, school, today = asked_by(request)
    require(viewer, access.PROGRAMME)
    year = request.GET.get("year", "")
    chosen = AcademicYear(int(year)) if year.isascii() and year.isdigit() and len(year) == 4 else AcademicYear.of(today)
    only = request.GET.get("show") == "unconfirmed"
    return programme_of(viewer, school, year=chosen, on=today, only_unconfirmed=only)


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The year's activities as the page shows them."""
    shown = _programme(request)
    headings = ("Term", "Starts", "Ends", "Activity", "Kind", "With", "Attended", "Planned", "State")
    rows = [
        (term.label, line.activity.starts_on, line.activity.ends_on, line.activity.title, line.kind, line.provider,
         line.attended, line.planned, line.state)
        for term in shown.terms for line in term.lines
    ]  # fmt: skip
    return download.file_of(request, kind, download.Table(f"activities-{shown.year.start}", headings, rows))
