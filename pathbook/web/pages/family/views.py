"""A parent's or carer's pages: own children only, and only what is shared."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.audit import record
from pathbook.people import access
from pathbook.people.visibility import students_visible_to
from pathbook.records.actions import placement_answers
from pathbook.records.actions.consenting import answer_from_home
from pathbook.records.models import Activity, Consent, Placement
from pathbook.reports.consent import questions_of
from pathbook.reports.family import children_of
from pathbook.reports.my_placements import asked_of_home
from pathbook.reports.open_surveys import open_surveys, waiting_for
from pathbook.web.door import asked_by, require
from pathbook.web.pages.family.forms import PlacementAnswer

SAID: dict[str, str] = {
    Consent.Answer.GIVEN: "Thank you. The school knows that {} may go to {}.",
    Consent.Answer.REFUSED: "Thank you. The school knows that {} may not go to {}.",
}


@require_safe
def family(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.SHARED)
    children = children_of(viewer, school, on=today)
    if len(children) == 1:
        return redirect("child", key=children[0].shared.key)
    asks = waiting_for(viewer, open_surveys(viewer, school, on=today), on=today)
    return render(request, "family/children.html", {"children": children, "asks": asks})


@require_safe
def child(request: HttpRequest, key: str) -> HttpResponse:
    return _child(request, key)


def _child(request: HttpRequest, key: str, refused: PlacementAnswer | None = None) -> HttpResponse:
    """One child's page; what was typed about a placement is kept when it was refused."""
    viewer, school, today = asked_by(request)
    found = next(iter(children_of(viewer, school, on=today, key=key)), None)
    if found is None:
        raise Http404
    record.reading(by=viewer, at=clock.now(), student_id=found.shared.pk)
    asks = waiting_for(viewer, open_surveys(viewer, school, on=today), on=today)
    said = {"child": found, "today": today, "asks": asks, "refused": refused}
    return render(request, "family/child.html", said, status=422 if refused else 200)


@require_POST
def answer(request: HttpRequest, key: str, activity: str) -> HttpResponse:
    """Yes or no to one visit or placement; until it begins the other may be said as easily."""
    viewer, _, today = asked_by(request)
    own = students_visible_to(viewer, today, access.SHARED)
    student = get_object_or_404(own, key=key)
    if activity not in {one.key for one in questions_of(own.filter(pk=student.pk), on=today).get(key, ())}:
        raise Http404
    said, found = request.POST.get("answer", ""), get_object_or_404(Activity, key=activity)
    if said not in SAID:
        messages.error(request, "Choose yes or no.")
    elif answer_from_home(activity=found, student=student, answer=said, by=viewer, at=clock.now(), on=today):
        messages.success(request, SAID[said].format(student.forename, found.title))
    else:
        messages.info(request, "That is what you had said already.")
    return redirect("child", key=key)


@require_POST
def answer_placement(request: HttpRequest, key: str, placement: str) -> HttpResponse:
    """Yes, or no with its reason; until it begins the other may be said as easily."""
    viewer, _, today = asked_by(request)
    own = students_visible_to(viewer, today, access.SHARED)
    student = get_object_or_404(own, key=key)
    if placement not in {one.key for one in asked_of_home(own.filter(pk=student.pk), on=today).get(key, ())}:
        raise Http404
    form = PlacementAnswer(request.POST, of=placement)
    if not form.is_valid():
        return _child(request, key, form)
    found, yes = get_object_or_404(Placement, key=placement), form.cleaned_data["answer"] == "yes"
    why = form.cleaned_data["why"]
    placement_answers.answer_from_home(placement=found, yes=yes, why=why, by=viewer, at=clock.now(), on=today)
    messages.success(request, "Thank you. The school knows your answer.")
    return redirect("child", key=key)
