"""The school's surveys: which there are, how far each is, who has not answered, the codes to print."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.people import access
from pathbook.people.keys import is_key, new_key
from pathbook.reports.surveys import chase_of, surveys_of
from pathbook.sheets.square import square
from pathbook.uptake.actions.survey_codes import Slip, codes_for, codes_to_hand_out
from pathbook.uptake.actions.survey_reminding import remind as send_reminders
from pathbook.uptake.bank import ADULT, STUDENTS, VERSIONS, templates
from pathbook.uptake.models import Survey
from pathbook.uptake.models.survey import CLOSED, OPEN
from pathbook.uptake.queries.asked import asked_of
from pathbook.web import download
from pathbook.web.criteria import pages_of_criteria
from pathbook.web.door import asked_by, require
from pathbook.web.pages.answering.forms import AnswerForm
from pathbook.web.pages.surveys.forms import CodesForm, own_of


def found(request: HttpRequest, key: str, part: str = access.SURVEYS, level: str = access.READ) -> Survey:
    """This school's survey, for those who may."""
    viewer, school, _ = asked_by(request)
    require(viewer, part, level)
    rows = Survey.objects.select_related("institution", "tutor_group", "group", "activity")
    return get_object_or_404(rows, key=key, institution=school)


@require_safe
def surveys(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.SURVEY_TOTALS)
    said = {
        "listed": surveys_of(school, on=today), "templates": [one for one in templates().values() if one.questions],
        "blank": [one for one in templates().values() if not one.questions],
        "may_ask": viewer.may(access.SURVEYS, access.WRITE), "may_read": viewer.may(access.SURVEYS),
    }  # fmt: skip
    return render(request, "surveys/surveys.html", said)


@require_safe
def survey(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    one = found(request, key)
    state, chase = one.state(today), chase_of(one, on=today)
    said = {
        "survey": one, "state": state, "chase": chase, "today": today, "own": own_of(one),
        "may_change": not chase.total and state != CLOSED,
        "may_ask": viewer.may(access.SURVEYS, access.WRITE), "may_open": viewer.may(access.ANSWERS),
        "criteria": pages_of_criteria(viewer, one.institution, on=min(today, one.closes_on)),
    }  # fmt: skip
    return render(request, "surveys/survey.html", said)


@require_safe
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """As whoever answers it sees it, in the words of each age."""
    one = found(request, key)
    versions = {code: label for code, label in VERSIONS.items() if (code != ADULT) == (one.audience == STUDENTS)}
    chosen = request.GET.get("for", "")
    version = chosen if chosen in versions else next(iter(versions))
    form = AnswerForm(questions=one.asks, version=version)
    said = {
        "survey": one,
        "form": form,
        "school": one.institution,
        "preview": True,
        "versions": versions,
        "version": version,
    }
    return render(request, "surveys/preview.html", said)


@require_POST
def remind(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    one = found(request, key, level=access.WRITE)
    if one.state(today) != OPEN:
        messages.error(request, "It is not open today, so nobody was reminded.")
        return redirect("survey", key=key)
    where = request.build_absolute_uri(reverse("answer", args=[key]))
    done = send_reminders(survey=one, where=where, by=viewer, at=clock.now(), on=today)
    if done.already:
        messages.info(request, "They were reminded today already. Nobody was reminded twice.")
    else:
        mailed = f" {done.mailed} by e-mail." if done.mailed else ""
        failed = f" Not sent to {', '.join(done.failed)}." if done.failed else ""
        messages.success(request, f"{done.waiting:,} see it on their own page.{mailed}{failed}")
    return redirect("survey", key=key)


def codes(request: HttpRequest, key: str) -> HttpResponse:
    """The sheet is the answer itself: the codes are kept nowhere, so it is shown once."""
    viewer, _, today = asked_by(request)
    one = found(request, key, level=access.WRITE)
    if one.state(today) == CLOSED:
        raise Http404
    asked = asked_of(one, on=today) if one.audience == STUDENTS else ()
    groups = list(dict.fromkeys(who.form for who in asked if who.form))
    form = CodesForm(request.POST or None)
    token = sent if is_key(sent := request.POST.get("token", "")) else new_key()
    if request.method == "POST" and (group := request.POST.get("group", "")) in groups:
        people = [who for who in asked if who.form == group]
        if one.is_named:
            slips = codes_for(people, token=token, survey=one, by=viewer, at=clock.now())
        else:
            slips = codes_to_hand_out(
                sum(not who.has_answered for who in people),
                label=group,
                year_group=people[0].year_group,
                token=token,
                survey=one,
                by=viewer,
                at=clock.now(),
            )
        return _sheet(request, one, slips)
    by_label = one.audience != STUDENTS
    if request.method == "POST" and by_label and form.is_valid():
        said = form.cleaned_data
        slips = codes_to_hand_out(
            said["how_many"], label=said["label"], year_group=None, token=token, survey=one, by=viewer, at=clock.now()
        )
        return _sheet(request, one, slips)
    wrong = request.method == "POST"
    shown = {"survey": one, "form": form, "groups": groups, "by_label": by_label, "wrong": wrong, "token": token}
    return render(request, "surveys/codes.html", shown, status=422 if wrong else 200)


def _sheet(request: HttpRequest, survey: Survey, slips: list[Slip]) -> HttpResponse:
    drawn = [(slip, square(request.build_absolute_uri(reverse("say-code", args=[slip.code])))) for slip in slips]
    where = f"{request.get_host()}{reverse('say')}"
    return render(request, "surveys/codes_sheet.html", {"survey": survey, "slips": drawn, "where": where})


@require_safe
def waiting_file(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """Who has not answered, to chase; never what anybody said."""
    _, _, today = asked_by(request)
    one = found(request, key, level=access.WRITE)
    waiting = [who for form in chase_of(one, on=today).forms for who in form.waiting]
    students = [who.student_id for who in waiting if who.student_id]
    rows = [(who.form, who.name) for who in waiting]
    return download.file_of(request, kind, download.Table("not-answered", ("Group", "Name"), rows, students))
