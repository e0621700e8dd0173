"""The gallery of components."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pathbook.web.pages.gallery.states import STATES


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    if settings.PATHBOOK_TODAY is None:
        raise Http404
    return render(request, "gallery.html", {"states": STATES})
