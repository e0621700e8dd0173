"""Making a survey from a ready one, changing it until the first answer, letting it open, closing it, asking again."""

from dataclasses import replace
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from pathbook import clock
from pathbook.people import access
from pathbook.uptake.actions import surveys as actions
from pathbook.uptake.bank import templates
from pathbook.web.door import asked_by, require
from pathbook.web.pages.surveys.forms import EVERYONE, PlanForm, activities_for, aims_of, initial_of, own_of
from pathbook.web.pages.surveys.views import found

TWO_WEEKS = timedelta(days=13)


def new(request: HttpRequest, code: str) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.SURVEYS, access.WRITE)
    ready = templates().get(code)
    if ready is None:
        raise Http404
    initial = {
        "title": ready.title, "whom": EVERYONE, "opens_on": today, "closes_on": today + TWO_WEEKS,
        "how": "named" if ready.is_named else "anonymous", "asks": list(ready.questions),
    }  # fmt: skip
    aims = aims_of(school, ready.audience, on=today)
    events = activities_for(school, ready.audience, on=today)
    form = PlanForm(request.POST or None, initial=initial, audience=ready.audience, aims=aims, activities=events)
    if request.method == "POST" and form.is_valid():
        made = actions.make(template=code, plan=form.plan(), school=school, by=viewer, at=clock.now())
        return redirect("survey-own" if "then_own" in request.POST else "survey", key=made.key)
    said = {"form": form, "ready": ready}
    return render(request, "surveys/plan.html", said, status=422 if form.errors else 200)


def change(request: HttpRequest, key: str) -> HttpResponse:
    viewer, school, today = asked_by(request)
    survey = found(request, key, level=access.WRITE)
    aims = aims_of(school, survey.audience, on=survey.opens_on)
    form = PlanForm(
        request.POST or None, initial=initial_of(survey), audience=survey.audience, aims=aims, own=own_of(survey),
        activities=activities_for(school, survey.audience, on=survey.opens_on),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(survey=survey, plan=form.plan(), by=viewer, at=clock.now(), on=today)
        except actions.REFUSED as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Saved.")
            return redirect("survey", key=key)
    said = {"form": form, "survey": survey}
    return render(request, "surveys/plan.html", said, status=422 if form.errors else 200)


@require_POST
def release(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    survey = found(request, key, level=access.WRITE)
    try:
        actions.release(survey=survey, by=viewer, at=clock.now(), on=today)
    except (actions.NothingAskedError, actions.TooFewError) as problem:
        messages.error(request, str(problem))
    return redirect("survey", key=key)


@require_POST
def close(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    survey = found(request, key, level=access.WRITE)
    actions.close(survey=survey, by=viewer, at=clock.now(), on=today)
    messages.success(request, "Closed. Nobody can answer it any more.")
    return redirect("survey", key=key)


@require_POST
def again(request: HttpRequest, key: str) -> HttpResponse:
    """A new version with the same questions, to change as you like; the old answers stay with the old one."""
    viewer, _, today = asked_by(request)
    old = found(request, key, level=access.WRITE)
    plan = replace(actions.plan_of(old), opens_on=today, closes_on=today + TWO_WEEKS)
    made = actions.make(template=old.template, plan=plan, school=old.institution, by=viewer, at=clock.now())
    return redirect("survey-change", key=made.key)
