"""Who has been kept long enough, how long that is, and erasing them all in one act."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.people import access, retention
from pathbook.people.keys import is_key, new_key
from pathbook.people.retention import retention_of
from pathbook.privacy.due import due_on
from pathbook.privacy.elsewhere_of_many import mentions_of_many
from pathbook.web.door import asked_by, require
from pathbook.web.pages.requests import job
from pathbook.web.pages.requests.forms import AgreeForm, KeepForm


@require_safe
def due(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, keep: KeepForm | None = None, agree: AgreeForm | None = None) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.ERASURE, access.WRITE)
    kept = retention_of(school)
    stands = {"after_leaving": kept.after_leaving, "notes_after_13": kept.notes_after_13}
    said = {
        "shown": due_on(school, on=today), "keep": keep or KeepForm(initial=stands), "agree": agree or AgreeForm(),
        "wrong": keep or agree, "token": new_key(),
    }  # fmt: skip
    return render(request, "requests/due.html", said, status=422 if keep or agree else 200)


@require_POST
def keep_for(request: HttpRequest) -> HttpResponse:
    viewer, school, _ = asked_by(request)
    require(viewer, access.ERASURE, access.WRITE)
    form = KeepForm(request.POST)
    if not form.is_valid():
        return _page(request, keep=form)
    retention.keep_for(school=school, **form.cleaned_data, by=viewer, at=clock.now())
    messages.success(request, "Saved. The notices say so from now on.")
    return redirect("due")


@require_POST
def erase_due(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.ERASURE, access.WRITE)
    form = AgreeForm(request.POST)
    if not form.is_valid():
        return _page(request, agree=form)
    token = request.POST.get("token", "")
    token = token if is_key(token) else new_key()
    job.start(token, school, request.POST.get("seen", ""), viewer, clock.now(), today)
    return redirect("erase-progress", token=token)


@require_safe
def named(request: HttpRequest) -> HttpResponse:
    """Where the records of others name those who are due: those stay, so a person looks before."""
    viewer, school, today = asked_by(request)
    require(viewer, access.ERASURE, access.WRITE)
    students = [one.student for one in due_on(school, on=today).records]
    found = mentions_of_many(students, school)
    rows = [(one, found[one.pk]) for one in students if one.pk in found]
    places = sum(len(said) for _, said in rows)
    return render(request, "requests/named.html", {"rows": rows, "due": len(students), "places": places})


@require_safe
def progress(request: HttpRequest, token: str) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    require(viewer, access.ERASURE, access.WRITE)
    state = job.state_of(token) if is_key(token) else None
    if state is None:
        raise Http404
    return render(request, "requests/progress.html", {"job": state})
