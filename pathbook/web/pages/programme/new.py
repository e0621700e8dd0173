"""Planning an activity, from nothing, from a kind or from a template of the school's own; and keeping such templates."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pathbook import clock
from pathbook.framework import kinds
from pathbook.people import access
from pathbook.people.keys import is_key, new_key
from pathbook.people.models import Institution
from pathbook.records.actions import planning_year
from pathbook.records.actions import programme as act
from pathbook.records.models import Activity, ActivityTemplate
from pathbook.reports.invited import preview
from pathbook.web.door import asked_by, require
from pathbook.web.pages.programme.forms import PlanForm, day_said, template_initial


def new(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    first = _begins(school, request.GET.get("from", "")) | {"starts_on": day_said(request.GET.get("on", ""), today)}
    form = PlanForm(request.POST or None, initial=first, today=today, school=school)
    token = request.POST.get("token", "")
    said: dict[str, Any] = {"form": form, "token": token if is_key(token) else new_key(), "begun": first}
    if request.method != "POST" or not form.is_valid():
        return render(request, "programme/new.html", said | _choices(school), status=422 if form.errors else 200)
    counted = preview(school, form.details(), on=today)
    if "count" in request.POST:
        return render(request, "programme/new.html", said | _choices(school) | {"counted": counted})
    made = act.plan_once(details=form.details(), school=school, token=said["token"], by=viewer, at=clock.now())
    words = f"{made.title} is planned. {counted.in_words}"
    messages.success(request, words, extra_tags=f"undo:{reverse('activity-take-out', args=[made.key])}")
    return redirect("activity", key=made.key)


def _begins(school: Institution, said: str) -> dict[str, Any]:
    """A kind's code or a template's key; anything else begins from nothing."""
    if said in kinds.KINDS:
        return {"kind": said, "title": "", "hours": 1}
    found = ActivityTemplate.objects.filter(institution=school, key=said).first() if said else None
    return template_initial(found.shape) if found else {"hours": 1}


def _choices(school: Institution) -> dict[str, Any]:
    return {
        "kinds": kinds.KINDS.values(),
        "templates": ActivityTemplate.objects.filter(institution=school).order_by("title", "pk"),
    }


@require_POST
def keep(request: HttpRequest, key: str) -> HttpResponse:
    viewer, school, _ = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    found = get_object_or_404(Activity.objects.not_withdrawn().of_our_own(), key=key, institution=school)
    planning_year.keep_as_template(activity=found, by=viewer, at=clock.now())
    messages.success(request, f"{found.title} is kept as a template: begin others from it when you plan an activity.")
    return redirect("activity", key=key)


@require_POST
def drop(request: HttpRequest, key: str) -> HttpResponse:
    viewer, school, _ = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    found = get_object_or_404(ActivityTemplate, key=key, institution=school)
    planning_year.drop_template(template=found, by=viewer, at=clock.now())
    messages.success(request, f"The template {found.title} is gone. What was begun from it stays.")
    return redirect("plan-activity")
