"""Logging an activity for many at once: what and whom, then who came, then all of it saved."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.people import access
from pathbook.people.keys import is_key, new_key
from pathbook.people.models import Institution
from pathbook.records.actions import attendance
from pathbook.records.actions import log as logging_act
from pathbook.records.models import Activity, Participation, Provider
from pathbook.reports.roster import roster, whom_choices
from pathbook.web.door import asked_by, require
from pathbook.web.pages.activities.forms import LogForm
from pathbook.web.pages.activities.one import undo_address


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


def _again(request: HttpRequest, form: LogForm, school: Institution, keys: list[str]) -> HttpResponse:
    """The first step with what was typed, and what is wrong with it."""
    shown = _log_page(form, school, keys, request.POST.get("token", ""))
    return render(request, "activities/log.html", shown, status=422)


@require_POST
def who_came(request: HttpRequest) -> HttpResponse:
    """The second step: everyone ticked, untick who was absent. Nothing is saved yet."""
    viewer, school, today = asked_by(request)
    require(viewer, access.ACTIVITIES, access.WRITE)
    form, keys = _posted(request)
    if not form.is_valid():
        return _again(request, form, school, keys)
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
        return _again(request, form, school, keys)
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
        return _again(request, form, school, keys)
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
    messages.success(request, words, extra_tags=f"undo:{undo_address(activity, logged.at)}")
