"""A tutor says "read and understood" from the group's page, takes it back, and answers the two-minute check of a term."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pathbook import clock
from pathbook.people import access
from pathbook.people.visibility import Viewer, students_visible_to
from pathbook.reports.my_group import keeps_a_group
from pathbook.reports.tutees import enrolled
from pathbook.uptake.actions import acknowledging
from pathbook.uptake.actions.checking import answer_check
from pathbook.uptake.queries.checks import answers_of, term_of, three_of
from pathbook.web.door import asked_by
from pathbook.web.moments import moment_of, number_of
from pathbook.web.pages.tutor.check import CheckForm, said_of


def require_group(viewer: Viewer) -> None:
    if not keeps_a_group(viewer):
        raise Http404


@require_POST
def understood(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    require_group(viewer)
    student = get_object_or_404(students_visible_to(viewer, today, access.GUIDANCE), key=key)
    at = clock.now()
    if acknowledging.acknowledge(student=student, note=request.POST.get("note", ""), by=viewer, at=at, on=today):
        undo = f"undo:{reverse('undo-understood', args=[number_of(at)])}"
        messages.success(
            request, f"Noted: you have read and understood what was agreed with {student.name}.", extra_tags=undo
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


def check(request: HttpRequest) -> HttpResponse:
    """The two-minute check of this term; once answered, how it went."""
    viewer, school, today = asked_by(request)
    require_group(viewer)
    term = term_of(today)
    if answered := answers_of(viewer.account_id, term):
        return render(request, "tutor/checked.html", {"answers": said_of(answered), "term": term})
    three = three_of([row.student for row in enrolled(viewer, school, today)], viewer.account_id, term)
    if not three:
        raise Http404
    form = CheckForm(request.POST or None, three=three)
    if request.method == "POST" and form.is_valid():
        answer_check(answers=form.answers(), term=term, school=school, by=viewer, at=clock.now())
        return redirect("tutor-check")
    said = {"form": form, "three": three, "term": term}
    return render(request, "tutor/check.html", said, status=422 if form.errors else 200)
