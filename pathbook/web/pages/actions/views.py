"""The follow-up board: narrowed, closed, carried on or reminded for many at once, and undone."""

from collections.abc import Mapping
from dataclasses import replace

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.framework.years import YEAR_GROUPS
from pathbook.people import access
from pathbook.people.keys import is_key
from pathbook.people.visibility import students_writable_by
from pathbook.records.actions import closing, reminding
from pathbook.records.models import Action
from pathbook.records.queries.actions import actions_closable_by
from pathbook.records.queries.owners import unsent_to
from pathbook.reports.board import STATES, board_of
from pathbook.web import download
from pathbook.web.door import asked_by, require
from pathbook.web.moments import moment_of, number_of
from pathbook.web.pages.actions.forms import OWNERS, CloseForm, asked_of

MOST = 300  # of one bulk act


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    return _board(request, CloseForm(), 200)


def _board(request: HttpRequest, form: CloseForm, status: int) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.ACTIONS)
    shown = board_of(viewer, school, on=today, asked=asked_of(request.GET))
    said = {
        "shown": shown, "owners": _owners(shown.owners), "states": STATES, "years": YEAR_GROUPS, "form": form,
        "ticked": request.POST.getlist("who"), "mail": bool(settings.EMAIL_HOST), "back": request.GET.urlencode(),
        "unsent": unsent_to(school) if shown.may_remind else (),
    }  # fmt: skip
    return render(request, "actions/board.html", said, status=status)


def _owners(counts: Mapping[str, int]) -> list[tuple[str, str, int]]:
    return [(code, label, counts[code]) for code, label in OWNERS.items()]


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The board as narrowed."""
    viewer, school, today = asked_by(request)
    require(viewer, access.ACTIONS)
    shown = board_of(viewer, school, on=today, asked=replace(asked_of(request.GET), page=1, per=100_000))
    students = [action.student_id for action in shown.page.object_list]
    headings = ("Student", "Group", "Action", "Whose", "Due", "Reminded", "Outcome", "With evidence")
    rows = (
        (r.name, r.form, r.what, r.whose, r.due, r.reminded and localtime(r.reminded).date(), r.outcome,
         "Yes" if r.proved else "")
        for r in shown.rows
    )  # fmt: skip
    return download.file_of(request, kind, download.Table("actions", headings, rows, students))


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Those ticked, all with one outcome. The list comes back as it was narrowed."""
    viewer, _, today = asked_by(request)
    require(viewer, access.ACTIONS)
    form = CloseForm(request.POST)
    ticked = _ticked(request)
    if not ticked:
        form.add_error(None, "Tick the actions this is about.")
    if not form.is_valid():
        return _board(request, form, 422)
    try:
        done = closing.close(actions=ticked, closing=form.closing(), by=viewer, at=clock.now(), on=today)
    except closing.ActionRefusedError as problem:
        form.add_error(None, str(problem))
        return _board(request, form, 422)
    say_closed(request, done, back=request.GET.urlencode())
    return redirect(f"{reverse('actions')}?{request.GET.urlencode()}")


def say_closed(request: HttpRequest, done: closing.Closed, *, back: str) -> None:
    """What was closed, with its undo, which leads `back`; and what somebody had closed already."""
    if done.actions:
        many = len(done.actions)
        words = done.actions[0].get_outcome_display().lower()
        undo = f"undo:{reverse('reopen-actions', args=[number_of(done.at)])}?{back}"
        messages.success(request, f"{many} action{'s' if many != 1 else ''}: {words}.", extra_tags=undo)
    if done.left:
        messages.warning(request, f"{len(done.left)} had been closed by somebody else meanwhile and stay as they are.")


@require_POST
def remind(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.ACTIONS, access.WRITE)
    written = students_writable_by(viewer, today, access.ACTIONS).filter(institution=school)
    rows = Action.objects.still_open(today).filter(student__in=written, key__in=request.POST.getlist("who")[:MOST])
    actions = list(rows.select_related("student", "meeting__adviser__account"))
    done = reminding.remind(actions=actions, school=school, where=_where(request), by=viewer, at=clock.now(), on=today)
    messages.success(request, _said(done)) if actions else messages.error(request, "Tick the actions to remind of.")
    if done.failed:
        messages.error(request, f"The mail could not be sent to {', '.join(done.failed)}. Tell them, or remind again.")
    return redirect(f"{reverse('actions')}?{request.GET.urlencode()}")


def _where(request: HttpRequest) -> reminding.Where:
    return reminding.Where(
        request.build_absolute_uri(f"{reverse('actions')}?owner=mine"), request.build_absolute_uri("/")
    )


def _said(done: reminding.Reminded) -> str:
    said = [f"{done.actions} reminded: shown on the owner's own page"]
    said[0] += f", and {done.mailed} written to." if settings.EMAIL_HOST else "."
    said += [] if settings.EMAIL_HOST else ["No mail is set up, so nobody was written to."]
    said += [f"{done.already} had been reminded today already."] if done.already else []
    said += [f"For {done.nobody} no owner can sign in: tell them yourself."] if done.nobody else []
    return " ".join(said)


@require_POST
def undo(request: HttpRequest, at: int) -> HttpResponse:
    """Back to where it was closed: the board as it was narrowed, or the one action."""
    viewer, _, _ = asked_by(request)
    require(viewer, access.ACTIONS)
    try:
        done = closing.reopen(said_at=moment_of(at), by=viewer, at=clock.now())
        stay = f" {done.left} changed since and stay closed." if done.left else ""
        messages.success(request, f"Undone: {done.actions} open again.{stay}")
    except closing.ActionRefusedError as problem:
        messages.error(request, str(problem))
    one = request.GET.get("of", "")
    return redirect("action", key=one) if is_key(one) else redirect(f"{reverse('actions')}?{request.GET.urlencode()}")


def _ticked(request: HttpRequest) -> list[Action]:
    viewer, _, today = asked_by(request)
    keys = request.POST.getlist("who")[:MOST]
    return list(actions_closable_by(viewer, today).filter(key__in=keys).order_by("pk"))
