"""Days on which nobody is met, with what is booked in them and has to be moved."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pathbook import clock
from pathbook.people import access
from pathbook.people.visibility import Viewer
from pathbook.records.actions import closures as act
from pathbook.records.models import Closure
from pathbook.records.queries.slots import may_close
from pathbook.reports.closures import closures_page
from pathbook.web.door import asked_by, require
from pathbook.web.moments import moment_of, number_of
from pathbook.web.pages.appointments.forms import ClosureForm


def closures(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.GUIDANCE, access.WRITE)
    form = ClosureForm(request.POST or None)
    if request.method == "POST":
        _require(viewer)
        if form.is_valid():
            said, now = form.cleaned_data, clock.now()
            try:
                closure = act.close(
                    school=school, first_day=said["first_day"], last_day=said["last_day"] or said["first_day"],
                    why=said["why"], by=viewer, at=now,
                )  # fmt: skip
                undo = f"undo:{reverse('undo-closure', args=[number_of(now)])}"
                messages.success(request, f"Nobody is met: {closure.why}. No slot can be booked then.", extra_tags=undo)
                return redirect("closures")
            except act.ClosureRefusedError as problem:
                form.add_error(None, str(problem))
    shown = {"shown": closures_page(viewer, school, on=today), "form": form, "may_close": may_close(viewer)}
    return render(request, "appointments/closures.html", shown, status=422 if form.errors else 200)


def _require(viewer: Viewer) -> None:
    if not may_close(viewer):
        raise Http404


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, school, _ = asked_by(request)
    _require(viewer)
    closure, now = get_object_or_404(Closure, pk=pk, institution=school), clock.now()
    act.reopen(closure=closure, by=viewer, at=now)
    undo = f"undo:{reverse('undo-closure', args=[number_of(now)])}"
    messages.success(request, f"{closure.why} is taken away: slots on those days can be booked.", extra_tags=undo)
    return redirect("closures")


@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    viewer, school, _ = asked_by(request)
    _require(viewer)
    try:
        act.undo(school=school, said_at=moment_of(number), by=viewer, at=clock.now())
        messages.success(request, "Undone: the closures are as they were.")
    except act.ClosureRefusedError as problem:
        messages.error(request, str(problem))
    return redirect("closures")
