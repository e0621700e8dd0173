"""The follow-up board: narrowed, closed, carried on or reminded for many at once, and undone."""

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.framework.years import YEAR_GROUPS
from pathbook.people import access
from pathbook.records.actions import closing, reminding
from pathbook.records.models import Action
from pathbook.records.queries.actions import actions_closable_by, actions_visible_to
from pathbook.reports.board import STATES, Asked, board_of
from pathbook.web import csv
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
        "shown": shown, "owners": _owners(shown.owners, shown.mine), "states": STATES, "years": YEAR_GROUPS, "form": form,
        "ticked": request.POST.getlist("who"), "mail": bool(settings.EMAIL_HOST), "back": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "actions/board.html", said, status=status)


def _owners(counts: object, mine: int) -> list[tuple[str, str, int]]:
    known = counts if isinstance(counts, dict) else {}
    return [(code, label, mine if code == "mine" else known.get(code, 0)) for code, label in OWNERS.items()]


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The board as narrowed, as CSV; noted for each student in it."""
    viewer, school, today = asked_by(request)
    require(viewer, access.ACTIONS)
    asked = asked_of(request.GET)
    whole = Asked(asked.owner, asked.state, asked.year, asked.group, 1, 100_000)
    shown = board_of(viewer, school, on=today, asked=whole)
    with transaction.atomic():
        students = sorted({action.student_id for action in shown.page.object_list})
        exported = [record.Change(Verb.EXPORTED, "student", pk, pk) for pk in students]
        record.changes(by=viewer, at=clock.now(), of=exported)
    headings = ("Student", "Group", "Action", "Whose", "Due", "Outcome", "With evidence")
    rows = ((r.name, r.form, r.what, r.whose, r.due, r.outcome, "Yes" if r.proved else "") for r in shown.rows)
    return csv.table("actions", headings, rows)


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
    say_closed(request, done)
    return redirect(f"{reverse('actions')}?{request.GET.urlencode()}")


def say_closed(request: HttpRequest, done: closing.Closed) -> None:
    """What was closed, with its undo; and what somebody had closed already."""
    if done.actions:
        many = len(done.actions)
        words = done.actions[0].get_outcome_display().lower()
        undo = f"undo:{reverse('reopen-actions', args=[number_of(done.at)])}"
        messages.success(request, f"{many} action{'s' if many != 1 else ''}: {words}.", extra_tags=undo)
    if done.left:
        messages.warning(request, f"{len(done.left)} had been closed by somebody else meanwhile and stay as they are.")


@require_POST
def remind(request: HttpRequest) -> HttpResponse:
    viewer, _, today = asked_by(request)
    require(viewer, access.ACTIONS, access.WRITE)
    rows = actions_visible_to(viewer, today).still_open(today).filter(key__in=request.POST.getlist("who")[:MOST])
    actions = list(rows.select_related("student", "meeting__adviser__account"))
    done = reminding.remind(
        actions=actions, address=request.build_absolute_uri("/"), by=viewer, at=clock.now(), on=today
    )
    messages.success(request, _said(done)) if actions else messages.error(request, "Tick the actions to remind of.")
    if done.failed:
        messages.error(
            request, f"The mail could not be sent to {', '.join(done.failed)}. Tell them yourself, or try again."
        )
    return redirect(f"{reverse('actions')}?{request.GET.urlencode()}")


def _said(done: reminding.Reminded) -> str:
    said = f"{done.actions} reminded: shown on the owner's own page"
    said += (
        f", and {done.mailed} written to." if settings.EMAIL_HOST else ". No mail is set up, so nobody was written to."
    )
    return said + (f" {done.nobody} have an owner with no account: tell them yourself." if done.nobody else "")


@require_POST
def undo(request: HttpRequest, at: int) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    require(viewer, access.ACTIONS)
    try:
        many = closing.reopen(said_at=moment_of(at), by=viewer, at=clock.now())
        messages.success(request, f"Undone: {many} open again.")
    except closing.ActionRefusedError as problem:
        messages.error(request, str(problem))
    return redirect("actions")


def _ticked(request: HttpRequest) -> list[Action]:
    viewer, _, today = asked_by(request)
    keys = request.POST.getlist("who")[:MOST]
    return list(actions_closable_by(viewer, today).filter(key__in=keys).order_by("pk"))
