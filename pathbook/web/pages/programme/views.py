"""The plan of the year as a list and as a calendar, with its money."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.records.actions import inviting, planning_year
from pathbook.records.actions.feeds import live_feed
from pathbook.reports.plan import plan_page
from pathbook.reports.plan_calendar import VIEWS, calendar_page
from pathbook.reports.plan_file import HEADINGS, plan_rows
from pathbook.web import download
from pathbook.web.door import asked_by, require
from pathbook.web.pages.programme.forms import BudgetForm, day_said


def year_said(said: str, today_is: AcademicYear) -> AcademicYear:
    """Four digits, or the year that holds today."""
    return AcademicYear(int(said)) if said.isascii() and said.isdigit() and len(said) == 4 else today_is


def plan_address(year: AcademicYear) -> str:
    return f"{reverse('programme')}?year={year.start}"


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    viewer, _, today = asked_by(request)
    require(viewer, access.PROGRAMME)
    return _plan(request, year_said(request.GET.get("year", ""), AcademicYear.of(today)))


def _plan(request: HttpRequest, year: AcademicYear, refused: BudgetForm | None = None) -> HttpResponse:
    viewer, school, today = asked_by(request)
    shown = plan_page(viewer, school, year=year, on=today)
    may_plan = viewer.may(access.PROGRAMME, access.WRITE)
    copy_url = f"{reverse('programme-copy')}?to={year.start}"
    form = refused or BudgetForm(initial={"pounds": shown.money.budget})
    said = {
        "shown": shown,
        "can_plan": may_plan,
        "budget": form,
        "copy_url": copy_url,
        "plan_query": f"year={year.start}",
    }
    return render(request, "programme/plan.html", said, status=422 if refused else 200)


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.PROGRAMME)
    year = year_said(request.GET.get("year", ""), AcademicYear.of(today))
    shown = plan_page(viewer, school, year=year, on=today)
    return download.file_of(request, kind, download.Table(f"plan-{year.start}", HEADINGS, plan_rows(shown)))


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.PROGRAMME)
    view = request.GET.get("view", "")
    day = day_said(request.GET.get("day", ""), today)
    shown = calendar_page(viewer, school, view=view if view in VIEWS else "term", day=day, on=today)
    can_plan = viewer.may(access.PROGRAMME, access.WRITE)
    feed = live_feed(school) if can_plan else None
    base = request.build_absolute_uri("/calendar/")
    said = {"shown": shown, "views": VIEWS.items(), "can_plan": can_plan, "feed": feed, "base": base}
    return render(request, "programme/calendar.html", said)


@require_POST
def lists(request: HttpRequest) -> HttpResponse:
    """Every list a rule has filled, as the roll stands today."""
    viewer, school, today = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    done = inviting.keep_up(school=school, by=viewer, at=clock.now(), on=today)
    messages.success(
        request, f"The lists that rules fill are right again: {done.added} put down, {done.off} taken off."
    )
    return redirect("programme")


@require_POST
def budget(request: HttpRequest, year: int) -> HttpResponse:
    viewer, school, _ = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    if not 2000 <= year <= 2100:
        raise Http404
    form = BudgetForm(request.POST)
    if not form.is_valid():
        return _plan(request, AcademicYear(year), form)
    pounds = form.cleaned_data["pounds"]
    planning_year.say_budget(school=school, academic_year=year, pounds=pounds, by=viewer, at=clock.now())
    messages.success(request, f"The budget of {AcademicYear(year).label} is £{pounds:,.2f}.")
    return redirect(f"{plan_address(AcademicYear(year))}#money")
