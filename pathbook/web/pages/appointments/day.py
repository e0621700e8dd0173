"""The day's appointments with what is known of each student; and the board of missed meetings."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pathbook import clock
from pathbook.people import access
from pathbook.reports.appointments import day_of
from pathbook.reports.missed import missed_board
from pathbook.web import download
from pathbook.web.door import asked_by, require
from pathbook.web.pages.appointments.forms import day_asked


@require_safe
def appointments(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.GUIDANCE, access.WRITE)
    day, asked = day_asked(request.GET.get("day", ""), today), request.GET.get("adviser", "")
    shown = day_of(viewer, school, day=day, on=today, at=clock.now(), asked=asked)
    return render(request, "appointments/day.html", {"shown": shown})


@require_safe
def missed(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.GUIDANCE, access.WRITE)
    shown = missed_board(viewer, school, on=today)
    return render(request, "appointments/missed.html", {"shown": shown})


@require_safe
def missed_file(request: HttpRequest, kind: str) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.GUIDANCE, access.WRITE)
    board = missed_board(viewer, school, on=today)
    headings = ("Student", "Group", "Missed on", "School days since", "Answer by")
    found = [*board.late, *board.in_time]
    rows = [(one.meeting.student.name, one.group, one.meeting.planned_on, one.days, one.by) for one in found]
    students = [one.meeting.student_id for one in found]
    return download.file_of(request, kind, download.Table("missed-meetings", headings, rows, students))
