"""An employer's one page: how the day went. Whatever is wrong with the link, the answer is the same."""

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pathbook import clock
from pathbook.framework import kinds
from pathbook.records.actions import employers
from pathbook.records.models import EmployerForm
from pathbook.web.pages.employer.forms import EmployerAnswer


def form(request: HttpRequest, token: str) -> HttpResponse:
    found = _found(request, token)
    if found is None:
        return render(request, "employer/over.html", status=404)
    items = kinds.checklist_for(found.activity.kind, found.activity.also)
    asked = EmployerAnswer(request.POST or None, items=items)
    if request.method == "POST" and found.taken_at is None and asked.is_valid():
        employers.answer(form=found, said=asked.answer(), at=clock.now())
        return redirect("employer-form", token=token)
    said = {"form": asked, "activity": found.activity, "found": found, "again": request.GET.get("again") == "yes"}
    return render(request, "employer/form.html", said, status=422 if asked.errors else 200)


def _found(request: HttpRequest, token: str) -> EmployerForm | None:
    """Guessing from one address comes to an end."""
    if not ratelimit.consume(request, action="employer_form"):
        return None
    return employers.form_of(token, on=clock.today())
