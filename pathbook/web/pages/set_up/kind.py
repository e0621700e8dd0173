"""What kind of institution this is: looked at, tried, and changed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pathbook import clock
from pathbook.people import access
from pathbook.people.school import set_kind
from pathbook.reports.kind_of_school import kind_page
from pathbook.web.door import asked_by, require


def kind(request: HttpRequest) -> HttpResponse:
    """A kind is asked about by its address; only sending it changes anything."""
    viewer, school, today = asked_by(request)
    require(viewer, access.ACCOUNTS, access.WRITE)
    sent = request.method == "POST"
    wanted = (request.POST if sent else request.GET).get("kind", "")
    shown = kind_page(school, wanted=wanted, on=today)
    if not sent:
        return render(request, "set_up/kind.html", {"shown": shown})
    if wanted not in {one.code for one in shown.kinds}:
        raise Http404
    if shown.wanted:
        set_kind(institution=school, kind=wanted, by=viewer, at=clock.now())
        messages.success(request, f"This is a {shown.wanted.label.lower()} from now on.")
    return redirect("institution-kind")
