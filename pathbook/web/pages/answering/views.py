"""Answering a survey: for whoever is signed in, and for whoever holds a code. An anonymous answer leaves no trace here."""

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_safe

from pathbook import clock
from pathbook.people.joining import as_typed
from pathbook.people.visibility import Viewer
from pathbook.reports.open_surveys import audience_of, who_asked
from pathbook.uptake.actions import survey_codes
from pathbook.uptake.actions.answering import AnsweredError, Answerer, ClosedError
from pathbook.uptake.actions.answering import answer as send
from pathbook.uptake.models import Survey, SurveyMark
from pathbook.uptake.models.survey import CLOSED
from pathbook.uptake.queries.asked import one_asked
from pathbook.web.door import asked_by
from pathbook.web.pages.answering.forms import AnswerForm, CodeForm
from pathbook.web.pages.sign_in.adapters import TOO_MANY

NO_SUCH_CODE = "That code does not work: check each letter, or ask for a new one. Codes stop when the survey closes."

OTHER_PROMISE = "Read above how your answers are kept: it is not what this page said before. Then send again."


def answer(request: HttpRequest, key: str) -> HttpResponse:
    viewer, school, today = asked_by(request)
    survey = get_object_or_404(Survey, key=key, institution=school, is_released=True, opens_on__lte=today)
    audience, student = audience_of(viewer, today)
    asked = who_asked(survey, viewer, student, on=today) if audience == survey.audience else None
    if asked is None:
        raise Http404
    mark = SurveyMark.objects.filter(survey=survey, student=asked.student_id, account=asked.account_id)
    if mark.exists():
        return redirect("answer-thanks")
    if survey.state(today) == CLOSED:
        return render(request, "answering/thanks.html", {"home": True, "closed": survey})
    return _asked(request, survey, Answerer(asked), viewer, "answer-thanks")


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "answering/thanks.html", {"home": True})


def by_code(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = as_typed(form.cleaned_data["code"])
        if survey_codes.find(code, on=clock.today()):
            return redirect("say-code", code=code)
        form.add_error("code", _refused(request))
    return render(request, "answering/code.html", {"form": form}, status=422 if form.errors else 200)


def answer_by_code(request: HttpRequest, code: str) -> HttpResponse:
    """Open to strangers: the code is all they have, and it opens this one form once."""
    found = survey_codes.find(code, on=clock.today())
    if found is None:
        return render(request, "answering/code.html", {"form": CodeForm(), "over": _refused(request)}, status=404)
    if found.is_used:
        return redirect("say-thanks")
    whose = one_asked(found.survey, on=clock.today(), student=found.student_id) if found.student_id else None
    if found.student_id and whose is None:  # they left, or are asked no more: never an answer under nobody's name
        return render(request, "answering/code.html", {"form": CodeForm(), "over": NO_SUCH_CODE}, status=404)
    return _asked(request, found.survey, Answerer(whose, found), None, "say-thanks")


@require_safe
def code_thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "answering/thanks.html")


def _asked(request: HttpRequest, survey: Survey, who: Answerer, by: Viewer | None, after: str) -> HttpResponse:
    form = AnswerForm(
        request.POST if request.method == "POST" else None, questions=survey.asks, version=who.version(survey)
    )
    if not form.asked:
        raise Http404
    if request.method == "POST" and request.POST.get("named") != str(survey.is_named):
        form.add_error(None, OTHER_PROMISE)
    elif request.method == "POST" and form.is_valid():
        try:
            send(survey=survey, said=form.said(), who=who, by=by, at=clock.now(), on=clock.today())
        except ClosedError as problem:
            form.add_error(None, str(problem))
        except AnsweredError:
            return redirect(after)
        else:
            return redirect(after)
    said = {"survey": survey, "form": form, "school": survey.institution, "draft": _draft(survey, who)}
    return render(request, "answering/answer.html", said, status=422 if form.errors else 200)


def _refused(request: HttpRequest) -> str:
    """Only wrong codes are counted: a whole year group answers from one address."""
    return NO_SUCH_CODE if ratelimit.consume(request, action="joining_code") else TOO_MANY


def _draft(survey: Survey, who: Answerer) -> str:
    """What the browser calls a half-filled form, so that on a shared machine nobody is shown another's."""
    whose = who.code.pk if who.code else (who.asked.student_id, who.asked.account_id) if who.asked else 0
    return salted_hmac("pathbook.survey-draft", f"{survey.key} {whose}", algorithm="sha256").hexdigest()[:20]
