"""Past activities from a spreadsheet: a file, what it would record, then all of it or nothing; and undo."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.exchange.models import ProgrammeRun
from pathbook.exchange.programme import apply as applying
from pathbook.exchange.programme.found import ProgrammeFile
from pathbook.exchange.programme.people import Known
from pathbook.exchange.programme.reading import read_programme
from pathbook.exchange.roll import waiting
from pathbook.exchange.roll.dates import DMY, MDY
from pathbook.exchange.roll.waiting import Said, Waiting
from pathbook.framework import kinds
from pathbook.people import access
from pathbook.people.visibility import Viewer
from pathbook.web.door import asked_by, require
from pathbook.web.pages.imports import job
from pathbook.web.pages.imports.forms import PastForm
from pathbook.web.pages.imports.past_shown import dates_of, preview_of


def past(request: HttpRequest) -> HttpResponse:
    """Choose a file; and the files brought in before."""
    viewer, school, _ = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    form = PastForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (upload := _take_in(request, form, viewer)):
        return redirect("past-preview", token=upload.token)
    runs = ProgrammeRun.objects.filter(institution=school).defer("undo", "problems").order_by("-pk")[:20]
    return render(request, "imports/past.html", {"form": form, "runs": runs}, status=422 if form.errors else 200)


def _take_in(request: HttpRequest, form: PastForm, viewer: Viewer) -> Waiting | None:
    """Keep the file if it can be read at all; if not, the form says why and nothing is kept."""
    file = form.cleaned_data["file"]
    return job.kept(form, Said(file.name[:200], viewer.account_id), lambda upload: _read(request, upload))


def _read(request: HttpRequest, upload: Waiting) -> ProgrammeFile:
    """The file, read with what has been said of its dates and kinds."""
    _, school, today = asked_by(request)
    file = read_programme(
        upload.path.read_bytes(), upload.said.name, known_students=Known(school, today), today=today,
        dates=upload.said.dates,
    )  # fmt: skip
    for title, kind in upload.said.kinds.items():
        file.say_kind(title, kind)
    return file


def past_preview(request: HttpRequest, token: str) -> HttpResponse:
    """What the file would record. Dates and kinds said here are kept, and nothing has changed yet."""
    viewer, school, _ = asked_by(request)
    upload = _upload(token, viewer)
    if request.method == "POST":
        upload = _hear(request, upload)
    file = _read(request, upload)
    if file.question:
        return render(request, "imports/past_dates.html", {"upload": upload, "asked": dates_of(file.question)})
    shown = preview_of(file, applying.plan_of(file, school))
    said = {"upload": upload, "shown": shown, "kinds": kinds.KINDS.values()}
    return render(request, "imports/past_preview.html", said)


def _hear(request: HttpRequest, upload: Waiting) -> Waiting:
    """Day or month first; and what kind each activity was."""
    if request.POST.get("dates") in (DMY, MDY):
        return upload.say(dates=request.POST["dates"])
    said = zip(request.POST.getlist("title"), request.POST.getlist("kind"), strict=False)
    return upload.say(kinds={title: kind for title, kind in said if kind in kinds.KINDS})


@require_POST
def past_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Record all of it at once; pressed twice, it is recorded once."""
    viewer, school, _ = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    if ProgrammeRun.objects.filter(institution=school, key=token).exists():
        return redirect("past-result", key=token)
    upload = _hear(request, _upload(token, viewer))
    file = _read(request, upload)
    if file.question:
        return redirect("past-preview", token=token)
    run = applying.apply(file=file, school=school, by=viewer, at=clock.now(), key=token)
    upload.drop()
    return redirect("past-result", key=run.key)


@require_safe
def past_result(request: HttpRequest, key: str) -> HttpResponse:
    viewer, school, _ = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    run = get_object_or_404(ProgrammeRun, key=key, institution=school)
    return render(request, "imports/past_result.html", {"run": run, "problems": run.problems[:200]})


@require_POST
def past_undo(request: HttpRequest, key: str) -> HttpResponse:
    viewer, school, _ = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    run = get_object_or_404(ProgrammeRun, key=key, institution=school)
    try:
        applying.undo(run=run, by=viewer, at=clock.now())
        messages.success(request, f"{run.file_name} has been taken back. The programme is as it was before it.")
    except applying.CannotUndoError as refusal:
        messages.error(request, str(refusal))
    return redirect("past-result", key=key)


@require_POST
def past_drop(request: HttpRequest, token: str) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    _upload(token, viewer).drop()
    messages.success(request, "Nothing was recorded, and the file has been deleted.")
    return redirect("past")


def _upload(token: str, viewer: Viewer) -> Waiting:
    """The file this person brought, if it still waits."""
    require(viewer, access.PROGRAMME, access.WRITE)
    upload = waiting.find(job.home(), token)
    if upload is None or upload.said.account != viewer.account_id:
        raise Http404("no such upload")
    return upload
