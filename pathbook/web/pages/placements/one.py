"""One placement: read, its host given, approved with what was checked, called off; each taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.audit import record
from pathbook.people import access
from pathbook.people.visibility import students_writable_by
from pathbook.records.actions import placement_forms, placing
from pathbook.records.models import Placement, PlacementForm
from pathbook.reports.hosts import names_of
from pathbook.reports.placement import placement_page
from pathbook.web.door import asked_by, require
from pathbook.web.pages.placements.forms import CallOffForm, GiveHostForm


def _found(request: HttpRequest, key: str, *, act: bool = True) -> Placement:
    viewer, school, today = asked_by(request)
    require(viewer, access.ACTIVITIES, access.WRITE)
    mine = students_writable_by(viewer, today, access.ACTIVITIES).filter(institution=school)
    rows = Placement.objects.select_related("student", "host__provider", "part__activity")
    found = get_object_or_404(rows, student__in=mine, key=key)
    if act:
        require(viewer, access.PROGRAMME, access.WRITE)
    return found


@require_safe
def placement(request: HttpRequest, key: str) -> HttpResponse:
    one = _found(request, key, act=False)
    record.reading(by=asked_by(request)[0], at=clock.now(), student_id=one.student_id)
    return _page(request, one, CallOffForm(), 200)


def _page(request: HttpRequest, one: Placement, form: CallOffForm, status: int) -> HttpResponse:
    viewer, _, today = asked_by(request)
    shown = placement_page(one, viewer, on=today)
    said = {"shown": shown, "form": form, "base": request.build_absolute_uri("/form/")}
    return render(request, "placements/placement.html", said, status=status)


def host(request: HttpRequest, key: str) -> HttpResponse:
    viewer, school, _ = asked_by(request)
    one = _found(request, key)
    known = {"provider": one.host.provider.name if one.host else one.named_host, "email": one.named_email}
    form = GiveHostForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            placing.give_host(placement=one, school=school, by=viewer, at=clock.now(), **form.cleaned_data)
            messages.success(request, f"{form.cleaned_data['provider']} is the host.")
            return redirect("placement", key=key)
        except placing.PlacementRefusedError as problem:
            form.add_error(None, str(problem))
    said = {"form": form, "one": one, "names": names_of(school)}
    return render(request, "placements/give_host.html", said, status=422 if form.errors else 200)


@require_POST
def approve(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    try:
        placing.approve(placement=_found(request, key), by=viewer, at=clock.now())
        undo = f"undo:{reverse('placement-unapprove', args=[key])}"
        messages.success(request, "Approved. The student sees it on their own page.", extra_tags=undo)
    except placing.PlacementRefusedError as problem:
        messages.error(request, str(problem))
    return redirect("placement", key=key)


@require_POST
def unapprove(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    if placing.take_back_approval(placement=_found(request, key), by=viewer, at=clock.now()):
        messages.success(request, "It is not approved any more.")
    else:
        messages.error(request, "There is no approval to take back.")
    return redirect("placement", key=key)


@require_POST
def call_off(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    one, form = _found(request, key), CallOffForm(request.POST)
    if not form.is_valid():
        return _page(request, one, form, 422)
    if placing.call_off(placement=one, why=form.cleaned_data["why"], by=viewer, at=clock.now()):
        undo = f"undo:{reverse('placement-call-on', args=[key])}"
        messages.success(request, "Called off. Links to its forms open nothing any more.", extra_tags=undo)
    else:
        messages.error(request, "It cannot be called off: it took place, or was called off already.")
    return redirect("placement", key=key)


@require_POST
def call_on(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    if placing.call_on(placement=_found(request, key), by=viewer, at=clock.now()):
        messages.success(request, "It stands as it did.")
    return redirect("placement", key=key)


@require_POST
def end(request: HttpRequest, key: str, party: str) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    form = get_object_or_404(
        PlacementForm.objects.select_related("placement"), placement=_found(request, key), party=party
    )
    placement_forms.end(form=form, by=viewer, at=clock.now())
    messages.success(request, "That form is open to be asked again; its old link opens nothing.")
    return redirect("placement", key=key)
