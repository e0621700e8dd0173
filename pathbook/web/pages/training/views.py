"""Staff training: sessions and who came, what each role still lacks, who can do what; and putting a tour away."""

from secrets import token_hex

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.people import access
from pathbook.reports.training import training_of, who_can
from pathbook.uptake.actions import training as actions
from pathbook.uptake.models import TrainingSession
from pathbook.uptake.queries.trained import members
from pathbook.web import download, tours
from pathbook.web.door import asked_by, require
from pathbook.web.pages.training.forms import SessionForm

TAKEN_OUT = "training_taken_out"  # what the session keeps of it


@require_safe
def training(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.TRAINING)
    said = {"shown": training_of(school, on=today), "may_write": viewer.may(access.TRAINING, access.WRITE)}
    return render(request, "training/training.html", said)


@require_safe
def who(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.TRAINING)
    return render(request, "training/who.html", {"people": who_can(school, on=today)})


@require_safe
def training_file(request: HttpRequest, kind: str) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.TRAINING)
    rows = [(one.session.title, one.topic, one.session.held_on, one.came) for one in training_of(school, on=today).held]
    return download.file_of(request, kind, download.Table("training", ("Session", "Topic", "Day", "Came"), rows))


@require_safe
def who_file(request: HttpRequest, kind: str) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.TRAINING)
    rows = [
        (one.member.name, one.member.role_labels, one.last, one.member.signed_in, ", ".join(one.needs))
        for one in who_can(school, on=today)
    ]
    headings = ("Name", "Role", "Last trained", "Signed in", "Still to have")
    return download.file_of(request, kind, download.Table("who-can-do-what", headings, rows))


def new(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.TRAINING, access.WRITE)
    initial = {"token": token_hex(16), "held_on": today, "topic": request.GET.get("topic", "")}
    form = SessionForm(request.POST or None, staff=members(school, on=today), today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        token = form.cleaned_data["token"] or token_hex(16)
        made = actions.hold(session=form.session(), token=token, school=school, by=viewer, at=clock.now())
        messages.success(request, f"{made.title} is written down, with who came.")
        return redirect("training")
    return render(request, "training/session.html", {"form": form}, status=422 if form.errors else 200)


def change(request: HttpRequest, key: str) -> HttpResponse:
    viewer, school, today = asked_by(request)
    one = _session(request, key)
    came = [f"s{pk}" for pk in one.attendances.values_list("staff_id", flat=True)]
    initial = {"title": one.title, "topic": one.topic, "held_on": one.held_on, "who": came}
    form = SessionForm(request.POST or None, staff=members(school, on=today), today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.put_right(of=one, session=form.session(), by=viewer, at=clock.now())
        messages.success(request, "Saved.")
        return redirect("training")
    return render(request, "training/session.html", {"form": form, "one": one}, status=422 if form.errors else 200)


@require_POST
def take_out(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    one = _session(request, key)
    request.session[TAKEN_OUT] = actions.take_out(of=one, by=viewer, at=clock.now())
    messages.success(request, f"{one.title} is taken out.", extra_tags=f"undo:{reverse('training-put-back')}")
    return redirect("training")


@require_POST
def put_back(request: HttpRequest) -> HttpResponse:
    """What this person took out last, as long as they stay signed in."""
    viewer, school, _ = asked_by(request)
    require(viewer, access.TRAINING, access.WRITE)
    if kept := request.session.pop(TAKEN_OUT, None):
        made = actions.put_back(kept=kept, school=school, by=viewer, at=clock.now())
        messages.success(request, f"{made.title} is back, with who came.")
    return redirect("training")


@require_POST
def put_tour_away(request: HttpRequest) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    actions.put_tour_away(by=viewer)
    tours.ask_again(request)
    return redirect("home")


def _session(request: HttpRequest, key: str) -> TrainingSession:
    viewer, school, _ = asked_by(request)
    require(viewer, access.TRAINING, access.WRITE)
    return get_object_or_404(TrainingSession, key=key, institution=school)
