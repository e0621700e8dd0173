"""The board of placements: begun for a year group, sent, reminded of and closed for many at once, and undone."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.people import access
from pathbook.people.visibility import students_writable_by
from pathbook.records.actions import placement_done, placement_forms, placing
from pathbook.records.models import Placement
from pathbook.records.queries.placements import placements_of
from pathbook.reports.placements import LATE, WAITING, board_of
from pathbook.reports.roster import roster
from pathbook.web import download
from pathbook.web.door import asked_by, require
from pathbook.web.moments import moment_of, number_of
from pathbook.web.pages.placements.forms import BeginForm, asked_of

MOST = 400  # of one bulk act


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.ACTIVITIES, access.WRITE)
    shown = board_of(viewer, school, on=today, asked=asked_of(request.GET, today))
    said = {
        "shown": shown,
        "back": request.GET.urlencode(),
        "mail": bool(settings.EMAIL_HOST),
        "LATE": LATE,
        "WAITING": WAITING,
    }
    return render(request, "placements/board.html", said)


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The board as narrowed."""
    viewer, school, today = asked_by(request)
    require(viewer, access.ACTIVITIES, access.WRITE)
    rows = board_of(viewer, school, on=today, asked=asked_of(request.GET, today)).rows
    headings = ("Student", "Group", "Host", "First day", "Last day", "Where it stands", "Student form", "Employer form",
                "Home form", "School", "Late", "To do")  # fmt: skip
    table = (
        (r.name, r.form, r.host, r.starts_on, r.ends_on, r.word, *(mark.word for mark in r.forms),
         "Yes" if r.late else "", r.todo)
        for r in rows
    )  # fmt: skip
    return download.file_of(request, kind, download.Table("placements", headings, table, [r.student_id for r in rows]))


def begin(request: HttpRequest) -> HttpResponse:
    """A placement each for a year group, still without a host."""
    viewer, school, today = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        students = roster(viewer, school, whom=f"year:{form.cleaned_data['year_group']}", keys=(), on=today)
        at = clock.now()
        made = placing.begin(students=[one.pk for one in students], days=form.days(), by=viewer, at=at, on=today)
        undo = f"undo:{reverse('placements-undo-begin', args=[number_of(at)])}" if made else ""
        messages.success(request, _begun(len(made), len(students)), extra_tags=undo)
        return redirect("placements")
    return render(request, "placements/begin.html", {"form": form}, status=422 if form.errors else 200)


def _begun(made: int, asked: int) -> str:
    has = asked - made
    passed = f" {has} {'has' if has == 1 else 'have'} one on those days already." if has else ""
    return f"{made} placement{'s' if made != 1 else ''} begun.{passed}"


@require_POST
def undo_begin(request: HttpRequest, at: int) -> HttpResponse:
    viewer, _, today = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    try:
        gone = placing.undo_begin(said_at=moment_of(at), by=viewer, at=clock.now(), on=today)
        messages.success(request, f"Undone: {gone} taken out again.")
    except placing.PlacementRefusedError as problem:
        messages.error(request, str(problem))
    return redirect("placements")


def ticked(request: HttpRequest) -> list[Placement]:
    """Those named that the viewer may act on: whoever plans the programme, for the students they reach."""
    viewer, school, today = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    mine = students_writable_by(viewer, today, access.ACTIVITIES).filter(institution=school)
    rows = placements_of(mine).filter(key__in=request.POST.getlist("who")[:MOST])
    return list(rows.select_related("student__institution", "host__provider"))


@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Whose turn it is gets the form, by mail where mail is set up; again, it is a reminder."""
    viewer, _, today = asked_by(request)
    rows = ticked(request)
    done = placement_forms.send(placements=rows, where=where(request), by=viewer, at=clock.now(), on=today)
    if rows:
        messages.success(request, _sent(done))
    else:
        messages.error(request, "Tick the placements to send forms for.")
    if done.failed:
        messages.error(request, f"{done.failed} could not be sent. Each says so in its line, with what to do.")
    return back_to(request)


def where(request: HttpRequest) -> placement_forms.Where:
    return placement_forms.Where(
        request.build_absolute_uri("/form/"), request.build_absolute_uri(reverse("my-placement"))
    )


def _sent(done: placement_forms.Sent) -> str:
    said = [f"{done.made} form{'s' if done.made != 1 else ''} asked for"]
    said[0] += f", {done.mailed} by mail." if settings.EMAIL_HOST else "; no mail is set up, so copy the links."
    said += [f"{done.already} had been sent today already."] if done.already else []
    return " ".join(said)


@require_POST
def took_place(request: HttpRequest) -> HttpResponse:
    """Those ticked that are over count; the list comes back as it was narrowed."""
    viewer, school, today = asked_by(request)
    rows, at = ticked(request), clock.now()
    done = placement_done.took_place(placements=rows, school=school, by=viewer, at=at, on=today)
    say_done(request, done, len(rows), number_of(at))
    return back_to(request)


def say_done(request: HttpRequest, done: list[Placement], asked: int, at: int) -> None:
    if not done:
        messages.error(request, "Tick placements that were approved and have begun." if asked else "Tick placements.")
        return
    undo = f"undo:{reverse('placements-undo-done', args=[at])}"
    days = sum(one.days for one in done)
    words = f"{len(done)} placement{'s' if len(done) != 1 else ''} took place: {days} day{'s' if days != 1 else ''} counted."
    messages.success(request, words, extra_tags=undo)


@require_POST
def undo_done(request: HttpRequest, at: int) -> HttpResponse:
    viewer, _, today = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    try:
        placement_done.undo(said_at=moment_of(at), by=viewer, at=clock.now(), on=today)
        messages.success(request, "Undone: nothing of it is counted.")
    except placing.PlacementRefusedError as problem:
        messages.error(request, str(problem))
    return redirect("placements")


def back_to(request: HttpRequest) -> HttpResponse:
    one = request.POST.get("back", "")
    if one and one in request.POST.getlist("who"):
        return redirect("placement", key=one)
    return redirect(f"{reverse('placements')}?{request.GET.urlencode()}")
