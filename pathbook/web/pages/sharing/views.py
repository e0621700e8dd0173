"""One act on three pages: a student for themselves, a parent for a child under 16, staff for either."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pathbook import clock
from pathbook.audit import record
from pathbook.people import access, objections
from pathbook.people.models import Objection, Student
from pathbook.people.visibility import students_writable_by
from pathbook.web.door import asked_by


class ObjectForm(forms.Form):
    about = forms.ChoiceField(
        label="What is not to be shared?", choices=Objection.About.choices,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose what is not to be shared."),
    )  # fmt: skip


class NotedForm(ObjectForm):
    """As staff note it down: who said so."""

    said_by = forms.ChoiceField(
        label="Who says so?", choices=Objection.Said.choices,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose who says so."),
    )  # fmt: skip


def mine(request: HttpRequest) -> HttpResponse:
    viewer, _, today = asked_by(request)
    student = get_object_or_404(students_writable_by(viewer, today, access.VOICE))
    return _page(request, student, ObjectForm(request.POST or None), "sharing/mine.html", reverse("my-sharing"))


def childs(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    student = get_object_or_404(students_writable_by(viewer, today, access.OBJECTING), key=key)
    form = ObjectForm(request.POST or None)
    return _page(request, student, form, "sharing/mine.html", reverse("child-sharing", args=[key]))


def students(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    student = get_object_or_404(students_writable_by(viewer, today, access.SHARING), key=key)
    form = NotedForm(request.POST or None)
    return _page(request, student, form, "sharing/staff.html", reverse("student-sharing", args=[key]))


def _page(request: HttpRequest, student: Student, form: ObjectForm, template: str, here: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    if request.method == "POST" and form.is_valid():
        try:
            made = objections.object_to_sharing(
                student=student, **form.cleaned_data, by=viewer, at=clock.now(), on=today
            )
            messages.success(request, "Noted. It will not be shared." if made else "That stands already.")
            return redirect(here)
        except objections.NotTheirsError as problem:
            form.add_error(None, str(problem))
    record.reading(by=viewer, at=clock.now(), student_id=student.pk)
    said = {
        "form": form, "student": student, "said": objections.objections_of(student), "here": here,
        "own_right": objections.is_own_right(student, on=today), "may_open": viewer.may(access.IDENTITY),
    }  # fmt: skip
    return render(request, template, said, status=422 if form.errors else 200)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, _, today = asked_by(request)
    reach = students_writable_by(viewer, today, access.OBJECTING) | students_writable_by(viewer, today, access.SHARING)
    found = get_object_or_404(Objection.objects.select_related("student"), pk=pk, student__in=reach)
    try:
        objections.withdraw(objection=found, by=viewer, at=clock.now(), on=today)
        messages.success(request, "Taken back. It may be shared from today.")
    except objections.NotTheirsError as problem:
        messages.error(request, str(problem))
    if viewer.may(access.SHARING):
        return redirect("student-sharing", key=found.student.key)
    return redirect("my-sharing") if viewer.may(access.VOICE) else redirect("child-sharing", key=found.student.key)
