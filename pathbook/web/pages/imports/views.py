"""Bringing in the roll: a file, what is unclear about it, what it would do, then all of it or nothing; and undo."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.exchange.models import ImportRun
from pathbook.exchange.roll import apply as applying
from pathbook.exchange.roll import saved, waiting
from pathbook.exchange.roll import undo as undoing
from pathbook.exchange.roll.dates import DMY, MDY
from pathbook.exchange.roll.entry import RollFile
from pathbook.exchange.roll.waiting import Said, Waiting
from pathbook.exchange.tables import UnreadableError
from pathbook.people import access
from pathbook.people.keys import new_key
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.web.door import asked_by, require
from pathbook.web.pages.imports import job
from pathbook.web.pages.imports.forms import ColumnsForm, UploadForm
from pathbook.web.pages.imports.shown import dates_asked, preview_of


def imports(request: HttpRequest) -> HttpResponse:
    """Choose a file; and the imports there have been."""
    viewer, school, _ = asked_by(request)
    require(viewer, access.ROLL_IMPORT, access.WRITE)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (upload := _take_in(form, school, viewer, request)):
        return redirect("import-preview", token=upload.token)
    runs = ImportRun.objects.filter(institution=school).defer("undo", "problems").order_by("-pk")[:20]
    return render(request, "imports/imports.html", {"form": form, "runs": runs}, status=422 if form.errors else 200)


def _take_in(form: UploadForm, school: Institution, viewer: Viewer, request: HttpRequest) -> Waiting | None:
    """Keep the file if it can be read at all; if not, the form says why and nothing is kept."""
    file = form.cleaned_data["file"]
    said = Said(file.name[:200], viewer.account_id, form.cleaned_data["whole_roll"] == "yes")
    upload = waiting.put(job.home(), new_key(), file.chunks(), said)
    try:
        read = job.read(upload, school, clock.today())
    except UnreadableError as refusal:
        upload.drop()
        form.add_error("file", str(refusal))
        return None
    if known := saved.remembered(school, read.header):
        upload = upload.say(columns=known.columns, dates=upload.said.dates)
    return upload


def preview(request: HttpRequest, token: str) -> HttpResponse:
    """What would happen. Answers to the questions asked here come back to it."""
    viewer, school, today = asked_by(request)
    upload = _upload(request, token, viewer)
    if upload is None:
        return _to_result(request, school, token)
    if request.method == "POST":
        _hear(request, upload)
        return redirect("import-preview", token=token)
    file = job.read(upload, school, today)
    if file.missing:
        return redirect("import-columns", token=token)
    if file.question:
        asked = {"upload": upload, "asked": dates_asked(file.question)}
        return render(request, "imports/dates.html", asked)
    plan = applying.preview(file=file, school=school, choices=job.choices_of(upload, today))
    shown = {"upload": upload, "shown": preview_of(file, plan), "refused": request.GET.get("refused", "")}
    return render(request, "imports/preview.html", shown)


def _hear(request: HttpRequest, upload: Waiting) -> None:
    """Day or month first; which rows are students we know."""
    if request.POST.get("dates") in (DMY, MDY):
        upload = upload.say(dates=request.POST["dates"])
    lines = {int(line) for line in request.POST.getlist("line") if line.isdigit()}
    said = {line: request.POST.get("all") or request.POST.get(f"match{line}") for line in lines}
    same = {line for line, answer in said.items() if answer == "same"}
    another = {line for line, answer in said.items() if answer == "another"}
    before = upload.said
    upload.say(
        same=tuple(sorted((set(before.same) - another) | same)),
        another=tuple(sorted((set(before.another) - same) | another)),
    )


def columns(request: HttpRequest, token: str) -> HttpResponse:
    """Which column is which, when the headings do not say."""
    viewer, school, today = asked_by(request)
    upload = _upload(request, token, viewer)
    if upload is None:
        return _to_result(request, school, token)
    file = job.read(upload, school, today)
    form = ColumnsForm(request.POST or None, header=file.header, chosen=dict(file.columns))
    if request.method == "POST" and form.is_valid():
        upload = upload.say(columns=form.columns())
        missing = job.read(upload, school, today).missing
        if not missing:
            saved.remember(
                school=school, header=file.header, columns=upload.said.columns, dates="", by=viewer, at=clock.now()
            )
            return redirect("import-preview", token=token)
        form.add_error(None, f"No column is {' or '.join(missing)} yet. Choose which it is.")
    shown = {"upload": upload, "form": form, "rows": _beside(form, file), "missing": file.missing}
    return render(request, "imports/columns.html", shown, status=422 if form.errors else 200)


def _beside(form: ColumnsForm, file: RollFile) -> list[tuple[object, str]]:
    """Each question with what stands in that column."""
    return [
        (field, ", ".join(row[place][:40] for row in file.samples if place < len(row) and row[place]))
        for place, field in enumerate(form)
    ]


@require_POST
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    viewer, school, today = asked_by(request)
    upload = _upload(request, token, viewer)
    if upload:
        job.start(upload, school, viewer, clock.now(), today, request.POST.get("seen", ""))
    return redirect("import-progress", token=token)


@require_safe
def progress(request: HttpRequest, token: str) -> HttpResponse:
    """How far it has come; works by looking again when scripts are off."""
    viewer, school, _ = asked_by(request)
    upload = _upload(request, token, viewer)
    if job.done(school, token) or upload is None:
        return _to_result(request, school, token)
    state = job.state_of(upload)
    if state.refused:
        messages.error(request, state.refused)
        return _go(request, reverse("import-preview", args=[token]))
    return render(request, "imports/progress.html", {"upload": upload, "job": state})


def _to_result(request: HttpRequest, school: Institution, token: str) -> HttpResponse:
    run = job.done(school, token)
    if run is None:
        raise Http404("no such upload")
    return _go(request, reverse("import-result", args=[run.key]))


def _go(request: HttpRequest, url: str) -> HttpResponse:
    """A polling fragment is told to change the page; a page is redirected."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)


@require_safe
def result(request: HttpRequest, key: str) -> HttpResponse:
    viewer, school, _ = asked_by(request)
    require(viewer, access.ROLL_IMPORT, access.WRITE)
    run = get_object_or_404(ImportRun, key=key, institution=school)
    why_not = undoing.why_not(run)
    problems = sorted(run.problems, key=lambda problem: (problem["level"], problem["line"] or 0))
    return render(request, "imports/result.html", {"run": run, "why_not": why_not, "problems": problems[:200]})


@require_POST
def undo(request: HttpRequest, key: str) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.ROLL_IMPORT, access.WRITE)
    run = get_object_or_404(ImportRun, key=key, institution=school)
    try:
        undoing.undo(run=run, by=viewer, at=clock.now(), on=today)
        messages.success(request, f"{run.file_name} has been taken back. The roll is as it was before it.")
    except undoing.CannotUndoError as refusal:
        messages.error(request, str(refusal))
    return redirect("import-result", key=key)


@require_POST
def drop(request: HttpRequest, token: str) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    upload = _upload(request, token, viewer)
    if upload and not upload.is_claimed:
        upload.drop()
        messages.success(request, "Nothing was imported, and the file has been deleted.")
    return redirect("imports")


def _upload(request: HttpRequest, token: str, viewer: Viewer) -> Waiting | None:
    """The file this person brought, if it still waits."""
    require(viewer, access.ROLL_IMPORT, access.WRITE)
    upload = waiting.find(job.home(), token)
    return upload if upload and upload.said.account == viewer.account_id else None
