"""A tutor says "read and understood" of one student's notes, from the group's page, and takes it back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from pathbook import clock
from pathbook.people import access
from pathbook.people.visibility import Viewer, students_visible_to
from pathbook.reports.my_group import keeps_a_group
from pathbook.uptake.actions import acknowledging
from pathbook.web.door import asked_by
from pathbook.web.moments import moment_of, number_of


def require_group(viewer: Viewer) -> None:
    if not keeps_a_group(viewer):
        raise Http404


@require_POST
def understood(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    require_group(viewer)
    student = get_object_or_404(students_visible_to(viewer, today, access.GUIDANCE), key=key)
    at = clock.now()
    if acknowledging.acknowledge(student=student, by=viewer, at=at, on=today):
        undo = f"undo:{reverse('undo-understood', args=[number_of(at)])}"
        messages.success(
            request, f"Noted: you have read and understood what is new of {student.name}.", extra_tags=undo
        )
    else:
        messages.info(request, f"Noted: you have seen what is new of {student.name}.")
    return redirect("home")


@require_POST
def undo(request: HttpRequest, at: int) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    require_group(viewer)
    if acknowledging.take_back(said_at=moment_of(at), by=viewer, at=clock.now()):
        messages.success(request, "Taken back. That you read it stays noted.")
    else:
        messages.info(request, "There is nothing to take back.")
    return redirect("home")
