"""The list of an activity that invites by rule, brought up to date with the roll."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from pathbook import clock
from pathbook.people import access
from pathbook.records.actions import attendance, inviting
from pathbook.records.models import Activity
from pathbook.web.door import asked_by, require


@require_POST
def invite(request: HttpRequest, key: str) -> HttpResponse:
    """Put down whom its rule invites as the roll stands now, and take off whom it no longer does."""
    viewer, school, today = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    rows = Activity.objects.not_withdrawn().of_our_own().select_related("institution")
    found = get_object_or_404(rows, key=key, institution=school)
    try:
        done = inviting.put_down(activity=found, by=viewer, at=clock.now(), on=today)
        messages.success(request, _said(done))
    except attendance.NoPlaceError as full:
        messages.error(request, str(full))
    return redirect("activity", key=key)


def _said(done: inviting.Invited) -> str:
    if not done.added and not done.off:
        return "The list was right already."
    off = f" {done.off} whom it no longer invites are taken off." if done.off else ""
    return f"{done.added} put down by the rule.{off}"
