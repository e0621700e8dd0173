"""Homes that are a page of their own: classes, reviews, a year, an overview, the accounts, what is kept and read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pathbook.people import access
from pathbook.privacy.due import due_on
from pathbook.reports.audit import notes_to_tell
from pathbook.reports.board import mine_to_do
from pathbook.reports.keepers_home import accounts_home, officer_home
from pathbook.reports.overview import overview_of
from pathbook.reports.support_home import support_home
from pathbook.reports.year_home import year_home
from pathbook.web.door import asked_by
from pathbook.web.frame import roll_of
from pathbook.web.pages.classes.views import classes_page


def on_roll(request: HttpRequest) -> int | None:
    """How many, as the line above every page has it."""
    roll = roll_of(request)
    return roll.students if roll else None


def support(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    return render(request, "home/support.html", {"shown": support_home(viewer, school, on=today), "today": today})


def year(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    said = {
        "shown": year_home(viewer, school, on=today, roll=on_roll(request)),
        "today": today,
        "can_log": viewer.may(access.ACTIVITIES, access.WRITE),
        "mine": mine_to_do(viewer, school, on=today),
    }
    return render(request, "home/home.html", said)


def overview(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    found = overview_of(viewer, school, on=today, roll=on_roll(request))
    return render(request, "home/home.html", {"shown": found.home, "used": found.used, "today": today})


def accounts(request: HttpRequest) -> HttpResponse:
    _, school, today = asked_by(request)
    return render(request, "home/accounts.html", {"shown": accounts_home(school, on=today), "today": today})


def officer(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    told, due = notes_to_tell(viewer, school), due_on(school, on=today)
    shown = officer_home(school, on=today, records=due.records, notes=due.notes)
    return render(request, "home/officer.html", {"shown": shown, "today": today, "told": told})


HOMES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "classes": classes_page, "support": support, "year": year, "overview": overview, "accounts": accounts, "officer": officer,
}  # fmt: skip
