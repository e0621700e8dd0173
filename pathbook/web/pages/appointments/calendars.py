"""Calendars to follow: made and ended here; read by a calendar that has the address and needs no sign-in."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.people import access
from pathbook.people.models import Staff, Student
from pathbook.people.visibility import students_writable_by
from pathbook.records.actions import feeds as act
from pathbook.records.models import CalendarFeed
from pathbook.records.queries.slots import advisers_bookable_by
from pathbook.web.door import asked_by, require


@require_safe
def calendars(request: HttpRequest) -> HttpResponse:
    """The advisers' calendars; with a student in the address, that student's."""
    viewer, school, today = asked_by(request)
    require(viewer, access.GUIDANCE, access.WRITE)
    student = _student(request, request.GET.get("student", ""))
    advisers = [] if student else advisers_bookable_by(viewer, school, on=today)
    live = CalendarFeed.objects.filter(institution=school, ended_at=None)
    by_adviser = {feed.adviser_id: feed for feed in live.filter(adviser__in=advisers)}
    rows = [(one.name, one, by_adviser.get(one.pk)) for one in advisers]
    own = live.filter(student=student).first() if student else None
    shown = {"rows": rows, "student": student, "own": own, "base": request.build_absolute_uri("/calendar/")}
    return render(request, "appointments/calendars.html", shown)


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    viewer, school, _ = asked_by(request)
    require(viewer, access.GUIDANCE, access.WRITE)
    student = _student(request, request.POST.get("student", ""))
    adviser = None if student else _adviser(request, request.POST.get("adviser", ""))
    act.open_feed(school=school, adviser=adviser, student=student, by=viewer, at=clock.now())
    messages.success(request, "The calendar has its address. Give it only to whom it is for.")
    return redirect(_back(student))


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.GUIDANCE, access.WRITE)
    feed = get_object_or_404(CalendarFeed.objects.select_related("student"), pk=pk, institution=school)
    mine = feed.adviser_id in {one.pk for one in advisers_bookable_by(viewer, school, on=today)}
    theirs = students_writable_by(viewer, today, access.GUIDANCE).filter(pk=feed.student_id or 0).exists()
    if not mine and not theirs:
        raise Http404
    act.end_feed(feed=feed, by=viewer, at=clock.now())
    messages.success(request, "The calendar is ended: its address answers nobody from now on.")
    return redirect(_back(feed.student))


def _student(request: HttpRequest, key: str) -> Student | None:
    viewer, _, today = asked_by(request)
    return get_object_or_404(students_writable_by(viewer, today, access.GUIDANCE), key=key) if key else None


def _adviser(request: HttpRequest, asked: str) -> Staff:
    viewer, school, today = asked_by(request)
    found = next((one for one in advisers_bookable_by(viewer, school, on=today) if str(one.pk) == asked), None)
    if found is None:
        raise Http404
    return found


def _back(student: Student | None) -> str:
    return reverse("calendars") + (f"?student={student.key}" if student else "")


@require_safe
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """Anybody with the address; ended or never made, it is not there."""
    from pathbook.exchange.calendars import calendar_of, feed_of  # large, so only where a calendar asks

    found = feed_of(key, on=clock.today())
    if found is None:
        raise Http404
    answer = HttpResponse(calendar_of(found, on=clock.today()), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="pathbook.ics"'
    return answer
