"""The year's programme, logging an activity for many at once, and one activity with who came."""

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.people.keys import is_key, new_key
from pathbook.people.models import Institution
from pathbook.records.actions import attendance, inviting
from pathbook.records.actions import log as logging_act
from pathbook.records.actions import programme as programme_act
from pathbook.records.models import Activity, Participation, Provider
from pathbook.reports.activity import activity_page
from pathbook.reports.by_rule import by_rule
from pathbook.reports.employers import asked_of
from pathbook.reports.invited import clashes_in_words, preview
from pathbook.reports.programme import ProgrammePage, programme_of
from pathbook.reports.roster import roster, whom_choices
from pathbook.reports.surveys import surveyed_after
from pathbook.web import download
from pathbook.web.door import asked_by, require
from pathbook.web.moments import moment_of, number_of
from pathbook.web.pages.activities.forms import LogForm, initial_of
from pathbook.web.pages.programme.forms import PlanForm, plan_initial


@require_safe
def programme(request: HttpRequest) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    shown = _programme(request)
    may = {
        "can_log": viewer.may(access.ACTIVITIES, access.WRITE),
        "can_plan": viewer.may(access.PROGRAMME, access.WRITE),
    }
    return render(request, "activities/programme.html", {"shown": shown} | may)


def _programme(request: HttpRequest) -> ProgrammePage:
    viewer, school, today = asked_by(request)
    require(viewer, access.PROGRAMME)
    year = request.GET.get("year", "")
    chosen = AcademicYear(int(year)) if year.isascii() and year.isdigit() and len(year) == 4 else AcademicYear.of(today)
    only = request.GET.get("show") == "unconfirmed"
    return programme_of(viewer, school, year=chosen, on=today, only_unconfirmed=only)


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The year's activities as the page shows them."""
    shown = _programme(request)
    headings = ("Term", "Starts", "Ends", "Activity", "Kind", "With", "Attended", "Planned", "State")
    rows = [
        (term.label, line.activity.starts_on, line.activity.ends_on, line.activity.title, line.kind, line.provider,
         line.attended, line.planned, line.state)
        for term in shown.terms for line in term.lines
    ]  # fmt: skip
    return download.file_of(request, kind, download.Table(f"activities-{shown.year.start}", headings, rows))


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    return _first_step(request, [])


@require_POST
def log_for(request: HttpRequest) -> HttpResponse:
    """From a list of students: the same form, with the ticked students handed over."""
    return _first_step(request, request.POST.getlist("who"))


def _first_step(request: HttpRequest, keys: list[str]) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.ACTIVITIES, access.WRITE)
    whom = whom_choices(viewer, school, on=today)
    initial = {"starts_on": today, "hours": 1, "whom": whom[0][1][0][0] if whom and len(whom[0][1]) == 1 else ""}
    form = LogForm(initial=initial, today=today, whom=whom, keys=keys)
    return render(request, "activities/log.html", _log_page(form, school, keys, new_key()))


def _log_page(form: LogForm, school: Institution, keys: list[str], token: str) -> dict[str, object]:
    providers = Provider.objects.filter(institution=school).order_by("name").values_list("name", flat=True)
    return {"form": form, "keys": keys, "token": token, "providers": providers}


@require_POST
def who_came(request: HttpRequest) -> HttpResponse:
    """The second step: everyone ticked, untick who was absent. Nothing is saved yet."""
    viewer, school, today = asked_by(request)
    require(viewer, access.ACTIVITIES, access.WRITE)
    form, keys = _posted(request)
    if not form.is_valid():
        return render(
            request, "activities/log.html", _log_page(form, school, keys, request.POST.get("token", "")), status=422
        )
    names = roster(viewer, school, whom=form.cleaned_data["whom"], keys=keys, on=today)
    planned = form.cleaned_data["starts_on"] > today
    said = {"form": form, "names": names, "keys": keys, "planned": planned, "token": request.POST.get("token", "")}
    return render(request, "activities/who_came.html", said)


def _posted(request: HttpRequest) -> tuple[LogForm, list[str]]:
    viewer, school, today = asked_by(request)
    keys = request.POST.getlist("who")
    return LogForm(request.POST, today=today, whom=whom_choices(viewer, school, on=today), keys=keys), keys


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Save the activity and everyone's part in it at once; the same form sent twice makes one."""
    viewer, school, today = asked_by(request)
    require(viewer, access.ACTIVITIES, access.WRITE)
    form, keys = _posted(request)
    if not form.is_valid():
        return render(
            request, "activities/log.html", _log_page(form, school, keys, request.POST.get("token", "")), status=422
        )
    names = roster(viewer, school, whom=form.cleaned_data["whom"], keys=keys, on=today)
    came, planned = set(request.POST.getlist("came")), form.cleaned_data["starts_on"] > today
    statuses = {one.pk: _status(one.key in came, planned) for one in names if one.key in came or not planned}
    said = request.POST.get("token", "")
    token = said if is_key(said) else new_key()
    try:
        activity, logged = logging_act.log(
            details=form.details(), statuses=statuses, token=token, school=school, by=viewer, at=clock.now(), on=today
        )
    except attendance.NoPlaceError as full:
        form.add_error("capacity", str(full))
        shown = _log_page(form, school, keys, token)
        return render(request, "activities/log.html", shown, status=422)
    except Activity.DoesNotExist:  # the token is the key of an activity of another school
        raise Http404 from None
    _tell(request, activity, logged)
    return redirect("activity", key=activity.key)


def _status(came: bool, planned: bool) -> str:
    if planned:
        return Participation.Status.PLANNED
    return Participation.Status.ATTENDED if came else Participation.Status.ABSENT


def _tell(request: HttpRequest, activity: Activity, logged: attendance.Logged | None) -> None:
    if activity.withdrawn_at:
        messages.info(request, f"{activity.title} was undone after this form was sent. To record it, log it again.")
        return
    if logged is None:
        messages.info(request, f"{activity.title} was already saved. Nothing was recorded twice.")
        return
    words = f"{activity.title}: {logged.attended} attended, {logged.other} did not."
    if activity.starts_on > clock.today():
        words = f"{activity.title}: {logged.other} invited."
    if activity.capacity and logged.attended + logged.other > activity.capacity:
        words += f" That is more than its {activity.capacity} places."
    messages.success(request, words, extra_tags=f"undo:{_undo_address(activity, logged.at)}")


def _undo_address(activity: Activity, at: datetime) -> str:
    return reverse("activity-undo", args=[activity.key, number_of(at)])


@require_safe
def activity(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    found = _find(request, key)
    shown = activity_page(found, viewer, on=today)
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
        "surveyed": surveyed_after(found, on=today) if viewer.may(access.SURVEY_TOTALS) else (),
    }
    return render(request, "activities/activity.html", said)


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
    parts = Participation.objects.filter(activity=found).values_list("student_id", "student__key")
    said = {pk: request.POST.get(f"s-{student}", "") for pk, student in parts}
    statuses = {pk: status for pk, status in said.items() if status in allowed}
    try:
        logged = attendance.record_attendance(
            activity=found, statuses=statuses, by=viewer, at=clock.now(), visible_on=today
        )
    except attendance.NoPlaceError as full:
        messages.error(request, str(full))
        return redirect("activity", key=key)
    words = (
        f"{logged.changed} student{'' if logged.changed == 1 else 's'} corrected."
        if logged.changed
        else "Nothing was different."
    )
    tags = f"undo:{_undo_address(found, logged.at)}" if logged.changed else ""
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
