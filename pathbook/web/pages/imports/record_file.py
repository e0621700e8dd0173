"""A portable record from another school: whose it is, whether it can be checked, what it would add; and undo."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.exchange.models import RecordRun, TrustedKey
from pathbook.exchange.portable import apply
from pathbook.exchange.portable import undo as undoing
from pathbook.exchange.portable.apply import take_in, trust_and_take_in
from pathbook.exchange.portable.canonical import LARGEST, NotARecordError
from pathbook.exchange.portable.keys import fingerprint
from pathbook.exchange.portable.reading import Trust
from pathbook.exchange.portable.taking_in import Weighed, weigh
from pathbook.exchange.roll import waiting
from pathbook.exchange.roll.waiting import Said, Waiting
from pathbook.people import access
from pathbook.people.keys import new_key
from pathbook.people.models import Student
from pathbook.people.visibility import Viewer, students_visible_to
from pathbook.web.door import asked_by, require
from pathbook.web.pages.imports import job

TRUSTED, UNCHECKED = "trusted", "unchecked"


class RecordForm(forms.Form):
    """Which file."""

    file = forms.FileField(
        label="Portable record", help_text="One file ending in .record.json, as the school or the student gave it.",
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": ".json"}),
        error_messages={"required": "Choose the record's file.", "empty": "This file is empty. Ask for it again."},
    )  # fmt: skip


def records_in(request: HttpRequest) -> HttpResponse:
    """Choose a file; and the records brought in before."""
    viewer, school, _ = asked_by(request)
    require(viewer, access.ROLL_IMPORT, access.WRITE)
    form = RecordForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (upload := _keep(request, form, viewer)):
        return redirect("record-preview", token=upload.token)
    trusted = [(one, fingerprint(one.key)) for one in TrustedKey.objects.filter(institution=school).order_by("school")]
    runs = RecordRun.objects.filter(institution=school).select_related("student").defer("undo").order_by("-pk")[:20]
    return render(request, "imports/records.html", {"form": form, "runs": runs, "trusted": trusted},
                  status=422 if form.errors else 200)  # fmt: skip


@require_POST
def distrust(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop believing one school's key."""
    viewer, school, _ = asked_by(request)
    require(viewer, access.ROLL_IMPORT, access.WRITE)
    trusted = get_object_or_404(TrustedKey, institution=school, pk=pk)
    apply.distrust(trusted=trusted, by=viewer, at=clock.now())
    messages.success(request, f"Records signed with that key of {trusted.school} are no longer shown as checked.")
    return redirect("records-in")


def _keep(request: HttpRequest, form: RecordForm, viewer: Viewer) -> Waiting | None:
    """Keep the file if it is a record; if not, the form says why and nothing is kept."""
    _, school, today = asked_by(request)
    file = form.cleaned_data["file"]
    try:
        weigh(file.read(LARGEST + 1), file.name, school=school, on=today)
    except NotARecordError as refused:
        form.add_error("file", str(refused))
        return None
    return waiting.put(job.home(), new_key(), file.chunks(), Said(file.name[:200], viewer.account_id))


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """What it would add; nothing has changed yet."""
    viewer, school, _ = asked_by(request)
    require(viewer, access.ROLL_IMPORT, access.WRITE)
    if RecordRun.objects.filter(institution=school, key=token).exists():
        return redirect("record-result", key=token)
    upload = _upload(token, viewer)
    return _shown(request, upload, _weighed(request, upload, request.GET.get("student", "")))


def _shown(request: HttpRequest, upload: Waiting, found: Weighed, problem: str = "") -> HttpResponse:
    said = {"upload": upload, "found": found, "counts": found.plan.counts(), "problem": problem,
            "checked": found.record.is_checked, "signed": found.record.trust != Trust.UNSIGNED}  # fmt: skip
    return render(request, "imports/record_preview.html", said, status=422 if problem else 200)


@require_POST
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Take it in, as checked or as not checked; pressed twice, it comes in once."""
    viewer, school, today = asked_by(request)
    require(viewer, access.ROLL_IMPORT, access.WRITE)
    if RecordRun.objects.filter(institution=school, key=token).exists():
        return redirect("record-result", key=token)
    upload, how = _upload(token, viewer), request.POST.get("how", "")
    found = _weighed(request, upload, request.POST.get("student", ""))
    if found.student is None:
        return _shown(request, upload, found, "Say whose record it is.")
    said: dict[str, Any] = {"record": found.record, "student": found.student, "school": school, "by": viewer, "at": clock.now(),
            "on": today, "key": token}  # fmt: skip
    try:
        if how == TRUSTED and found.record.trust == Trust.UNKNOWN:
            trust_and_take_in(**said)
        else:
            take_in(**said, unchecked=how == UNCHECKED)
    except NotARecordError as refused:
        return _shown(request, upload, found, str(refused))
    upload.drop()
    return redirect("record-result", key=token)


@require_safe
def result(request: HttpRequest, key: str) -> HttpResponse:
    run = _run(request, key)
    return render(request, "imports/record_result.html", {"run": run, "why_not": undoing.refusal(run)})


@require_POST
def undo(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    run = _run(request, key)
    try:
        undoing.take_back(run=run, by=viewer, at=clock.now())
        messages.success(request, f"{run.file_name} has been taken back. The student's record is as it was before it.")
    except undoing.CannotUndoError as refused:
        messages.error(request, str(refused))
    return redirect("record-result", key=key)


@require_POST
def drop(request: HttpRequest, token: str) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    require(viewer, access.ROLL_IMPORT, access.WRITE)
    _upload(token, viewer).drop()
    messages.success(request, "Nothing was recorded, and the file has been deleted.")
    return redirect("records-in")


def _run(request: HttpRequest, key: str) -> RecordRun:
    viewer, school, _ = asked_by(request)
    require(viewer, access.ROLL_IMPORT, access.WRITE)
    return get_object_or_404(RecordRun.objects.select_related("student"), key=key, institution=school)


def _upload(token: str, viewer: Viewer) -> Waiting:
    """The file this person brought, if it still waits."""
    upload = waiting.find(job.home(), token)
    if upload is None or upload.said.account != viewer.account_id:
        raise Http404("no such upload")
    return upload


def _weighed(request: HttpRequest, upload: Waiting, chosen: str) -> Weighed:
    """Read again each time: what is here may have changed since. `chosen`: the key of whom a person named."""
    viewer, school, today = asked_by(request)
    named = _named(viewer, chosen)
    return weigh(upload.path.read_bytes(), upload.said.name, school=school, on=today, chosen=named)


def _named(viewer: Viewer, key: str) -> Student | None:
    return students_visible_to(viewer, clock.today()).filter(key=key).first() if key else None
