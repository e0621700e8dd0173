"""The three questions on one page, and the same on paper."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pathbook.people import access
from pathbook.reports.three_questions import three_questions
from pathbook.sheets.use import use_sheet
from pathbook.web.door import asked_by, require
from pathbook.web.pages.coverage.views import day_of
from pathbook.web.pages.sheets.views import pdf_file


@require_safe
def use(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.NUMBERS)
    as_of = _day(request, today)
    said = {"shown": three_questions(viewer, school, as_of=as_of), "as_of": as_of, "today": today}
    return render(request, "reports/use.html", said)


@require_safe
def use_pdf(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.NUMBERS)
    as_of = _day(request, today)
    return pdf_file(use_sheet(viewer, school, on=as_of), f"three-questions-{as_of.isoformat()}")


def _day(request: HttpRequest, today: date) -> date:
    """No figure of use is known of a day to come."""
    return min(day_of(request.GET.get("as_of", ""), today), today)
