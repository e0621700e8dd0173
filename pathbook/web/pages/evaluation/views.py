"""Where the school stands: eight benchmarks, every criterion, the count behind it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pathbook.framework.sets import SETS, set_in_force
from pathbook.people import access
from pathbook.reports.evaluation import evaluation_of
from pathbook.reports.evaluation_page import evaluation_page
from pathbook.reports.loop import gap_for, gap_said
from pathbook.web.door import asked_by, require
from pathbook.web.pages.coverage.views import day_of


@require_safe
def evaluation(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.NUMBERS)
    as_of = day_of(request.GET.get("as_of", ""), today)
    chosen = request.GET.get("set", "")
    set_id = chosen if chosen in SETS else set_in_force(as_of)
    judged = evaluation_of(school, set_id=set_id, as_of=as_of)
    links = viewer.may(access.ACTIVITIES) and as_of == today and set_id == set_in_force(today)
    shown = evaluation_page(judged, named=viewer.reaches_all, links=links)
    said = {
        "shown": shown,
        "gap": gap_said(gap_for(school, as_of=as_of), named=viewer.reaches_all),
        "as_of": as_of,
        "set_id": set_id,
        "sets": SETS,
        "year": judged.academic_year,
        "version": judged.set.version,
    }
    return render(request, "evaluation/evaluation.html", said)
