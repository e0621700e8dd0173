"""One agreed action: what became of it with what shows it, put right, opened again, or agreed outside a meeting."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pathbook import clock
from pathbook.people import access
from pathbook.people.keys import is_key, new_key
from pathbook.people.visibility import students_writable_by
from pathbook.records.actions import agreeing, closing
from pathbook.records.models import Action
from pathbook.records.queries.actions import actions_closable_by, actions_visible_to
from pathbook.reports.board import OneAction, action_page
from pathbook.web.door import asked_by
from pathbook.web.pages.actions.forms import CloseForm, WhatForm, ending_of, initial_of
from pathbook.web.pages.actions.views import say_closed
from pathbook.web.pages.students.forms import whole_of


def action(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    found = _find(request, key)
    shown = action_page(found, viewer, on=today)
    form = CloseForm(request.POST or None, shown=shown, initial=ending_of(found))
    if request.method == "POST":
        get_object_or_404(actions_closable_by(viewer, today), pk=found.pk)
        if form.is_valid() and _end(request, shown, form):
            return redirect(_back(request, found))
        shown = action_page(_find(request, key), viewer, on=today)
    else:
        closing.note_opened(action=found, by=viewer, at=clock.now())
    said = {"shown": shown, "form": form, "back": request.GET.urlencode()}
    return render(request, "actions/action.html", said, status=422 if form.errors else 200)


def _back(request: HttpRequest, found: Action) -> str:
    """To the board as it was narrowed, for whoever came from there; else to the student."""
    board = f"{reverse('actions')}?{request.GET.urlencode()}"
    return board if request.GET else reverse("student-guidance", args=[found.student.key])


def _end(request: HttpRequest, shown: OneAction, form: CloseForm) -> bool:
    try:
        return _close(request, shown, form) if shown.action.closed_on is None else _correct(request, shown, form)
    except closing.ActionRefusedError as problem:
        form.add_error(None, str(problem))
        return False


def _close(request: HttpRequest, shown: OneAction, form: CloseForm) -> bool:
    viewer, _, today = asked_by(request)
    done = closing.close(actions=[shown.action], closing=form.closing(), by=viewer, at=clock.now(), on=today)
    if done.left:
        return _meanwhile(form, _find(request, shown.action.key))
    say_closed(request, done, back=f"of={shown.action.key}")
    return True


def _correct(request: HttpRequest, shown: OneAction, form: CloseForm) -> bool:
    """Whoever saw it open is told who closed it; whoever saw how it was closed puts that right."""
    viewer, _, today = asked_by(request)
    version = form.cleaned_data["version"]
    if version != shown.action.version or not shown.may_change:
        return _meanwhile(form, shown.action)
    closing.correct(action=shown.action, closing=form.closing(), version=version, by=viewer, at=clock.now(), on=today)
    messages.success(request, "What became of it is put right.")
    return True


def _meanwhile(form: CloseForm, found: Action) -> bool:
    said = f"{found.closed_by or 'Somebody'} has closed this already: {found.get_outcome_display().lower()}."
    form.add_error(None, f"{said} That stands, and what you typed is still below.")
    return False


@require_POST
def open_again(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    found = get_object_or_404(_writable(request), key=key)
    try:
        version = whole_of(request.POST.get("version", ""), 0, 1_000_000)
        closing.open_again(action=found, version=version, by=viewer, at=clock.now())
        messages.success(request, "It is open again.")
    except closing.ActionRefusedError as problem:
        messages.error(request, str(problem))
    return redirect("action", key=key)


def change(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    found = get_object_or_404(_writable(request), key=key)
    form = WhatForm(request.POST or None, initial=initial_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            agreeing.put_right(action=found, what=form.said(), version=version, by=viewer, at=clock.now())
            messages.success(request, "The action is put right.")
            return redirect("action", key=key)
        except closing.ActionRefusedError as problem:
            form.add_error(None, str(problem))
    said = {"form": form, "student": found.student, "action": found}
    return render(request, "actions/change.html", said, status=422 if form.errors else 200)


def agree(request: HttpRequest, key: str) -> HttpResponse:
    """An action nobody had to meet for."""
    viewer, _, today = asked_by(request)
    student = get_object_or_404(students_writable_by(viewer, today, access.ACTIONS), key=key)
    form = WhatForm(request.POST or None, initial={"token": new_key(), "owner": Action.Owner.STUDENT})
    if request.method == "POST" and form.is_valid():
        token = form.cleaned_data["token"] if is_key(form.cleaned_data["token"]) else new_key()
        try:
            agreeing.agree(student=student, what=form.said(), key=token, by=viewer, at=clock.now(), on=today)
            messages.success(request, "Agreed. It is on the board and on the owner's own page.")
            return redirect("student-guidance", key=key)
        except closing.ActionRefusedError as problem:
            form.add_error("due_on", str(problem))
    return render(
        request, "actions/change.html", {"form": form, "student": student}, status=422 if form.errors else 200
    )


def _find(request: HttpRequest, key: str) -> Action:
    viewer, _, today = asked_by(request)
    known = actions_visible_to(viewer, today).select_related(
        "student", "meeting", "activity", "attended__activity", "met", "applied", "carried_to"
    )
    return get_object_or_404(known, key=key)


def _writable(request: HttpRequest) -> QuerySet[Action]:
    viewer, _, today = asked_by(request)
    students = students_writable_by(viewer, today, access.ACTIONS)
    return actions_visible_to(viewer, today).filter(student__in=students).select_related("student")
