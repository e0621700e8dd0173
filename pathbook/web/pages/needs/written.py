"""What is written on a student's needs tab: put aside and bring back, barriers, reviews, offers. POST only."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from pathbook import clock
from pathbook.needs import actions
from pathbook.people import access
from pathbook.people.models import Student
from pathbook.people.visibility import Viewer, students_visible_to, students_writable_by
from pathbook.records.actions import support
from pathbook.records.models import AnnualReview, Barrier
from pathbook.reports import needs as report
from pathbook.web.door import asked_by
from pathbook.web.pages.needs.forms import BarrierForm, DismissForm, OfferForm, ReviewForm
from pathbook.web.pages.needs.views import student_said


def _find(request: HttpRequest, key: str, part: str) -> Student:
    """One whose needs this viewer may write, and whose `part` they may read: what is written is seen with it."""
    viewer, _, today = asked_by(request)
    readable = students_visible_to(viewer, today, part)
    return get_object_or_404(students_writable_by(viewer, today, access.NEEDS).filter(pk__in=readable), key=key)


def _refused(request: HttpRequest, someone: Student, **bound: object) -> HttpResponse:
    return render(request, "needs/student.html", student_said(request, someone, **bound), status=422)


@require_POST
def dismiss(request: HttpRequest, key: str) -> HttpResponse:
    viewer, school, today = asked_by(request)
    student = _find(request, key, access.NEEDS)
    form = DismissForm(request.POST, today=today, auto_id=f"%s-{request.POST.get('need', '')[:16]}")
    if not form.is_valid():
        return _refused(request, student, dismiss=form)
    said = form.cleaned_data
    need = report.standing(student, viewer, school, on=today, fingerprint=said["need"])
    if need is None:
        messages.warning(request, "That need has changed meanwhile. Look at it again below.")
        return redirect("student-needs", key=key)
    row = actions.dismiss(student=student, need=need, reason=said["reason"], until=said["until"], by=viewer,
                          at=clock.now(), on=today)  # fmt: skip
    undo = f"undo:/students/{key}/needs/restore/{row.pk}/"
    until = f"{row.until.day} {row.until:%b %Y}"
    messages.success(request, f"Put aside until {until}, or until its facts change.", extra_tags=undo)
    return redirect("student-needs", key=key)


@require_POST
def restore(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    viewer, school, today = asked_by(request)
    student = _find(request, key, access.NEEDS)
    row = report.dismissal_shown(pk, student, viewer, school, on=today)
    if row is None:
        raise Http404
    actions.restore(dismissal=row, by=viewer, at=clock.now())
    messages.success(request, "It is back among the needs.")
    return redirect("student-needs", key=key)


@require_POST
def add_barrier(request: HttpRequest, key: str) -> HttpResponse:
    def write(student: Student, said: dict[str, Any], by: Viewer, on: date) -> str:
        support.record_barrier(student=student, **said, by=by, at=clock.now(), on=on)
        return "Written down. It is among the needs until it is eased."

    return _write(request, key, access.SUPPORT, "barrier", BarrierForm, write)


@require_POST
def plan_review(request: HttpRequest, key: str) -> HttpResponse:
    def write(student: Student, said: dict[str, Any], by: Viewer, on: date) -> str:
        support.plan_review(student=student, due_on=said["due_on"], by=by, at=clock.now())
        return "The day of the review is saved."

    return _write(request, key, access.SUPPORT, "review", ReviewForm, write)


@require_POST
def add_offer(request: HttpRequest, key: str) -> HttpResponse:
    def write(student: Student, said: dict[str, Any], by: Viewer, on: date) -> str:
        support.record_offer(student=student, offered=support.Offered(**said), by=by, at=clock.now())
        return "The offer is saved."

    return _write(request, key, access.ASPIRATIONS, "offer", OfferForm, write)


def _write(
    request: HttpRequest, key: str, part: str, name: str, kind: type[BarrierForm | ReviewForm | OfferForm],
    write: Callable[[Student, dict[str, Any], Viewer, date], str],
) -> HttpResponse:  # fmt: skip
    viewer, _, today = asked_by(request)
    student = _find(request, key, part)
    form = kind(request.POST, today=today)
    if not form.is_valid():
        return _refused(request, student, **{name: form})
    messages.success(request, write(student, form.cleaned_data, viewer, today))
    return redirect("student-needs", key=key)


@require_POST
def ease_barrier(request: HttpRequest, key: str, barrier: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    row = get_object_or_404(Barrier.objects.open(), key=barrier, student=_find(request, key, access.SUPPORT))
    support.ease_barrier(barrier=row, by=viewer, at=clock.now(), on=today)
    messages.success(request, "Eased. It is no longer among the needs.")
    return redirect("student-needs", key=key)


@require_POST
def hold_review(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    row = get_object_or_404(AnnualReview.objects.to_come(), student=_find(request, key, access.SUPPORT))
    support.hold_review(review=row, held_on=today, by=viewer, at=clock.now())
    messages.success(request, "The review is noted as held. Set the day of the next one.")
    return redirect("student-needs", key=key)
