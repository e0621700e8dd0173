"""Classes, so that a subject teacher has students: made from the subjects of the roll, and put right by name."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.people import access
from pathbook.people import classes as act
from pathbook.people.models import Group
from pathbook.reports.classes import classes_of_school, one_class, subjects_of, years_of
from pathbook.web.door import asked_by, require
from pathbook.web.fields import line


class ClassForm(forms.Form):
    """A class: its name, its subject, and the year group it is of."""

    name = line("Name of the class", called="the name", at_most=80, missing="Say what the class is called.",
                help_text="As in the timetable, such as 10A/De1.")  # fmt: skip
    subject = line("Subject", called="the subject", at_most=80, missing="Say which subject it is.",
                   widget=forms.TextInput(attrs={"list": "subjects", "autocomplete": "off"}),
                   help_text="All of the year group who study it by the roll are put in; untick the others next.")  # fmt: skip
    year_group = forms.TypedChoiceField(
        label="Year group", coerce=int,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose the year group."),
    )  # fmt: skip

    def __init__(self, *args: Any, years: tuple[int, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year_group"].choices = [("", "Choose"), *[(str(y), f"Year {y}") for y in years]]  # type: ignore[attr-defined]


def classes(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.ROLL_IMPORT, access.WRITE)
    form = ClassForm(request.POST or None, years=years_of(school, on=today))
    if request.method == "POST" and form.is_valid():
        try:
            made = act.make_class(school=school, **form.cleaned_data, by=viewer, at=clock.now(), on=today)
            messages.success(request, f"{made.name} is made. Look through who is in it.")
            return redirect("one-class", pk=made.pk)
        except act.SameNameError as problem:
            form.add_error("name", str(problem))
    said = {"form": form, "shown": classes_of_school(school, on=today), "subjects": subjects_of(school, on=today)}
    return render(request, "set_up/classes.html", said, status=422 if form.errors else 200)


@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, school, today = asked_by(request)
    found = one_class(viewer, school, _found(request, pk), on=today, asked=request.GET.get("year", ""))
    return render(request, "set_up/one_class.html", {"shown": found})


@require_POST
def members(request: HttpRequest, pk: int) -> HttpResponse:
    """Of the year group that was shown; who of other years is in it stays."""
    viewer, school, today = asked_by(request)
    shown = one_class(viewer, school, _found(request, pk), on=today, asked=request.POST.get("year", ""))
    ticked = set(request.POST.getlist("who"))
    inside = [one.pk for one in shown.names if one.key in ticked]
    of = [one.pk for one in shown.names]
    n = act.set_members(taught=shown.taught, of=of, inside=inside, by=viewer, at=clock.now(), on=today)
    messages.success(request, f"{n} changed in {shown.taught.name}." if n else "Nothing was different.")
    return redirect(f"{reverse('one-class', args=[pk])}?year={shown.year}")


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, _, today = asked_by(request)
    found = _found(request, pk)
    act.end_class(taught=found, by=viewer, at=clock.now(), on=today)
    messages.success(request, f"{found.name} is ended. Who taught it no longer reaches its students.")
    return redirect("school-classes")


def _found(request: HttpRequest, pk: int) -> Group:
    viewer, school, today = asked_by(request)
    require(viewer, access.ROLL_IMPORT, access.WRITE)
    return get_object_or_404(act.classes_on(school, on=today), pk=pk)
