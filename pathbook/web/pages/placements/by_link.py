"""A form of a placement by its link, without an account: of this placement alone, once, and never more than a first name."""

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from pathbook import clock
from pathbook.framework import placements as rule
from pathbook.records.actions import placement_answers, placement_forms
from pathbook.records.models import PlacementForm
from pathbook.web.pages.placements.forms import EmployerForm, FeedbackForm, HomeForm, initial_of

Asked = EmployerForm | HomeForm | FeedbackForm


def form(request: HttpRequest, token: str) -> HttpResponse:
    """Whatever is wrong with the link, the answer is the same."""
    found = _found(request, token)
    if found is None:
        return render(request, "employer/over.html", status=404)
    asked = _asked(request, found)
    if request.method == "POST" and asked.is_valid():
        if placement_answers.answer_by_link(form=found, said=asked.answer(), at=clock.now()):
            return redirect("placement-thanks")
        return render(request, "employer/over.html", status=404)
    said = {"form": asked, "found": found, "one": found.placement}
    return render(request, f"placements/for_{found.party}.html", said, status=422 if asked.errors else 200)


def _asked(request: HttpRequest, found: PlacementForm) -> Asked:
    said = request.POST or None
    if found.party == rule.EMPLOYER:
        known = initial_of(found.placement.host)
        return EmployerForm(
            said, initial=known | {"safeguarding": False, "keeps_data": False}
        )  # agreed to anew each time
    return HomeForm(said) if found.party == rule.PARENT else FeedbackForm(said)


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "placements/thanks.html")


def _found(request: HttpRequest, token: str) -> PlacementForm | None:
    """Guessing from one address comes to an end."""
    if not ratelimit.consume(request, action="employer_form"):
        return None
    return placement_forms.form_of(token, on=clock.today())
