"""Who is asking? Puts the viewer on the request, and lets nobody past who has not signed in as far as they must."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import cast

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from pathbook import clock
from pathbook.people import second_step
from pathbook.people.models import Account, Institution
from pathbook.people.visibility import Viewer, roles_on, viewer_with
from pathbook.web import sessions

OPEN = (
    "/sign-in",
    "/static/",
    "/health",
    "/employer/",
    "/form/",
    "/accessibility",
    "/privacy",
    "/calendar/",
    "/say/",
)  # what a stranger may fetch
BEFORE_SECOND_STEP = ("/account/", "/set-up/password/")  # where one is set up; nothing there is of a student
HAT = "hat"  # what the session calls the role that is on


class Accounts(AuthenticationBackend):
    """The account of a session comes with its roles: each page asks for both, and this is one query."""

    def get_user(self, user_id: int) -> Account | None:
        roles = roles_on(user_id, clock.today())
        if not roles:
            return super().get_user(user_id)
        account = roles[0].account
        account.held_today = roles
        return account if self.user_can_authenticate(account) else None


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
        if request.user.is_authenticated and sessions.is_over(request):
            logout(request)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        sessions.note_use(request)
        whole = viewer_with(request.user, request.user.held_today or ())
        asked.school = _school_of(whole)
        asked.viewer = whole.wearing(request.session.get(HAT, ""))
        if not _owes_second_step(request, whole):
            return get_response(request)
        asked.viewer = replace(asked.viewer, held=(), hats=())  # no role counts until it is set up
        return get_response(request) if request.path.startswith(BEFORE_SECOND_STEP) else redirect("mfa_index")

    return answer


def _school_of(viewer: Viewer) -> Institution:
    if viewer.school is None:
        raise Http404("no role held today")
    return viewer.school


def _owes_second_step(request: HttpRequest, viewer: Viewer) -> bool:
    """Where one is set up it was asked for at sign-in; a school's own single sign-on vouches for it instead."""
    if not viewer.asked_for_second_step or second_step.has_one(viewer.account_id):
        return False
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    return not any(one["method"] == "socialaccount" for one in records)


def asked_by(request: HttpRequest) -> tuple[Viewer, Institution, date]:
    """Who asks, of which school, on which day: what every view begins with."""
    asked = cast(Asked, request)
    return asked.viewer, asked.school, clock.today()


def require(viewer: Viewer, part: str, level: str = "read") -> None:
    """Not allowed and not found look the same."""
    if not viewer.may(part, level):
        raise Http404
