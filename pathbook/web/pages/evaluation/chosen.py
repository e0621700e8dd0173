"""Choosing whom the criteria are counted over, at a special school or college."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pathbook import clock
from pathbook.people import access
from pathbook.people.keys import is_key, new_key
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.records.actions import choosing
from pathbook.records.models import Cohort
from pathbook.records.queries.cohorts import may_choose
from pathbook.reports.chosen import choices, chosen_page, those
from pathbook.web.door import asked_by, require
from pathbook.web.fields import line


class ChosenForm(forms.Form):
    """Why, and for which criterion; the students are ticked in the list."""

    of = forms.ChoiceField(
        label="Counted over them", required=False, error_messages={"invalid_choice": "Choose a criterion listed."}
    )
    why = line(
        "Why these students", called="the reason", at_most=300, missing="Say in one sentence why these students.",
        help_text="Whom you asked, and why the benchmarks are apt for them. No student’s name.",
    )  # fmt: skip
    everyone = forms.BooleanField(required=False, widget=forms.HiddenInput)
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)

    def __init__(self, *args: Any, of: dict[str, str], ticked: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ticked = ticked
        self.fields["of"].choices = list(of.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not said.get("everyone") and not self.ticked:
            self.add_error(None, "Tick at least one student, or count everyone on the roll again.")
        return said


def chosen(request: HttpRequest) -> HttpResponse:
    """Who is chosen now, and choosing others."""
    viewer, school, _ = asked_by(request)
    require(viewer, access.EVALUATION, access.WRITE)
    if not may_choose(school.kind):
        raise Http404
    if request.method != "POST":
        return _shown(request, viewer, school, None)
    form = ChosenForm(request.POST, of=choices(school), ticked=request.POST.getlist("students"))
    if not form.is_valid():
        return _shown(request, viewer, school, form)
    row = _choose(viewer, school, form)
    undo = f"undo:{reverse('take-back-chosen', args=[row.key])}"
    how_many = "Everyone on the roll" if row.everyone else f"{row.chosen.count()} of {row.on_roll} students"
    messages.success(request, f"{how_many} will be counted from today.", extra_tags=undo)
    return redirect(f"{reverse('chosen')}?of={form.cleaned_data['of']}")


@require_POST
def take_back(request: HttpRequest, key: str) -> HttpResponse:
    viewer, school, _ = asked_by(request)
    require(viewer, access.EVALUATION, access.WRITE)
    row = get_object_or_404(Cohort, institution=school, key=key)
    try:
        choosing.take_back(row=row, by=viewer, at=clock.now())
        messages.success(request, "The choice is taken back. What was chosen before it stands again.")
    except choosing.ChoiceRefusedError as problem:
        messages.error(request, str(problem))
    return redirect("chosen" if may_choose(school.kind) else "evaluation")


def _choose(viewer: Viewer, school: Institution, form: ChosenForm) -> Cohort:
    said, today = form.cleaned_data, clock.today()
    set_id, _, criterion = said["of"].partition(":")
    roll = chosen_page(viewer, school, of=said["of"], on=today).ticks
    students = None if said["everyone"] else those(viewer, school, keys=form.ticked, on=today)
    return choosing.choose(
        school=school, of=(set_id, criterion), students=students, on_roll=len(roll), why=said["why"],
        key=said["token"] if is_key(said["token"]) else new_key(), by=viewer, at=clock.now(), on=today,
    )  # fmt: skip


def _shown(request: HttpRequest, viewer: Viewer, school: Institution, form: ChosenForm | None) -> HttpResponse:
    """What was ticked and typed is kept when something is wrong."""
    asked, known = (form.data if form else request.GET).get("of", ""), choices(school)
    of = asked if asked in known else ""
    shown = chosen_page(viewer, school, of=of, on=clock.today())
    empty = ChosenForm(initial={"of": of, "token": new_key()}, of=known, ticked=[])
    ticked = set(form.ticked) if form else {one.found.key for one in shown.ticks if one.ticked}
    said = {"shown": shown, "form": form or empty, "ticked": ticked, "wrong": form}
    return render(request, "evaluation/chosen.html", said, status=422 if form else 200)
