"""Home by role, help, and what we say about privacy and accessibility."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pathbook.people import access
from pathbook.reports.home import home_of
from pathbook.web.door import asked_by


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    shown = home_of(viewer, school, on=today)
    can_log = viewer.may(access.ACTIVITIES, access.WRITE)
    can_import = viewer.may(access.ROLL_IMPORT, access.WRITE)
    return render(
        request, "home/home.html", {"shown": shown, "today": today, "can_log": can_log, "can_import": can_import}
    )


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "home/help.html")


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "home/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "home/accessibility.html")
