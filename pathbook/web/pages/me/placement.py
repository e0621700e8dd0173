"""A student's work placement on their own pages: naming a host, what is waiting, a journal, what they made of it."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from pathbook import clock
from pathbook.audit import record
from pathbook.framework import placements as rule
from pathbook.records.actions import placement_journal, placing
from pathbook.records.actions.placing import PlacementRefusedError
from pathbook.records.models import Placement, PlacementForm
from pathbook.reports.my_placements import my_placements
from pathbook.web.door import asked_by
from pathbook.web.pages.me.forms import DayForm, HostForm, ProposeForm, ReflectForm
from pathbook.web.pages.me.views import me


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    viewer, _, today = asked_by(request)
    student = me(request)
    record.reading(by=viewer, at=clock.now(), student_id=student.pk, own=True)
    return render(request, "me/placement.html", {"shown": my_placements(student, on=today), "today": today})


def propose(request: HttpRequest) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    student, form = me(request), ProposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("host", "email", "aim")}
        try:
            placing.propose(student=student, days=form.days(), by=viewer, at=clock.now(), **said)
            messages.success(request, "Sent to the school. They look at it and ask the employer.")
            return redirect("my-placement")
        except PlacementRefusedError as problem:
            form.add_error(None, str(problem))
    return _form(request, form, "Find a work placement")


def host(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    one = _mine(request, key)
    aim = PlacementForm.objects.filter(placement=one, party=rule.STUDENT).values_list("words", flat=True).first()
    form = HostForm(request.POST or None, initial={"host": one.named_host, "email": one.named_email, "aim": aim or ""})
    if one.host_id:
        del form.fields["host"], form.fields["email"]
    if request.method == "POST" and form.is_valid():
        said = {"host": "", "email": "", **form.cleaned_data}
        try:
            placing.name_host(placement=one, by=viewer, at=clock.now(), **said)
            messages.success(request, "Saved. The school sees it.")
            return redirect("my-placement")
        except PlacementRefusedError as problem:
            form.add_error(None, str(problem))
    return _form(request, form, "Your work placement")


def day(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    one = _mine(request, key)
    last = min(today, one.ends_on)
    form = DayForm(request.POST or None, initial={"on": request.GET.get("on", last)})
    if request.method == "POST" and form.is_valid():
        said = {"day": form.cleaned_data["on"], "words": form.cleaned_data["words"]}
        try:
            placement_journal.write_day(placement=one, by=viewer, at=clock.now(), on=today, **said)
            messages.success(request, "Saved in your journal.")
            return redirect("my-placement")
        except PlacementRefusedError as problem:
            form.add_error("on", str(problem))
    return _form(request, form, "Your journal")


def reflect(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    one = _mine(request, key)
    form = ReflectForm(request.POST or None, initial={"words": one.reflection})
    if request.method == "POST" and form.is_valid():
        placement_journal.reflect(placement=one, words=form.cleaned_data["words"], by=viewer, at=clock.now())
        messages.success(request, "Saved. It stands on your record and goes with you when you leave.")
        return redirect("my-placement")
    return _form(request, form, "What you made of it")


def _mine(request: HttpRequest, key: str) -> Placement:
    rows = Placement.objects.standing().select_related("host__provider")
    return get_object_or_404(rows, student=me(request), key=key)


def _form(request: HttpRequest, form: forms.Form, title: str) -> HttpResponse:
    said = {"form": form, "title": title}
    return render(request, "me/placement_form.html", said, status=422 if form.errors else 200)
