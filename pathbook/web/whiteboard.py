"""Whiteboard view: while it is on, this session shows the group's page for the class and nothing else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

ON = "whiteboard"  # what the session calls it
STILL_OPEN = ("/whiteboard/", "/sign-in/", "/static/", "/health/")


def is_on(request: HttpRequest) -> bool:
    return bool(request.session.get(ON))


def only_the_board(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: any other address asks whether to leave first; what was sent to it is not done."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(STILL_OPEN) or not is_on(request):
            return get_response(request)
        after = request.get_full_path() if request.method == "GET" else "/"
        return redirect(f"{reverse('leave-whiteboard')}?{urlencode({'next': after})}")

    return answer
