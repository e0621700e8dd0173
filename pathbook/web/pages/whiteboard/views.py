"""The tutor's group on a classroom's screen, and leaving it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pathbook.reports.whiteboard import whiteboard_of
from pathbook.web import whiteboard
from pathbook.web.door import asked_by
from pathbook.web.pages.tutor.views import require_group


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require_group(viewer)
    shown = whiteboard_of(viewer, school, on=today)
    return render(request, "whiteboard/whiteboard.html", {"shown": shown, "locked": whiteboard.is_on(request)})


@require_POST
def turn_on(request: HttpRequest) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    require_group(viewer)
    request.session[whiteboard.ON] = True
    return redirect("whiteboard")


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Asked before anything else is shown on a screen a class can see."""
    if request.method != "POST":
        return render(request, "whiteboard/leave.html", {"after": _after(request.GET.get("next", ""))})
    request.session.pop(whiteboard.ON, None)
    return redirect(_after(request.POST.get("next", "")))


def _after(address: str) -> str:
    return address if address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None) else "/"
