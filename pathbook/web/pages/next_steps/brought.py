"""Where leavers went, brought in from a list: choose it, see what it would write, then all of it or nothing."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.exchange.programme.people import Known
from pathbook.exchange.roll import waiting
from pathbook.exchange.roll.waiting import Said, Waiting
from pathbook.exchange.went import WentFile, read_went
from pathbook.framework.destinations import SOURCES
from pathbook.people import access
from pathbook.people.models import Student
from pathbook.people.visibility import Viewer, students_writable_by
from pathbook.records.actions.next_steps import record_destinations
from pathbook.records.queries.next_steps import codes_of
from pathbook.web.door import require
from pathbook.web.moments import number_of
from pathbook.web.pages.imports import job
from pathbook.web.pages.imports.forms import PastForm
from pathbook.web.pages.next_steps.asking import staff_asking
from pathbook.web.pages.next_steps.nav import nav

MOST = 200  # rows shown


class WentForm(PastForm):
    """Which list, and by whose word."""

    source = forms.ChoiceField(
        label="Whose list is it?", choices=[("", ""), *SOURCES.items()],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Say whose list it is."),
    )  # fmt: skip


def _asking(request: HttpRequest) -> Viewer:
    viewer, _, _ = staff_asking(request)
    require(viewer, access.ASPIRATIONS, access.WRITE)
    return viewer


def choose(request: HttpRequest) -> HttpResponse:
    viewer = _asking(request)
    form = WentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (upload := _kept(request, form, viewer)):
        return redirect("import-went-preview", token=upload.token)
    return render(
        request, "next_steps/bring.html", {"form": form, "nav": nav(viewer)}, status=422 if form.errors else 200
    )


def _kept(request: HttpRequest, form: WentForm, viewer: Viewer) -> Waiting | None:
    """Kept if it can be read at all; if not, the form says why and nothing is."""
    file = form.cleaned_data["file"]
    said = Said(file.name[:200], viewer.account_id, kinds={"source": form.cleaned_data["source"]})
    return job.kept(form, said, lambda upload: _read(request, upload))


def _read(request: HttpRequest, upload: Waiting) -> WentFile:
    viewer, school, today = staff_asking(request)
    reach = set(students_writable_by(viewer, today, access.ASPIRATIONS).values_list("pk", flat=True))
    return read_went(
        upload.path.read_bytes(), upload.said.name, known=Known(school, today), codes=codes_of(school),
        source=upload.said.kinds["source"], today=today, reach=reach,
    )  # fmt: skip


def _upload(token: str, viewer: Viewer) -> Waiting:
    """The file this person brought for this, if it still waits."""
    upload = waiting.find(job.home(), token)
    if upload is None or upload.said.account != viewer.account_id or "source" not in upload.said.kinds:
        raise Http404("no such upload")
    return upload


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    viewer = _asking(request)
    _, school, _ = staff_asking(request)
    upload = _upload(token, viewer)
    file, codes = _read(request, upload), codes_of(school)
    names = Student.objects.in_bulk([row.student for row in file.rows[:MOST]])
    rows = [(names[row.student].name, codes[row.code].label, row.place, row.on) for row in file.rows[:MOST]]
    said: dict[str, Any] = {"upload": upload, "file": file, "rows": rows, "nav": nav(viewer)}
    return render(request, "next_steps/bring_preview.html", said)


@require_POST
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """All of it at once, or nothing; pressed twice, it is written once."""
    viewer = _asking(request)
    upload = _upload(token, viewer)
    if "nothing" in request.POST:
        messages.success(request, "Nothing was written, and the file has been deleted.")
    else:
        at = clock.now()
        made = record_destinations(said=_read(request, upload).rows, on=clock.today(), by=viewer, at=at)
        undo = f"undo:{reverse('undo-next-steps', args=['destination', number_of(at)])}" if made else ""
        messages.success(request, f"{len(made)} destinations written down from {upload.said.name}.", extra_tags=undo)
    upload.drop()
    return redirect("leavers")
