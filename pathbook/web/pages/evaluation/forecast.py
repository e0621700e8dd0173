"""The year's end from here, and what if there were one more."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pathbook.framework.kinds import KINDS, PROVIDER_TYPES
from pathbook.framework.sets import SETS, set_in_force
from pathbook.framework.what_if import Answer, Idea
from pathbook.framework.years import YEAR_GROUPS, AcademicYear
from pathbook.people import access
from pathbook.reports.forecast import ahead_of, answer_at_once, answer_of
from pathbook.reports.forecast_page import HEADINGS, file_rows, forecast_page, moved
from pathbook.web import download
from pathbook.web.door import asked_by, require
from pathbook.web.fields import day, whole

ASKED_OF = ("employer_encounter", "workplace_experience", "provider_encounter", "he_visit", "labour_market_information")
SOON = timedelta(days=28)


class IdeaForm(forms.Form):
    """One more activity. Sent by its address, so that the answer can be passed on."""

    kind = forms.ChoiceField(
        label="What would it be?", choices=[(code, KINDS[code].label) for code in ASKED_OF],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose what it would be."),
    )  # fmt: skip
    provider_type = forms.ChoiceField(
        label="Which kind of provider", required=False, choices=[("", "Does not matter"), *PROVIDER_TYPES.items()],
        error_messages={"invalid_choice": "Choose a kind of provider listed."},
    )  # fmt: skip
    years = forms.TypedMultipleChoiceField(
        label="For whom?", coerce=int, choices=[(group, f"Year {group}") for group in YEAR_GROUPS],
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(("required", "invalid_choice", "invalid_list"), "Choose at least one year group."),
    )  # fmt: skip
    places = whole("How many places?", called="the places", at_least=1, at_most=10_000)
    on = day("On which day?", called="the day", required=False)
    technical = forms.BooleanField(label="About technical routes or apprenticeships", required=False)

    def __init__(self, *args: Any, today: date, until: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.until = today, until

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"] or min(self.today + SOON, self.until)
        if not self.today <= on <= self.until:
            raise forms.ValidationError(f"Choose a day from today to {self.until:%-d %b %Y}.")
        return on

    def idea(self) -> Idea:
        said = self.cleaned_data
        return Idea(
            said["kind"], tuple(said["years"]), said["on"], said["places"], said["provider_type"], said["technical"]
        )


@require_safe
def forecast(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.EVALUATION)
    set_id = _set(request, today)
    ahead = ahead_of(school, set_id=set_id, as_of=today)
    form = IdeaForm(request.GET if "kind" in request.GET else None, today=today, until=ahead.until)
    said = {
        "shown": forecast_page(ahead), "until": ahead.until, "set_id": set_id, "sets": SETS, "form": form,
        "today": today, "may_plan": viewer.may(access.PROGRAMME, access.WRITE), "query": f"set={set_id}",
    }  # fmt: skip
    if form.is_bound and form.is_valid():
        said |= _said(form.idea(), answer_of(ahead, form.idea()))
    return render(request, "evaluation/forecast.html", said, status=422 if form.errors else 200)


@require_safe
def answer(request: HttpRequest) -> HttpResponse:
    """The answer alone, for the page that asks; its address becomes the page's, so that it can be passed on."""
    viewer, school, today = asked_by(request)
    require(viewer, access.EVALUATION)
    set_id = _set(request, today)
    form = IdeaForm(request.GET, today=today, until=AcademicYear.of(today).last_day)
    said: dict[str, Any] = {"form": form, "may_plan": viewer.may(access.PROGRAMME, access.WRITE)}
    if form.is_valid():
        said |= _said(form.idea(), answer_at_once(school, form.idea(), set_id=set_id, as_of=today))
    shown = render(request, "evaluation/_answer.html", said)
    shown["HX-Push-Url"] = f"{reverse('forecast')}?{request.GET.urlencode()}#what-if"
    return shown


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.EVALUATION)
    set_id = _set(request, today)
    rows = file_rows(ahead_of(school, set_id=set_id, as_of=today))
    return download.file_of(request, kind, download.Table(f"forecast-{set_id}-{today}", HEADINGS, rows))


def _set(request: HttpRequest, today: date) -> str:
    chosen = request.GET.get("set", "")
    return chosen if chosen in SETS else set_in_force(today)


def _said(idea: Idea, found: Answer) -> dict[str, object]:
    return {"answer": found, "moved": moved(found), "idea": idea, "kind": KINDS[idea.kind].label}
