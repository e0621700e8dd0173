"""The heatmap, what a cell rests on, and the same as a file."""

from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from pathbook import clock
from pathbook.audit import record
from pathbook.framework.sets import SETS, set_in_force
from pathbook.framework.years import YEAR_GROUPS
from pathbook.people import access
from pathbook.people.visibility import students_visible_to
from pathbook.reports.coverage import evidence_for, known_of, recorded_of, row_of
from pathbook.reports.gaps import gaps_of
from pathbook.reports.heatmap import Heatmap, heatmap
from pathbook.reports.students import WHO
from pathbook.web import download
from pathbook.web.door import asked_by, require
from pathbook.web.pages.students.forms import asked_of


def day_of(text: str, otherwise: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return otherwise
    return day if 2000 <= day.year <= otherwise.year + 1 else otherwise


def _heatmap(request: HttpRequest, *, everyone: bool) -> tuple[Heatmap, date, str]:
    viewer, school, today = asked_by(request)
    require(viewer, access.ACTIVITIES)
    as_of = day_of(request.GET.get("as_of", ""), today)
    chosen = request.GET.get("set", "")
    set_id = chosen if chosen in SETS else set_in_force(as_of)
    students = everyone or request.GET.get("rows") == "students"
    shown = heatmap(
        viewer, school, on=today, as_of=as_of, set_id=set_id, asked=asked_of(request.GET), students=students,
        every_column="every" in request.GET,
    )  # fmt: skip
    return shown, as_of, set_id


def _in_cells(as_of: date, set_id: str, today: date) -> str:
    """What each cell's address must say so that it opens what was shown: nothing for today's own heatmap."""
    said = {"as_of": as_of.isoformat()} if as_of != today else {}
    if set_id != set_in_force(as_of):
        said["set"] = set_id
    return f"?{urlencode(said)}" if said else ""


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    shown, as_of, set_id = _heatmap(request, everyone=False)
    viewer, school, today = asked_by(request)
    said = {
        "shown": shown, "in_cells": _in_cells(as_of, set_id, today), "as_of": as_of, "set_id": set_id, "sets": SETS,
        "years": YEAR_GROUPS, "gaps": gaps_of(school.kind), "who": WHO, "today": today,
        "can_log": viewer.may(access.ACTIVITIES, access.WRITE), "can_support": viewer.may(access.SUPPORT),
        "can_needs": viewer.may(access.NEEDS),
        "can_import": viewer.may(access.ROLL_IMPORT, access.WRITE),
    }  # fmt: skip
    return render(request, "coverage/heatmap.html", said)


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Every student asked for, not only the page."""
    shown, as_of, _ = _heatmap(request, everyone=True)
    lines = [line for n in shown.page.paginator.page_range for line in shown.page.paginator.page(n).object_list]
    headings = ["Student", "Group", "Gaps", *(f"{c.benchmark}: {c.label} ({c.id})" for c in shown.columns)]
    rows = [[x.found.name if x.found else "", x.group, x.gaps, *(cell.word for cell in x.cells)] for x in lines]
    students = [x.found.pk for x in lines if x.found]
    return download.file_of(request, kind, download.Table(f"coverage-{as_of.isoformat()}", headings, rows, students))


@require_safe
def cell(request: HttpRequest, key: str, row: str) -> HttpResponse:
    """What one cell rests on; opening it is opening the record."""
    viewer, school, today = asked_by(request)
    student = get_object_or_404(students_visible_to(viewer, today, access.ACTIVITIES), key=key)
    as_of = day_of(request.GET.get("as_of", ""), today)
    chosen = request.GET.get("set", "")
    set_id = chosen if chosen in SETS else set_in_force(as_of)
    measure = row_of(set_id, row)
    known = known_of(student, school=school, set_id=set_id, as_of=as_of)
    if measure is None or known is None or row not in known.judged.verdicts:
        raise Http404
    record.reading(by=viewer, at=clock.now(), student_id=student.pk)
    evidence = evidence_for(recorded_of(student), row=measure, known=known)
    said = {"student": student, "measure": measure, "verdict": known.judged.verdicts[row], "evidence": evidence}
    return render(request, "coverage/cell.html", said)
