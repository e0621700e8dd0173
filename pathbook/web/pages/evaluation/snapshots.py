"""The evaluation frozen on a day, two of them compared, what leadership said; and the sheet to type from."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.framework.sets import SETS, set_in_force
from pathbook.framework.typing_sheet import criteria_sheet, typing_sheet
from pathbook.people import access
from pathbook.people.audience import audience_of
from pathbook.people.keys import is_key, new_key
from pathbook.people.models import Institution
from pathbook.records.actions import freezing
from pathbook.records.models import ReviewNote, Snapshot
from pathbook.reports.evaluation import evaluation_of
from pathbook.reports.snapshots import due_day, snapshots_page, take, take_due
from pathbook.web.door import asked_by, require
from pathbook.web.pages.coverage.views import day_of
from pathbook.web.pages.evaluation.forms import NoteForm


@require_safe
def snapshots(request: HttpRequest) -> HttpResponse:
    viewer, school, _ = asked_by(request)
    require(viewer, access.EVALUATION)
    return _shown(request, school)


@require_POST
def freeze(request: HttpRequest) -> HttpResponse:
    """Today's by hand, or that of the day that is over."""
    viewer, school, today = asked_by(request)
    require(viewer, access.EVALUATION, access.WRITE)
    if request.POST.get("which") == "due":
        row = take_due(school, today=today, by=viewer, at=clock.now())
    else:
        row = take(
            school, as_of=today, is_due=False, by=viewer, at=clock.now(), key=_key(request.POST.get("token", ""))
        )
    if row is None:
        messages.info(request, "That day is frozen already, so nothing was taken twice.")
    else:
        messages.success(request, f"Frozen as it stood on {row.as_of:%-d %b %Y}. It is never altered.")
    return redirect("snapshots")


@require_POST
def add_note(request: HttpRequest, key: str) -> HttpResponse:
    viewer, school, _ = asked_by(request)
    require(viewer, access.REVIEW, access.WRITE)
    snapshot = get_object_or_404(Snapshot, institution=school, key=key)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _shown(request, school, note=form, on=snapshot.key)
    said = form.cleaned_data
    row = freezing.note(snapshot=snapshot, words=said["words"], key=_key(said["token"]), by=viewer, at=clock.now())
    undo = f"undo:{reverse('take-back-review-note', args=[row.key])}"
    messages.success(request, "The note is kept with the snapshot.", extra_tags=undo)
    return redirect("snapshots")


@require_POST
def take_back_note(request: HttpRequest, key: str) -> HttpResponse:
    viewer, school, _ = asked_by(request)
    require(viewer, access.REVIEW, access.WRITE)
    row = get_object_or_404(ReviewNote, snapshot__institution=school, key=key)
    try:
        freezing.take_back(note=row, by=viewer, at=clock.now())
        messages.success(request, "The note is taken back.")
    except freezing.NoteRefusedError as problem:
        messages.error(request, str(problem))
    return redirect("snapshots")


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """Of the day asked for, by the set asked for; the tool's own questions are known for schools only."""
    viewer, school, today = asked_by(request)
    require(viewer, access.EVALUATION)
    is_tools = audience_of(school.kind) == "school"
    as_of: date = day_of(request.GET.get("as_of", ""), today)
    chosen = request.GET.get("set", "")
    set_id = chosen if chosen in SETS else set_in_force(as_of)
    evaluation = evaluation_of(school, set_id=set_id, as_of=as_of)
    said = {
        "questions": typing_sheet(evaluation) if is_tools else criteria_sheet(evaluation),
        "is_tools": is_tools,
        "as_of": as_of,
        "set_id": set_id,
        "sets": SETS,
        "year": evaluation.academic_year,
    }
    return render(request, "evaluation/typing_sheet.html", said)


def _shown(request: HttpRequest, school: Institution, *, note: NoteForm | None = None, on: str = "") -> HttpResponse:
    viewer, _, today = asked_by(request)
    shown = snapshots_page(school, before=request.GET.get("before", ""), after=request.GET.get("after", ""))
    said = {
        "shown": shown, "due": due_day(school, today=today), "token": new_key(),
        "may_freeze": viewer.may(access.EVALUATION, access.WRITE), "may_note": viewer.may(access.REVIEW, access.WRITE),
        "note": note or NoteForm(initial={"token": new_key()}), "wrong": note, "on": on, "today": today,
    }  # fmt: skip
    return render(request, "evaluation/snapshots.html", said, status=422 if note else 200)


def _key(token: str) -> str:
    return token if is_key(token) else new_key()
