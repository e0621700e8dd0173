"""What a survey found, on the page and as a file: the same figures, the same ones hidden."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from pathbook import clock
from pathbook.audit import record
from pathbook.framework.shares import HIDDEN, WHY_HIDDEN, Share
from pathbook.people import access
from pathbook.people.visibility import students_visible_to
from pathbook.reports.surveys import said_by
from pathbook.uptake.models import Survey
from pathbook.uptake.queries.results import Results, results_of
from pathbook.web import download
from pathbook.web.criteria import pages_of_criteria
from pathbook.web.door import asked_by
from pathbook.web.pages.surveys.views import found


def _results(request: HttpRequest, key: str) -> Results:
    viewer, _, today = asked_by(request)
    survey = found(request, key, access.SURVEY_TOTALS)
    return results_of(survey, on=today, broken_down=viewer.may(access.SURVEYS))


@require_safe
def results(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    shown = _results(request, key)
    said = {
        "shown": shown, "hidden": HIDDEN, "why_hidden": WHY_HIDDEN, "whole": viewer.may(access.SURVEYS),
        "criteria": pages_of_criteria(viewer, shown.survey.institution, on=min(today, shown.survey.closes_on)),
    }  # fmt: skip
    return render(request, "surveys/results.html", said)


@require_safe
def results_file(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    shown = _results(request, key)
    headings = ("Question", "Of", "Answer", "Number", "Out of", "Per cent")
    return download.file_of(request, kind, download.Table("survey-results", headings, _rows(shown)))


@require_safe
def said(request: HttpRequest, key: str, student: str) -> HttpResponse:
    """One student's own answers, for those who answer what students say; opening it is noted."""
    viewer, school, today = asked_by(request)
    someone = get_object_or_404(students_visible_to(viewer, today, access.ANSWERS), key=student)
    survey = get_object_or_404(Survey, key=key, institution=school, is_named=True)
    answers = said_by(survey, someone)
    if answers is None:
        raise Http404
    record.reading(by=viewer, at=clock.now(), student_id=someone.pk)
    return render(request, "surveys/said.html", {"survey": survey, "student": someone, "said": answers})


def _rows(shown: Results) -> Iterator[tuple[object, ...]]:
    for answer in shown.answers:
        for line in answer.lines:
            yield answer.words, "Everyone", line.label, *_cells(line.share)
        for way in answer.ways:
            for line in way.lines:
                yield answer.words, line.label, "Agree", *_cells(line.share)
        for words in answer.comments:
            yield answer.words, "Everyone", words, "", "", ""


def _cells(share: Share | None) -> tuple[object, ...]:
    return (HIDDEN, "", "") if share is None else (share.of, share.out_of, share.percent)
