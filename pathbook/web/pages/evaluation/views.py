"""Where the school stands: eight benchmarks, every criterion, the count behind it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pathbook.framework.cohort import ALL
from pathbook.framework.evaluate import Evaluation
from pathbook.framework.sets import FRAMEWORKS, SETS, set_in_force
from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.records.queries.cohorts import may_choose
from pathbook.reports.evaluation import evaluation_of
from pathbook.reports.evaluation_page import CriterionLine, evaluation_page
from pathbook.reports.gap import gap_for, gap_said
from pathbook.web import download
from pathbook.web.door import asked_by, require
from pathbook.web.pages.coverage.views import day_of

HEADINGS = ("Criterion", "What is counted", "Counted", "Of", "Status", "Judged", "Band", "Note")


def _judged(request: HttpRequest) -> Evaluation:
    viewer, school, today = asked_by(request)
    require(viewer, access.NUMBERS)
    as_of, chosen = day_of(request.GET.get("as_of", ""), today), request.GET.get("set", "")
    return evaluation_of(school, set_id=chosen if chosen in SETS else set_in_force(as_of), as_of=as_of)


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Every criterion and its parts, a line each; hidden where the page hides it."""
    viewer, _, _ = asked_by(request)
    judged = _judged(request)
    shown = evaluation_page(judged, named=viewer.reaches_all, links=False)
    lines = [line for section in shown.sections for line in section.criteria] + list(shown.access)
    rows = [_cells(line) for one in lines for line in (one, *one.parts)]
    name = f"evaluation-{judged.set.id}-{judged.as_of.isoformat()}"
    return download.file_of(request, kind, download.Table(name, HEADINGS, rows))


def _cells(line: CriterionLine) -> tuple[object, ...]:
    share = line.share
    note = ", ".join(said for said in (line.over, line.own_rule) if said)
    counts = (share.of, share.out_of) if share else (line.count, "")
    return line.id, line.label or line.statement, *counts, line.status.replace("_", " "), line.judged, line.band, note


def _both(request: HttpRequest) -> HttpResponse:
    """Each benchmark by both sets, the newer first, on the same day."""
    viewer, school, today = asked_by(request)
    require(viewer, access.NUMBERS)
    as_of = day_of(request.GET.get("as_of", ""), today)
    judged = {set_id: evaluation_of(school, set_id=set_id, as_of=as_of) for set_id in SETS}
    shown = {id: evaluation_page(one, named=viewer.reaches_all, links=False) for id, one in judged.items()}
    rows = zip(*(one.sections for one in shown.values()), strict=True)
    said = {
        "both": list(shown.items()), "rows": [tuple(zip(shown, row, strict=True)) for row in rows],
        "as_of": as_of, "year": AcademicYear.of(as_of), "sets": SETS,
    }  # fmt: skip
    return render(request, "evaluation/both.html", said)


@require_safe
def evaluation(request: HttpRequest) -> HttpResponse:
    if request.GET.get("set") == "both":
        return _both(request)
    viewer, school, today = asked_by(request)
    judged = _judged(request)
    as_of, set_id = judged.as_of, judged.set.id
    links = viewer.may(access.ACTIVITIES) and as_of == today and set_id == set_in_force(today)
    words = viewer.may(access.EVALUATION)
    shown = evaluation_page(judged, named=viewer.reaches_all, links=links, words=words)
    said = {
        "shown": shown,
        "gap": gap_said(gap_for(school, as_of=as_of), named=viewer.reaches_all),
        "as_of": as_of,
        "set_id": set_id,
        "sets": SETS,
        "year": judged.academic_year,
        "version": judged.set.version,
        "may_read": words,
        "chosen": judged.cohorts.of(ALL),
        "own_rule": judged.set.rule if judged.set.rule != FRAMEWORKS else "",
        "may_choose": viewer.may(access.EVALUATION, access.WRITE) and may_choose(school.kind),
        "may_state": viewer.may(access.EVALUATION, access.WRITE) and as_of == today,
    }
    return render(request, "evaluation/evaluation.html", said)
