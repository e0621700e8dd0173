"""A student's aspiration added or changed outside a meeting; what they said before is kept."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pathbook import clock
from pathbook.audit import record
from pathbook.people import access
from pathbook.people.models import Student
from pathbook.people.visibility import students_writable_by
from pathbook.records.actions import aspirations
from pathbook.records.models import Aspiration
from pathbook.web.door import asked_by
from pathbook.web.fields import day
from pathbook.web.pages.guidance.hoped import HopedForm, occupations_meant

YEARS_BACK = 10


class HopeForm(HopedForm):
    """As in a write-up, with the day it was said."""

    said_on = day("When did they say it?", called="the day", missing="Say when they said it.")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_said_on(self) -> date:
        said_on: date = self.cleaned_data["said_on"]
        if said_on > self.today:
            raise forms.ValidationError("This day has not come yet. Choose the day they said it.")
        if said_on.year < self.today.year - YEARS_BACK:
            raise forms.ValidationError("Check the year: it is more than ten years ago.")
        return said_on

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and self.hoped() == aspirations.NOTHING:
            self.add_error("words", "Write what they want, or choose a sector or a pathway.")
        return said


def hope(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    student = _find(request, key)
    asks = request.POST.get("act") == "meant"  # what the words may mean, without JavaScript
    form = HopeForm(request.POST or None, initial={"said_on": today}, today=today)
    if request.method == "POST" and not asks and form.is_valid():
        said = aspirations.record_aspiration(
            student=student, hoped=form.hoped(), said_on=form.cleaned_data["said_on"], by=viewer, at=clock.now()
        )
        _tell(request, student, said)
        return redirect("student", key=key)
    if request.method != "POST":
        record.reading(by=viewer, at=clock.now(), student_id=student.pk)
    before = student.aspirations.order_by("-said_on", "-pk")[:5]
    shown = {"student": student, "form": form, "before": before}
    shown |= occupations_meant(form["words"].value() or "", form["soc2020"].value() or "")
    return render(request, "guidance/hope.html", shown, status=422 if form.errors and not asks else 200)


def _tell(request: HttpRequest, student: Student, said: Aspiration | None) -> None:
    if said is None:
        messages.info(request, "This is written down already. Nothing was written twice.")
        return
    undo = reverse("undo-hope", args=[student.key, said.pk])
    messages.success(request, f"What {student.name} hopes for is written down.", extra_tags=f"undo:{undo}")


@require_POST
def undo(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    said = get_object_or_404(Aspiration, pk=pk, student=_find(request, key), meeting=None)
    try:
        aspirations.take_back(aspiration=said, by=viewer, at=clock.now())
        messages.success(request, "Undone: what they said before stands.")
    except aspirations.NotYoursError as problem:
        messages.error(request, str(problem))
    return redirect("student", key=key)


def _find(request: HttpRequest, key: str) -> Student:
    viewer, _, today = asked_by(request)
    return get_object_or_404(students_writable_by(viewer, today, access.ASPIRATIONS), key=key)
