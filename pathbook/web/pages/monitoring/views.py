"""Rounds of looking at books and lessons: planned, drawn, found and followed up."""

from datetime import timedelta
from secrets import token_hex

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.people import access
from pathbook.reports.monitoring import monitoring_of, round_of
from pathbook.uptake.actions import follow_up_reminding, following_up
from pathbook.uptake.actions.monitoring import NobodyToDrawError, draw_again, plan_round
from pathbook.uptake.models import FollowUp, MonitoringRound
from pathbook.uptake.queries.follow_ups import still_to_do
from pathbook.uptake.queries.to_look_at import subjects_of
from pathbook.uptake.ready import KINDS, OF_A_STUDENT
from pathbook.web.criteria import pages_of_criteria
from pathbook.web.door import asked_by, require
from pathbook.web.pages.monitoring.forms import FollowUpForm, PlanForm

TWO_WEEKS = timedelta(days=14)


@require_safe
def monitoring(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.MONITORING)
    said = {
        "shown": monitoring_of(school, on=today), "kinds": KINDS.items(),
        "may_write": viewer.may(access.MONITORING, access.WRITE), "criteria": pages_of_criteria(viewer, school, on=today),
    }  # fmt: skip
    return render(request, "monitoring/monitoring.html", said)


def new(request: HttpRequest, kind: str) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.MONITORING, access.WRITE)
    if kind not in KINDS:
        raise Http404
    form = PlanForm(request.POST or None, kind=kind, subjects=subjects_of(school, on=today))
    if request.method == "POST" and form.is_valid():
        try:
            made = plan_round(plan=form.plan(), school=school, by=viewer, at=clock.now(), on=today)
        except NobodyToDrawError as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("round", key=made.key)
    said = {"form": form, "kind": KINDS[kind]}
    return render(request, "monitoring/plan.html", said, status=422 if form.errors else 200)


def one_round(request: HttpRequest, key: str) -> HttpResponse:
    """The round; a POST says what follows from it."""
    viewer, school, today = asked_by(request)
    may_write = viewer.may(access.MONITORING, access.WRITE)
    one = found(request, key, access.WRITE if request.method == "POST" else access.READ)
    form = FollowUpForm(request.POST or None, of=one, initial={"token": token_hex(16), "due_on": today + TWO_WEEKS})
    if request.method == "POST" and form.is_valid():
        token = form.cleaned_data["token"]
        following_up.follow_up(of=one, wanted=form.wanted(), token=token, by=viewer, at=clock.now())
        messages.success(request, f"{form.cleaned_data['owner'].name} is asked to do it.")
        return redirect("round", key=key)
    said = {
        "shown": round_of(one, viewer, on=today), "form": form, "may_write": may_write,
        "of_a_student": one.kind in OF_A_STUDENT, "criteria": pages_of_criteria(viewer, school, on=one.drawn_on),
    }  # fmt: skip
    return render(request, "monitoring/round.html", said, status=422 if form.errors else 200)


@require_POST
def draw(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    draw_again(of=found(request, key, access.WRITE), by=viewer, at=clock.now(), on=today)
    messages.success(request, "Drawn again by lot. What was looked at already stays.")
    return redirect("round", key=key)


@require_POST
def follow_up_done(request: HttpRequest, key: str) -> HttpResponse:
    """By whoever monitors, or by whoever was asked to do it, from their home."""
    viewer, _, today = asked_by(request)
    one = _follow_up(request, key)
    following_up.done(of=one, by=viewer, at=clock.now(), on=today)
    messages.success(request, f"“{one.what}” is done.", extra_tags=f"undo:{reverse('follow-up-open', args=[key])}")
    return _back(request, one)


@require_POST
def follow_up_open(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    one = _follow_up(request, key)
    following_up.open_again(of=one, by=viewer, at=clock.now())
    messages.success(request, f"“{one.what}” is open again.")
    return _back(request, one)


@require_POST
def remind(request: HttpRequest) -> HttpResponse:
    """Everybody who still has something to do after a round, once a day."""
    viewer, school, today = asked_by(request)
    require(viewer, access.MONITORING, access.WRITE)
    where, asked = request.build_absolute_uri("/"), still_to_do(school)
    done = follow_up_reminding.remind(follow_ups=asked, where=where, by=viewer, at=clock.now(), on=today)
    messages.success(request, _reminded(done))
    if done.failed:
        messages.error(
            request, f"The mail could not be sent to {', '.join(done.failed)}. Tell them, or remind again tomorrow."
        )
    return redirect("monitoring")


def _reminded(done: follow_up_reminding.Reminded) -> str:
    said = [f"{done.reminded} reminded of: it stands on the first page of whoever was asked"]
    said += [f", and {done.mailed} by e-mail." if settings.EMAIL_HOST else ". No mail is set up."]
    said += [f" {done.already} had been reminded of today already."] if done.already else []
    said += [f" For {done.nobody} whoever was asked cannot sign in: give it to somebody else."] if done.nobody else []
    return "".join(said)


def _back(request: HttpRequest, one: FollowUp) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    at_home = "from" in request.POST or not viewer.may(access.MONITORING)
    return redirect("home") if at_home else redirect("round", key=one.round.key)


def found(request: HttpRequest, key: str, level: str) -> MonitoringRound:
    viewer, school, _ = asked_by(request)
    require(viewer, access.MONITORING, level)
    return get_object_or_404(MonitoringRound.objects.select_related("institution"), key=key, institution=school)


def _follow_up(request: HttpRequest, key: str) -> FollowUp:
    viewer, school, _ = asked_by(request)
    rows = FollowUp.objects.select_related("round").filter(round__institution=school)
    if not viewer.may(access.MONITORING, access.WRITE):
        rows = rows.filter(owner__account=viewer.account_id)
    return get_object_or_404(rows, key=key)
