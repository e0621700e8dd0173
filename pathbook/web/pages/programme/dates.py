"""Term dates of a year, and the days some year groups sit exams."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pathbook import clock
from pathbook.framework.terms import england
from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.records.actions import planning_year, undoing_dates
from pathbook.records.actions import term_dates as act
from pathbook.records.models import Closure, ExamDays
from pathbook.records.queries.terms import calendars
from pathbook.web.door import asked_by, require
from pathbook.web.moments import moment_of, number_of
from pathbook.web.pages.programme.forms import ExamsForm, TermsForm


def _year(request: HttpRequest, year: int) -> AcademicYear:
    viewer, _, today = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    if abs(year - today.year) > 10:
        raise Http404
    return AcademicYear(year)


def terms(request: HttpRequest, year: int) -> HttpResponse:
    viewer, school, _ = asked_by(request)
    of, calendar = _year(request, year), calendars(school, [year])[year]
    form = TermsForm(request.POST or None, dates=england(of) if "england" in request.GET else calendar.terms)
    if request.method == "POST" and form.is_valid():
        try:
            at = clock.now()
            act.say_terms(school=school, dates=form.dates(), by=viewer, at=at)
            words = f"The term dates of {of.label} are saved. Days between them are no school days."
            messages.success(request, words, extra_tags=_undo(of, at))
            return redirect("term-dates", year=year)
        except act.TermDatesRefusedError as problem:
            form.add_error(None, str(problem))
    return _page(request, of, terms=form)


def exams(request: HttpRequest, year: int) -> HttpResponse:
    viewer, school, _ = asked_by(request)
    of, form = _year(request, year), ExamsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        kept = planning_year.say_exams(
            school=school, first_day=said["first_day"], last_day=said["last_day"] or said["first_day"],
            year_groups=said["year_groups"], why=said["why"], by=viewer, at=clock.now(),
        )  # fmt: skip
        words = f"{kept.why}: what is planned then for those years is marked on the plan."
        messages.success(request, words, extra_tags=f"undo:{reverse('end-exams', args=[kept.pk])}")
        return redirect("term-dates", year=year)
    return _page(request, of, exams=form)


def _page(
    request: HttpRequest, of: AcademicYear, *, terms: TermsForm | None = None, exams: ExamsForm | None = None
) -> HttpResponse:
    _, school, _ = asked_by(request)
    calendar = calendars(school, [of.start])[of.start]
    inside = {"institution": school, "first_day__lte": of.last_day, "last_day__gte": of.first_day}
    said = {
        "year": of, "calendar": calendar, "terms": terms or TermsForm(dates=calendar.terms), "exams": exams or ExamsForm(),
        "sat": ExamDays.objects.filter(**inside).order_by("first_day", "pk"),
        "other": Closure.objects.filter(**inside, holiday="").order_by("first_day", "pk"), "form": exams or terms,
        "open_days": calendar.days.since(of.first_day, of.last_day),
    }  # fmt: skip
    wrong = any(form.errors for form in (terms, exams) if form)
    return render(request, "programme/dates.html", said, status=422 if wrong else 200)


@require_POST
def end_exams(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, school, _ = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    found = get_object_or_404(ExamDays, pk=pk, institution=school)
    year, at = AcademicYear.of(found.first_day), clock.now()
    planning_year.end_exams(exams=found, by=viewer, at=at)
    messages.success(request, f"{found.why} is taken away.", extra_tags=_undo(year, at))
    return redirect("term-dates", year=year.start)


def _undo(year: AcademicYear, at: datetime) -> str:
    return f"undo:{reverse('undo-dates', args=[year.start, number_of(at)])}"


@require_POST
def undo(request: HttpRequest, year: int, at: int) -> HttpResponse:
    viewer, school, _ = asked_by(request)
    of = _year(request, year)
    try:
        said = undoing_dates.undo(school=school, year=of, said_at=moment_of(at), by=viewer, at=clock.now())
        messages.success(request, f"Undone: {said} as before.")
    except undoing_dates.NothingToUndoError as problem:
        messages.error(request, str(problem))
    return redirect("term-dates", year=year)
