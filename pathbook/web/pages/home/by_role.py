"""Homes that are a page of their own: a teacher's classes, a SENDCo's reviews, a year, a senior leader's overview."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pathbook.people import access
from pathbook.reports.board import mine_to_do
from pathbook.reports.overview import overview_of
from pathbook.reports.support_home import support_home
from pathbook.reports.year_home import year_home
from pathbook.web.door import asked_by
from pathbook.web.pages.classes.views import classes_page


def support(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    return render(request, "home/support.html", {"shown": support_home(viewer, school, on=today), "today": today})


def year(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    said = {
        "shown": year_home(viewer, school, on=today),
        "today": today,
        "can_log": viewer.may(access.ACTIVITIES, access.WRITE),
        "mine": mine_to_do(viewer, school, on=today),
    }
    return render(request, "home/home.html", said)


def overview(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    found = overview_of(viewer, school, on=today)
    return render(request, "home/home.html", {"shown": found.home, "used": found.used, "today": today})


HOMES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "classes": classes_page, "support": support, "year": year, "overview": overview,
}  # fmt: skip
