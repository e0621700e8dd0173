"""Requests: find one student by number, see what erasing them would do, and erase them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from pathbook import clock
from pathbook.audit import record
from pathbook.people import access
from pathbook.people.models import Erasure, Institution, Student
from pathbook.people.visibility import students_writable_by
from pathbook.privacy.due import due_on
from pathbook.privacy.erasing import erase
from pathbook.privacy.preview import preview_of
from pathbook.privacy.whom import NotOneError, student_with
from pathbook.reports.erasures import erasures_of
from pathbook.web.door import asked_by, require
from pathbook.web.pages.requests.forms import CopyForm, EraseForm, WhomForm
from pathbook.web.pages.requests.job import after_erasing


def requests(request: HttpRequest) -> HttpResponse:
    """The number is posted, so that it stands in no address and no log of addresses."""
    viewer, school, _ = asked_by(request)
    require(viewer, access.ERASURE, access.WRITE)
    form = WhomForm(request.POST or None)
    found = whom(form, school) if request.method == "POST" else None
    return redirect("erase-student", key=found.key) if found else page(request, form=form)


def page(request: HttpRequest, *, form: WhomForm | None = None, copy: CopyForm | None = None) -> HttpResponse:
    """`form` or `copy`: the one that was sent, where something is wrong with it."""
    _, school, today = asked_by(request)
    wrong = next((one for one in (form, copy) if one and one.errors), None)
    said = {"form": form or WhomForm(), "copy": copy or CopyForm(today=today), "wrong": wrong,
            "erasures": erasures_of(school), "due": due_on(school, on=today)}  # fmt: skip
    return render(request, "requests/requests.html", said, status=422 if wrong else 200)


def whom(form: WhomForm, school: Institution) -> Student | None:
    """The student meant; none where the form then says what is wrong."""
    if not form.is_valid():
        return None
    try:
        return student_with(form.cleaned_data["number"], school)
    except NotOneError as problem:
        form.add_error("number", f"{str(problem)[0].upper()}{str(problem)[1:]}.")
        return None


def erase_student(request: HttpRequest, key: str) -> HttpResponse:
    viewer, school, today = asked_by(request)
    reach = students_writable_by(viewer, today, access.ERASURE)
    student = get_object_or_404(reach.filter(erasure=None), key=key)
    form = EraseForm(request.POST or None, student=student)
    if request.method == "POST" and form.is_valid():
        erase(students=[student], school=school, why=Erasure.Why.REQUEST, reason=form.cleaned_data["reason"], by=viewer,
              at=clock.now())  # fmt: skip
        messages.success(request, "Erased. Every total is as it was. Backups made before now still name them.")
        for problem in after_erasing(school):
            messages.warning(request, problem)
        return redirect("requests")
    record.reading(by=viewer, at=clock.now(), student_id=student.pk)
    said = {"form": form, "shown": preview_of(student, school, on=today)}
    return render(request, "requests/erase.html", said, status=422 if form.errors else 200)
