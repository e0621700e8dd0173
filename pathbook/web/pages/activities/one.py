"""One activity: who came, its details, corrections, and taking it out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.people import access
from pathbook.records.actions import attendance, inviting
from pathbook.records.actions import log as logging_act
from pathbook.records.actions import programme as programme_act
from pathbook.records.models import Activity, Participation
from pathbook.reports.activity import activity_page
from pathbook.reports.by_rule import by_rule
from pathbook.reports.employers import asked_of
from pathbook.reports.invited import clashes_in_words, preview
from pathbook.reports.surveys import surveyed_after
from pathbook.web.door import asked_by, require
from pathbook.web.moments import moment_of, number_of
from pathbook.web.pages.activities.forms import initial_of
from pathbook.web.pages.employer.forms import AskForm
from pathbook.web.pages.programme.forms import PlanForm, plan_initial


@require_safe
def activity(request: HttpRequest, key: str) -> HttpResponse:
    return activity_shown(request, _find(request, key))


def activity_shown(
    request: HttpRequest, found: Activity, refused: AskForm | None = None, ticked: Mapping[str, str] | None = None
) -> HttpResponse:
    """Its page. What was refused is kept: an employer's address, or who came by the student's key."""
    viewer, _, today = asked_by(request)
    shown = activity_page(found, viewer, on=today)
    if ticked:
        came = (replace(one, status=ticked.get(one.student.key) or one.status) for one in shown.came)
        shown = replace(shown, came=tuple(came))
    said = {
        "shown": shown,
        "statuses": Participation.Status.choices,
        "can_write": viewer.may(access.ACTIVITIES, access.WRITE),
        "can_plan": viewer.may(access.PROGRAMME, access.WRITE),
        "can_consent": viewer.may(access.CONSENT, access.WRITE),
        "by_rule": by_rule(found, on=today),
        "asked": asked_of(found, on=today) if viewer.may(access.PROGRAMME, access.WRITE) else (),
        "base": request.build_absolute_uri("/employer/"),
        "mail": bool(settings.EMAIL_HOST),
        "ask": refused or AskForm(),
        "surveyed": surveyed_after(found, on=today) if viewer.may(access.SURVEY_TOTALS) else (),
    }
    return render(request, "activities/activity.html", said, status=422 if refused or ticked else 200)


def _find(request: HttpRequest, key: str) -> Activity:
    viewer, school, _ = asked_by(request)
    require(viewer, access.PROGRAMME)
    return get_object_or_404(Activity.objects.of_our_own(), key=key, institution=school)


def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change its details; if someone else saved first, both versions are shown and the typing is kept."""
    viewer, school, today = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    found = _find(request, key)
    form = PlanForm(request.POST or None, initial=plan_initial(found), today=today, school=school)
    said = {"form": form, "activity": found, "version": request.POST.get("version", found.version)}
    if request.method != "POST" or not form.is_valid():
        return render(request, "activities/edit.html", said, status=422 if form.errors else 200)
    counted = preview(school, form.details(), on=today, besides=found)
    if "count" in request.POST:
        return render(request, "activities/edit.html", said | {"counted": counted})
    try:
        version = int(request.POST.get("version", "0") or 0)
        programme_act.change(activity=found, details=form.details(), version=version, by=viewer, at=clock.now())
        inviting.keep_up(school=school, by=viewer, at=clock.now(), on=today)
    except (programme_act.ChangedMeanwhileError, ValueError):
        said |= {"theirs": initial_of(found), "version": found.version}
        return render(request, "activities/edit.html", said, status=409)
    messages.success(request, f"{form.cleaned_data['title']} is saved. {clashes_in_words(counted.clashes)}".strip())
    return redirect("activity", key=key)


@require_POST
def correct(request: HttpRequest, key: str) -> HttpResponse:
    """Correct one student, or everyone at once ("confirm who came")."""
    viewer, _, today = asked_by(request)
    require(viewer, access.ACTIVITIES, access.WRITE)
    found = _find(request, key)
    allowed = set(Participation.Status.values)
    parts = list(Participation.objects.filter(activity=found).values_list("student_id", "student__key"))
    said = {pk: request.POST.get(f"s-{student}", "") for pk, student in parts}
    statuses = {pk: status for pk, status in said.items() if status in allowed}
    try:
        logged = attendance.record_attendance(
            activity=found, statuses=statuses, by=viewer, at=clock.now(), visible_on=today
        )
    except attendance.NoPlaceError as full:
        messages.error(request, str(full))
        return activity_shown(request, found, ticked={student: said[pk] for pk, student in parts})
    words = (
        f"{logged.changed} student{'' if logged.changed == 1 else 's'} corrected."
        if logged.changed
        else "Nothing was different."
    )
    tags = f"undo:{undo_address(found, logged.at)}" if logged.changed else ""
    messages.success(request, words, extra_tags=tags)
    return redirect("activity", key=key)


@require_POST
def undo(request: HttpRequest, key: str, at: int) -> HttpResponse:
    viewer, _, today = asked_by(request)
    require(viewer, access.ACTIVITIES, access.WRITE)
    found = _find(request, key)
    try:
        logging_act.undo_log(activity=found, said_at=moment_of(at), by=viewer, at=clock.now(), on=today)
    except attendance.NothingToUndoError as problem:
        messages.error(request, str(problem))
        return redirect("activity", key=key)
    messages.success(request, f"Undone: {found.title} is as it was before.")
    return redirect("activities")


@require_POST
def take_out(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    found = _find(request, key)
    programme_act.withdraw(activity=found, by=viewer, at=clock.now())
    messages.success(
        request,
        f"{found.title} is taken out and counts no more.",
        extra_tags=f"undo:{reverse('activity-put-back', args=[key])}",
    )
    return redirect("activities")


@require_POST
def put_back(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    programme_act.put_back(activity=_find(request, key), by=viewer, at=clock.now())
    messages.success(request, "It is back in the programme.")
    return redirect("activity", key=key)


def undo_address(activity: Activity, at: datetime) -> str:
    return reverse("activity-undo", args=[activity.key, number_of(at)])
