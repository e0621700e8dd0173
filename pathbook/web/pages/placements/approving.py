"""Approving those ticked on the board; whoever cannot be approved yet is named with what stands in the way."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from pathbook import clock
from pathbook.people import access
from pathbook.records.actions import placement_approving as act
from pathbook.records.actions.placing import PlacementRefusedError
from pathbook.web.door import asked_by, require
from pathbook.web.moments import moment_of, number_of
from pathbook.web.pages.placements.views import back_to, ticked

NAMED = 8  # in one message; the others say it in their line


@require_POST
def approve(request: HttpRequest) -> HttpResponse:
    rows, at = ticked(request), clock.now()
    done = act.approve_all(placements=rows, by=asked_by(request)[0], at=at)
    if done.done:
        undo = f"undo:{reverse('placements-undo-approve', args=[number_of(at)])}"
        many = len(done.done)
        words = f"{many} placement{'s are' if many > 1 else ' is'} approved. Each student sees it on their own page."
        messages.success(request, words, extra_tags=undo)
    if said := _refused(done) or ("" if rows else "Tick the placements to approve."):
        messages.error(request, said)
    elif not done.done:
        messages.info(request, "They were approved already.")
    return back_to(request)


def _refused(done: act.Approved) -> str:
    """Such as "2 cannot be approved yet. Amara Ode: The host's insurance ends on ..."."""
    if not done.not_yet:
        return ""
    named = [f"{one.placement.student.name}: {one.why}" for one in done.not_yet[:NAMED]]
    more = len(done.not_yet) - NAMED
    rest = [f"And {more} more: each says why in its line."] if more > 0 else []
    return " ".join((f"{len(done.not_yet)} cannot be approved yet.", *named, *rest))


@require_POST
def undo(request: HttpRequest, at: int) -> HttpResponse:
    viewer, _, today = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    try:
        many = act.undo_approval(said_at=moment_of(at), by=viewer, at=clock.now(), on=today)
        messages.success(request, f"Undone: {many} {'is' if many == 1 else 'are'} not approved any more.")
    except PlacementRefusedError as problem:
        messages.error(request, str(problem))
    return redirect("placements")
