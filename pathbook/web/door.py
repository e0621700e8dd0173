"""Who is asking? Puts the viewer on the request, and lets nobody past who has not signed in."""

from collections.abc import Callable
from datetime import date
from typing import cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from pathbook import clock
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer, viewer_of

OPEN = ("/sign-in", "/static/", "/health", "/accessibility", "/privacy")  # what a stranger may fetch


class Asked(HttpRequest):
    """A request past the door: `viewer` is who asks, `school` whose records."""

    viewer: Viewer
    school: Institution


def who_is_asking(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: deny by default; only the paths in OPEN are answered to strangers."""

    def answer(request: HttpRequest) -> HttpResponse:
        asked = cast(Asked, request)
        if request.path.startswith(OPEN):
            return get_response(request)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        asked.viewer = viewer_of(request.user, clock.today())
        asked.school = _school_of(asked.viewer)
        return get_response(request)

    return answer


def _school_of(viewer: Viewer) -> Institution:
    if viewer.school is None:
        raise Http404("no role held today")
    return viewer.school


def asked_by(request: HttpRequest) -> tuple[Viewer, Institution, date]:
    """Who asks, of which school, on which day: what every view begins with."""
    asked = cast(Asked, request)
    return asked.viewer, asked.school, clock.today()


def require(viewer: Viewer, part: str, level: str = "read") -> None:
    """Not allowed and not found look the same."""
    if not viewer.may(part, level):
        raise Http404
