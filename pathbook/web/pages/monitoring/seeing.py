"""Writing down on a phone what was seen of one book, lesson or conversation, with a photograph of it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.audit import record
from pathbook.people import access
from pathbook.reports.monitoring import item_of, may_open
from pathbook.uptake.actions import monitoring as actions
from pathbook.uptake.models import Observation, ObservationPhoto
from pathbook.web.door import asked_by, require
from pathbook.web.pages.monitoring.forms import LOOK, SeenForm
from pathbook.web.pages.students.forms import whole_of


def observation(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    one = _observation(request, key, access.WRITE)
    form = SeenForm(request.POST or None, request.FILES or None, of=one.round, initial=_initial(one))
    version = whole_of(request.POST.get("version", ""), 0, 1_000_000) if form.is_bound else one.version
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_down(of=one, seen=form.seen(), version=version, by=viewer, at=clock.now(), on=today)
        except actions.SeenMeanwhileError as problem:
            one.refresh_from_db()
            form.add_error(None, str(problem))
            version = one.version
        else:
            messages.success(request, "Saved.", extra_tags=f"undo:{reverse('observation-take-back', args=[key])}")
            return redirect("round", key=one.round.key)
    _note_reading(request, one)
    said = {"item": item_of(one, viewer, on=today), "of": one.round, "form": form, "version": version}
    return render(request, "monitoring/observation.html", said, status=422 if form.errors else 200)


@require_safe
def photograph(request: HttpRequest, key: str) -> HttpResponse:
    one = _observation(request, key, access.READ)
    photo = get_object_or_404(ObservationPhoto, observation=one)
    _note_reading(request, one)
    return HttpResponse(bytes(photo.image), content_type="image/jpeg")


@require_POST
def take_back(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    one = _observation(request, key, access.WRITE)
    actions.take_back(of=one, by=viewer, at=clock.now())
    messages.success(request, "Taken back. Its photograph is gone too.")
    return redirect("round", key=one.round.key)


def _observation(request: HttpRequest, key: str, level: str) -> Observation:
    """For whoever monitors, and of a student only for whoever may see that student."""
    viewer, school, today = asked_by(request)
    require(viewer, access.MONITORING, level)
    rows = Observation.objects.select_related("round__institution")
    one = get_object_or_404(rows, key=key, round__institution=school)
    if not may_open(one, viewer, on=today):
        raise Http404
    return one


def _note_reading(request: HttpRequest, one: Observation) -> None:
    viewer, _, _ = asked_by(request)
    if one.student_id:
        record.reading(by=viewer, at=clock.now(), student_id=one.student_id)


def _initial(one: Observation) -> dict[str, object]:
    found = {LOOK + code: answer for code, answer in one.found.items()}
    return {"words": one.words, **found}
