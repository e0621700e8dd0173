"""The three questions on one page and on paper, charts, groups compared, provider access, and where the school stands."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pathbook.framework.sets import SETS, set_in_force
from pathbook.framework.years import YEAR_GROUPS
from pathbook.people import access
from pathbook.reports.access import access_page
from pathbook.reports.compared import FOR_ALL, by_groups, equity_gap, measure_named, own_measures
from pathbook.reports.equity import WAYS, equity_page
from pathbook.reports.meant_and_did import meant_and_did
from pathbook.reports.nation import nation_page
from pathbook.reports.students import WHO
from pathbook.reports.three_questions import three_questions
from pathbook.reports.workplace_days import DaysPage, days_page
from pathbook.reports.year_on_year import year_on_year
from pathbook.sheets.use import use_sheet
from pathbook.web import download
from pathbook.web.door import asked_by, require
from pathbook.web.pages.coverage.views import day_of
from pathbook.web.pages.sheets.views import pdf_file
from pathbook.web.pages.students.forms import asked_of


@require_safe
def use(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.NUMBERS)
    as_of = _day(request, today)
    said = {"shown": three_questions(viewer, school, as_of=as_of), "as_of": as_of, "today": today}
    return render(request, "reports/use.html", said)


@require_safe
def use_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Every figure with its terms, a line each."""
    viewer, school, today = asked_by(request)
    require(viewer, access.NUMBERS)
    as_of = _day(request, today)
    shown = three_questions(viewer, school, as_of=as_of)
    lines = [line for question in shown.questions for line in (*question.lines, *question.roles)]
    terms = [term for term, _ in lines[0].terms]
    rows = [
        (line.figure.label, line.figure.among, line.figure.means, line.count, *(said for _, said in line.terms))
        for line in lines
    ]
    headings = ("Figure", "Of", "Counts when", "Now", *terms)
    return download.file_of(request, kind, download.Table(f"use-{as_of.isoformat()}", headings, rows))


@require_safe
def use_pdf(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.NUMBERS)
    as_of = _day(request, today)
    return pdf_file(use_sheet(viewer, school, on=as_of), f"three-questions-{as_of.isoformat()}")


@require_safe
def charts(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.NUMBERS)
    as_of, named = _day(request, today), viewer.reaches_all
    row, who = request.GET.get("row", ""), request.GET.get("who", FOR_ALL)
    shown = {
        "years": year_on_year(school, as_of=as_of, named=named),
        "equity": equity_gap(school, as_of=as_of, who=who, named=named),
        "groups": by_groups(school, as_of=as_of, row=row, named=named),
        "meant": meant_and_did(school, as_of=as_of, named=named),
    }
    said = {
        "shown": shown, "as_of": as_of, "today": today, "named": named, "who": who, "who_choices": WHO,
        "measure": measure_named(row, school, as_of), "measures": list(own_measures(school, as_of).values()),
    }  # fmt: skip
    return render(request, "reports/charts.html", said)


@require_safe
def years_picture(request: HttpRequest) -> HttpResponse:
    """The year-on-year chart alone, for a page that need not wait for it."""
    viewer, school, today = asked_by(request)
    require(viewer, access.NUMBERS)
    drawn = year_on_year(school, as_of=_day(request, today), named=viewer.reaches_all)
    return HttpResponse(drawn.narrow if "narrow" in request.GET else drawn.wide, content_type="image/svg+xml")


@require_safe
def nation(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.NUMBERS)
    as_of = _day(request, today)
    shown = nation_page(school, as_of=as_of, named=viewer.reaches_all)
    return render(request, "reports/nation.html", {"shown": shown, "as_of": as_of, "today": today})


@require_safe
def equity(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.NUMBERS)
    as_of, chosen = _day(request, today), request.GET.get("set", "")
    set_id = chosen if chosen in SETS else set_in_force(as_of)
    links = (
        viewer.may(access.ACTIVITIES) and viewer.may(access.SUPPORT) and (as_of, set_id) == (today, set_in_force(today))
    )
    shown = equity_page(school, set_id=set_id, as_of=as_of, by=request.GET.get("by", ""), links=links)
    said = {"shown": shown, "as_of": as_of, "today": today, "ways": WAYS, "sets": SETS, "set_id": set_id}
    return render(request, "reports/equity.html", said)


@require_safe
def provider_access(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.NUMBERS)
    as_of = _day(request, today)
    said = {"shown": access_page(school, as_of=as_of), "links": viewer.may(access.ACTIVITIES)}
    said["may_draft"] = viewer.may(access.PROGRAMME, access.WRITE)
    return render(request, "reports/access.html", said | {"as_of": as_of, "today": today})


@require_safe
def workplace_days(request: HttpRequest) -> HttpResponse:
    """By name, for whoever may see what students took part in."""
    shown, as_of, today = _days(request)
    said = {"shown": shown, "as_of": as_of, "today": today, "years": YEAR_GROUPS, "query": request.GET.urlencode()}
    return render(request, "reports/days.html", said)


@require_safe
def workplace_days_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same rows, a column a phase."""
    shown, as_of, _ = _days(request)
    whose = [line.found.pk for line in shown.lines]
    return download.file_of(
        request, kind, download.Table(f"days-in-workplaces-{as_of}", shown.headings, shown.file_rows, whose)
    )


def _days(request: HttpRequest) -> tuple[DaysPage, date, date]:
    viewer, school, today = asked_by(request)
    require(viewer, access.ACTIVITIES)
    as_of = _day(request, today)
    return days_page(viewer, school, as_of=as_of, on=today, asked=asked_of(request.GET)), as_of, today


def _day(request: HttpRequest, today: date) -> date:
    """No figure of use is known of a day to come."""
    return min(day_of(request.GET.get("as_of", ""), today), today)
