"""One agreed action: what became of it with what shows it, put right, or agreed outside a meeting."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from pathbook import clock
from pathbook.audit import record
from pathbook.people import access
from pathbook.people.keys import is_key, new_key
from pathbook.people.visibility import students_writable_by
from pathbook.records.actions import agreeing, closing
from pathbook.records.models import Action
from pathbook.records.queries.actions import actions_closable_by, actions_visible_to
from pathbook.reports.board import action_page
from pathbook.web.door import asked_by
from pathbook.web.pages.actions.forms import CloseForm, WhatForm, initial_of
from pathbook.web.pages.actions.views import say_closed


def action(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    found = _find(request, key)
    may_change = students_writable_by(viewer, today, access.ACTIONS).filter(pk=found.student_id).exists()
    shown = action_page(found, viewer, on=today, may_change=may_change)
    form = CloseForm(request.POST or None, shown=shown, initial={"outcome": "done"})
    if request.method == "POST":
        get_object_or_404(actions_closable_by(viewer, today), pk=found.pk)
        if form.is_valid() and _close(request, found, form):
            return redirect("student-guidance", key=found.student.key)
    else:
        record.reading(by=viewer, at=clock.now(), student_id=found.student_id)
    said = {"shown": shown, "form": form, "change": WhatForm(initial=initial_of(found))}
    return render(request, "actions/action.html", said, status=422 if form.errors else 200)


def _close(request: HttpRequest, found: Action, form: CloseForm) -> bool:
    viewer, _, today = asked_by(request)
    try:
        say_closed(request, closing.close(actions=[found], closing=form.closing(), by=viewer, at=clock.now(), on=today))
    except closing.ActionRefusedError as problem:
        form.add_error(None, str(problem))
        return False
    return True


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
    return get_object_or_404(
        actions_visible_to(viewer, today).select_related("student", "meeting", "activity"), key=key
    )


def _writable(request: HttpRequest) -> QuerySet[Action]:
    viewer, _, today = asked_by(request)
    students = students_writable_by(viewer, today, access.ACTIONS)
    return actions_visible_to(viewer, today).filter(student__in=students).select_related("student")
