"""The programme as a calendar that others follow: its address made, and ended when it is no longer wanted."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from pathbook import clock
from pathbook.people import access
from pathbook.records.actions import feeds as act
from pathbook.web.door import asked_by, require


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    viewer, school, _ = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    act.open_feed(school=school, by=viewer, at=clock.now())
    messages.success(request, "The programme's calendar has its address. It names no student.")
    return redirect("programme-calendar")


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    viewer, school, _ = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    if feed := act.live_feed(school):
        act.end_feed(feed=feed, by=viewer, at=clock.now())
        messages.success(request, "The calendar is ended: its address answers nobody from now on.")
    return redirect("programme-calendar")
