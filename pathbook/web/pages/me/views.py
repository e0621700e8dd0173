"""A student's own pages: my next step, my record, my plan; and what they say back. Opening any of them is noted."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.audit import record
from pathbook.exchange.portable.keys import published
from pathbook.people import access
from pathbook.people.keys import is_key, new_key
from pathbook.people.models import Student
from pathbook.people.visibility import students_writable_by
from pathbook.records.actions import closing, voice
from pathbook.records.actions.aspirations import record_aspiration
from pathbook.records.models import Participation
from pathbook.records.queries.actions import actions_owned_by
from pathbook.reports import mine as report
from pathbook.reports.hopes import hope_held
from pathbook.reports.open_surveys import open_surveys, waiting_for
from pathbook.sheets.printing import note
from pathbook.sheets.students import student_records
from pathbook.uptake.actions import sharing_goal
from pathbook.uptake.queries.goals import shows_goal
from pathbook.web.door import asked_by
from pathbook.web.moments import moment_of, number_of
from pathbook.web.pages.guidance.hoped import occupations_meant
from pathbook.web.pages.me.forms import AskForm, ReflectForm, WishForm, WrongForm


def me(request: HttpRequest) -> Student:
    """Whoever is signed in as a student is one; nobody else has this page."""
    viewer, _, today = asked_by(request)
    return get_object_or_404(students_writable_by(viewer, today, access.VOICE))


def _noted(request: HttpRequest) -> Student:
    """Opening their own record counts (Benchmark 3)."""
    viewer, _, _ = asked_by(request)
    student = me(request)
    record.reading(by=viewer, at=clock.now(), student_id=student.pk, own=True)
    return student


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    student = _noted(request)
    shown = report.mine_of(student, viewer, school, on=today)
    asks = waiting_for(viewer, open_surveys(viewer, school, on=today, student=student), on=today)
    on_board = shows_goal(student)
    return render(request, "me/home.html", {"shown": shown, "today": today, "on_board": on_board, "asks": asks})


@require_POST
def goal(request: HttpRequest) -> HttpResponse:
    """May my form see what I want on the board? Only ever the hope that stands there now."""
    viewer, _, _ = asked_by(request)
    student = me(request)
    if request.POST.get("show") == "yes":
        done = sharing_goal.share(student=student, by=viewer, at=clock.now())
        messages.success(request, "Your form may see it on the board." if done else "Say what you want first.")
    else:
        sharing_goal.keep_to_myself(student=student, by=viewer, at=clock.now())
        messages.success(request, "Your form does not see it.")
    return redirect("me")


@require_safe
def my_record(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    student = _noted(request)
    shared = report.shared_of(student, school, on=today)
    return render(request, "me/record.html", {"shared": shared, "done": report.done_of(student, viewer)})


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    student = _noted(request)
    shown = report.plan_page(student, viewer, school, on=today)
    return render(request, "me/plan.html", {"shown": shown, "today": today})


@require_safe
def readers(request: HttpRequest) -> HttpResponse:
    return render(request, "me/readers.html", {"readers": report.readers_of(me(request))})


@require_POST
def done(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    me(request)
    action = get_object_or_404(actions_owned_by(viewer, today), key=key)
    said = closing.close(actions=[action], closing=closing.Closing("done"), by=viewer, at=clock.now(), on=today)
    if said.actions:
        undo = f"undo:{reverse('my-action-undo', args=[number_of(said.at)])}"
        messages.success(request, f"Well done. “{action.what}” is marked as done.", extra_tags=undo)
    else:
        messages.info(request, "That was marked already.")
    return redirect("me")


@require_POST
def undo(request: HttpRequest, at: int) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    me(request)
    try:
        closing.reopen(said_at=moment_of(at), by=viewer, at=clock.now())
        messages.success(request, "It is back on your list.")
    except closing.ActionRefusedError as problem:
        messages.error(request, str(problem))
    return redirect("me")


def wish(request: HttpRequest) -> HttpResponse:
    viewer, _, today = asked_by(request)
    student = me(request)
    form = WishForm(request.POST or None)
    if request.method == "POST" and request.POST.get("act") != "look" and form.is_valid():
        record_aspiration(student=student, hoped=form.hoped(), said_on=today, by=viewer, at=clock.now())
        messages.success(request, "Saved. What you said before is kept too.")
        return redirect("me")
    said = {
        "form": form,
        "hope": hope_held(student, on=today),
        **occupations_meant(form["words"].value() or "", form["soc2020"].value() or ""),
    }
    refused = request.method == "POST" and bool(form.errors) and request.POST.get("act") != "look"
    return render(request, "me/wish.html", said, status=422 if refused else 200)


def ask(request: HttpRequest) -> HttpResponse:
    viewer, _, today = asked_by(request)
    student = me(request)
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        asked = voice.ask_for_guidance(student=student, words=words, by=viewer, at=clock.now(), on=today)
        messages.success(
            request, "You have asked. An adviser will find you a time." if asked else "You have asked already."
        )
        return redirect("me")
    return render(request, "me/ask.html", {"form": form}, status=422 if form.errors else 200)


def wrong(request: HttpRequest) -> HttpResponse:
    viewer, _, today = asked_by(request)
    student = me(request)
    form = WrongForm(request.POST or None, initial={"token": new_key()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        key = said["token"] if is_key(said["token"]) else new_key()
        voice.say_wrong(
            student=student, about=said["about"], words=said["words"], key=key, by=viewer, at=clock.now(), on=today
        )
        messages.success(request, "Thank you. A person will look at it, and the answer appears on your home page.")
        return redirect("me")
    return render(request, "me/wrong.html", {"form": form}, status=422 if form.errors else 200)


def reflect(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    part = get_object_or_404(Participation.objects.attended().select_related("activity"), pk=pk, student=me(request))
    form = ReflectForm(request.POST or None, initial={"words": part.reflection})
    if request.method == "POST" and form.is_valid():
        voice.reflect(participation=part, words=form.cleaned_data["words"], by=viewer, at=clock.now())
        messages.success(request, "Saved. It stands on your record and goes with you when you leave.")
        return redirect("my-record")
    return render(request, "me/reflect.html", {"form": form, "part": part}, status=422 if form.errors else 200)


@require_safe
def take_pdf(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    mine = Student.objects.filter(pk=me(request).pk)
    made = student_records(
        mine, viewer, school, on=today, fingerprint=published(settings.PATHBOOK_FOLDER, school).fingerprint
    )
    note(made, by=viewer, at=clock.now())
    return HttpResponse(
        made.file,
        content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="my-record.pdf"'},
    )
