"""What a person does with a proposal: decide a place by hand, work it out again, confirm it, undo it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.allocation.pins import PinsConflict
from pathbook.needs.models import Proposal
from pathbook.needs.places import confirming, proposing
from pathbook.needs.places import deciding as acts
from pathbook.needs.places.proposing import ProposalMovedOnError
from pathbook.people import access
from pathbook.people.models import Student
from pathbook.people.visibility import students_visible_to
from pathbook.records.actions.attendance import NothingToUndoError
from pathbook.records.actions.booking import BookingRefusedError
from pathbook.reports import places as report
from pathbook.web.door import asked_by
from pathbook.web.pages.places import job
from pathbook.web.pages.places.views import find

DONE: dict[acts.Act, str] = {
    "keep": "{} keeps the place",
    "out": "{} is kept out of it",
    "let_go": "The decision about {} is let go",
}


def _student(request: HttpRequest, key: str) -> Student:
    viewer, _, today = asked_by(request)
    return get_object_or_404(students_visible_to(viewer, today, access.NEEDS), key=key)


@require_safe
def by_hand(request: HttpRequest, key: str, student: str) -> HttpResponse:
    found = find(request, key, access.WRITE)
    return render(request, "places/by_hand.html", {"shown": report.by_hand(found, _student(request, student))})


@require_POST
def decide(request: HttpRequest, key: str, student: str) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    found, someone = find(request, key, access.WRITE), _student(request, student)
    offer, said = request.POST.get("offer", ""), request.POST.get("act", "")
    act = next((one for one in DONE if one == said), None)
    if not offer or act is None:
        messages.error(request, "Choose a place first.")
        return redirect("place-by-hand", key=key, student=student)
    if acts.decide(proposal=found, student=someone, offer=offer, act=act, by=viewer, at=clock.now()):
        messages.success(request, f"{DONE[act].format(someone.name)} when it is next worked out.")
    else:
        messages.info(request, "Nothing was different, or it was confirmed meanwhile. This is how it stands now.")
    return redirect("proposal", key=key)


@require_POST
def again(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    found = find(request, key, access.WRITE)
    try:
        made = proposing.again(proposal=found, run=_run(request), by=viewer, at=clock.now(), on=today)
    except PinsConflict as conflict:
        messages.error(request, f"{_by_name(found, str(conflict))} Let go of one of your decisions, then try again.")
        return redirect("proposal", key=key)
    except ProposalMovedOnError as moved:
        messages.error(request, str(moved))
        return redirect("proposal", key=key)
    job.start(made, today)
    messages.success(request, "Worked out again. What you decided stands.")
    return redirect("proposal", key=key)


def _run(request: HttpRequest) -> int:
    said = request.POST.get("run", "")
    return int(said) if said.isdecimal() and len(said) < 6 else 0


def _by_name(found: Proposal, sentence: str) -> str:
    """The allocation knows students by key only."""
    for one in Student.objects.filter(key__in={who for who, _ in found.pins}):
        sentence = sentence.replace(one.key, one.name)
    return sentence


@require_POST
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    found = find(request, key, access.WRITE)
    try:
        done = confirming.confirm(
            proposal=found, better=request.POST.get("answer") == "better", run=_run(request), by=viewer, at=clock.now(),
            on=today,
        )  # fmt: skip
    except ProposalMovedOnError as moved:
        messages.error(request, str(moved))
        return redirect("proposal", key=key)
    words = f"{done.booked:,} meetings booked and {done.enrolled:,} students put down for activities."
    if done.refused:
        words += f" {done.refused:,} places were taken meanwhile: they stand first in the list, each with why."
    messages.success(request, words, extra_tags=f"undo:{reverse('places-undo', args=[key])}")
    return redirect("proposal", key=key)


@require_POST
def undo(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    try:
        confirming.undo(proposal=find(request, key, access.WRITE), by=viewer, at=clock.now(), on=today)
    except (ProposalMovedOnError, BookingRefusedError, NothingToUndoError) as problem:
        messages.error(request, str(problem))
        return redirect("proposal", key=key)
    messages.success(request, "Undone: every meeting and place of this proposal is taken out again.")
    return redirect("proposal", key=key)
