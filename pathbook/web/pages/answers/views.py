"""Answering what students asked for or say is wrong."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.people import access
from pathbook.people.visibility import students_writable_by
from pathbook.records.actions import voice
from pathbook.records.models import Correction, GuidanceRequest
from pathbook.reports.answers import waiting_for
from pathbook.web.door import asked_by, require
from pathbook.web.pages.answers.forms import AnswerForm, ReplyForm

MEANWHILE = "Somebody answered this meanwhile, so nothing was changed."


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, key: str = "", form: AnswerForm | ReplyForm | None = None) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.ANSWERS, access.WRITE)
    shown = waiting_for(viewer, school, on=today)
    rows = {
        "requests": [(one, form if one.key == key else ReplyForm(auto_id=f"{one.key}-%s")) for one in shown.requests],
        "corrections": [
            (one, form if one.key == key else AnswerForm(auto_id=f"{one.key}-%s")) for one in shown.corrections
        ],
    }
    return render(request, "answers/waiting.html", rows | {"form": form}, status=422 if form else 200)


@require_POST
def answer_wrong(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    writable = students_writable_by(viewer, today, access.ANSWERS)
    found = get_object_or_404(Correction, key=key, student__in=writable)
    form = AnswerForm(request.POST, auto_id=f"{key}-%s")
    if not form.is_valid():
        return _page(request, key, form)
    done = voice.answer_wrong(correction=found, **form.cleaned_data, by=viewer, at=clock.now(), on=today)
    messages.success(request, "Answered: the student sees it.") if done else messages.warning(request, MEANWHILE)
    return redirect("answers")


@require_POST
def answer_request(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    writable = students_writable_by(viewer, today, access.ANSWERS)
    found = get_object_or_404(GuidanceRequest, key=key, student__in=writable)
    form = ReplyForm(request.POST, auto_id=f"{key}-%s")
    if not form.is_valid():
        return _page(request, key, form)
    done = voice.answer_request(request=found, **form.cleaned_data, by=viewer, at=clock.now(), on=today)
    messages.success(request, "Answered: the student sees it.") if done else messages.warning(request, MEANWHILE)
    return redirect("answers")
