"""The list of students, and one student's record; opening a record is noted."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.framework.years import YEAR_GROUPS
from pathbook.people import access
from pathbook.people.models import Student
from pathbook.people.visibility import Viewer, students_visible_to
from pathbook.reports import student_record, student_timeline
from pathbook.reports.gaps import GAPS, gaps_of
from pathbook.reports.placement_lines import placements_in_record
from pathbook.reports.students import WHO, Asked, students_page
from pathbook.web import download
from pathbook.web.door import asked_by, require
from pathbook.web.pages.students.forms import asked_of

MOST_ON_A_PAGE = 400


@require_safe
def students(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.IDENTITY)
    shown = students_page(viewer, school, on=today, asked=_asked(request, viewer))
    if shown.asked.q and shown.total == 1:
        return redirect("student", key=shown.rows[0].found.key)
    can_log, can_book = viewer.may(access.ACTIVITIES, access.WRITE), viewer.may(access.GUIDANCE, access.WRITE)
    said = {
        "shown": shown,
        "who": WHO,
        "gaps": gaps_of(school.kind),
        "gap_words": GAPS.get(shown.asked.gap, shown.asked.gap),
        "years": YEAR_GROUPS,
        "can_log": can_log,
        "can_book": can_book,
        "can_tick": can_log or can_book,
        "can_import": viewer.may(access.ROLL_IMPORT, access.WRITE),
    }
    return render(request, "students/list.html", said)


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The list as narrowed."""
    viewer, school, today = asked_by(request)
    require(viewer, access.IDENTITY)
    found = students_page(viewer, school, on=today, asked=replace(_asked(request, viewer), page=1, per=100_000)).rows
    rows = [
        (x.found.name, f"Year {x.found.year_group}", x.found.tutor_group, x.found.support, x.pathway, *x.counts)
        for x in found
    ]
    headings = (
        "Name",
        "Year group",
        "Tutor group",
        "Support",
        "What they want",
        "Employers",
        "Workplaces",
        "Providers",
        "Lessons",
    )
    return download.file_of(request, kind, download.Table("students", headings, rows, [row.found.pk for row in found]))


@require_POST
def printed(request: HttpRequest) -> HttpResponse:
    """A browser says that it prints a page: noted for each student named on it whom this person may see."""
    viewer, _, today = asked_by(request)
    require(viewer, access.IDENTITY)
    named = students_visible_to(viewer, today).filter(key__in=request.POST.getlist("who")[:MOST_ON_A_PAGE])
    record.copied(by=viewer, at=clock.now(), students=named.values_list("pk", flat=True), verb=Verb.PRINTED)
    return HttpResponse(status=204)


def _asked(request: HttpRequest, viewer: Viewer) -> Asked:
    """What the list is narrowed to: by a gap only for those who may see what students did."""
    asked = asked_of(request.GET)
    return asked if viewer.may(access.ACTIVITIES) else replace(asked, gap="")


def _open(request: HttpRequest, key: str, part: str) -> Student:
    """Find the student among those this viewer reaches for this part, and note the reading. Else: not found."""
    viewer, _, today = asked_by(request)
    student = get_object_or_404(students_visible_to(viewer, today, part), key=key)
    record.reading(by=viewer, at=clock.now(), student_id=student.pk)
    return student


@require_safe
def timeline(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    student = _open(request, key, access.IDENTITY)
    shown = student_timeline.timeline_of(student, viewer, on=today)
    placements = placements_in_record(student, viewer, on=today) if access.ACTIVITIES in shown.top.parts else ()
    said = {"shown": shown, "tab": "Timeline", "placements": placements}
    return render(request, "students/timeline.html", said | {"may_open": viewer.may(access.ACTIVITIES, access.WRITE)})


@require_safe
def guidance(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    student = _open(request, key, access.GUIDANCE)
    shown = student_record.guidance_of(student, viewer, on=today)
    return render(request, "students/guidance.html", {"shown": shown, "tab": "Guidance"})


@require_safe
def benchmarks(request: HttpRequest, key: str) -> HttpResponse:
    viewer, school, today = asked_by(request)
    student = _open(request, key, access.ACTIVITIES)
    shown = student_record.benchmarks_of(student, viewer, school, on=today)
    return render(request, "students/benchmarks.html", {"shown": shown, "tab": "Benchmarks"})


@require_safe
def access_log(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    require(viewer, access.ACCESS_LOG)
    student = _open(request, key, access.IDENTITY)
    shown = student_record.access_of(student, viewer, on=today)
    return render(request, "students/access.html", {"shown": shown, "tab": "Access"})
