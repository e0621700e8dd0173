"""Lists to read: who to ask about, and where hopes and outcomes differ."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pathbook.reports.at_risk import RiskPage, risk_page
from pathbook.reports.outcomes import OutcomesPage, outcomes_page
from pathbook.web import download
from pathbook.web.pages.next_steps.asking import asked_of, staff_asking
from pathbook.web.pages.next_steps.nav import nav


@require_safe
def at_risk(request: HttpRequest) -> HttpResponse:
    viewer, _, _ = staff_asking(request)
    return render(request, "next_steps/at_risk.html", {"shown": _risk(request), "nav": nav(viewer)})


def _risk(request: HttpRequest) -> RiskPage:
    viewer, school, today = staff_asking(request)
    return risk_page(viewer, school, on=today, asked=asked_of(request.GET))


@require_safe
def at_risk_file(request: HttpRequest, kind: str) -> HttpResponse:
    shown = _risk(request)
    headings = ("Student", "Group", "Why somebody should ask", "Last guidance meeting")
    rows = [
        (line.who.name, line.who.group, "; ".join(sign.words for sign in line.signs), line.met_on)
        for line in shown.lines
    ]
    students = [line.who.pk for line in shown.lines]
    return download.file_of(request, kind, download.Table("who-to-ask-about", headings, rows, students))


@require_safe
def outcomes(request: HttpRequest) -> HttpResponse:
    viewer, _, _ = staff_asking(request)
    return render(request, "next_steps/outcomes.html", {"shown": _outcomes(request), "nav": nav(viewer)})


def _outcomes(request: HttpRequest) -> OutcomesPage:
    viewer, school, today = staff_asking(request)
    left = request.GET.get("left", "")
    start = int(left) if left.isdecimal() and len(left) == 4 else 0
    return outcomes_page(viewer, school, on=today, asked=asked_of(request.GET), start=start)


@require_safe
def outcomes_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Five steps a student, and why they differ."""
    lines = _outcomes(request).lines
    headings = ("Student", "Group", "Hope", "Guidance", "Intention", "Offer", "Outcome", "Where they differ")
    rows = [
        (line.who.name, line.who.group, *(step.words for step in line.chain), "; ".join(line.why)) for line in lines
    ]
    return download.file_of(
        request, kind, download.Table("plans-and-outcomes", headings, rows, [line.who.pk for line in lines])
    )
