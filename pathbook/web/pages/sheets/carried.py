"""Signed records for the schools and colleges students go to: one student's, or those of everyone leaving."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from pathbook import clock
from pathbook.audit.record import copied
from pathbook.exchange.portable.bundle import bundle, file_name, leavers
from pathbook.exchange.portable.writing import portable_record
from pathbook.framework.years import YEAR_GROUPS
from pathbook.people import access
from pathbook.people.visibility import students_writable_by
from pathbook.web.door import asked_by, require
from pathbook.web.pages.me.take import record_file


@require_safe
def record(request: HttpRequest, key: str) -> HttpResponse:
    """By whoever writes guidance; the numbers of the roll only where they may see them."""
    viewer, school, today = asked_by(request)
    student = get_object_or_404(students_writable_by(viewer, today, access.GUIDANCE), key=key)
    at, numbers = clock.now(), viewer.may(access.ROLL)
    said = portable_record(student, school, folder=settings.PATHBOOK_FOLDER, at=at, numbers=numbers)
    copied(by=viewer, at=at, students=[student.pk])
    return record_file(said, file_name(student))


@require_safe
def leavers_zip(request: HttpRequest) -> HttpResponse:
    """Those of a year group whom the viewer reaches; one event each."""
    viewer, school, today = asked_by(request)
    require(viewer, access.GUIDANCE, access.WRITE)
    seen = set(students_writable_by(viewer, today, access.GUIDANCE).values_list("pk", flat=True))
    year = int(asked) if (asked := request.GET.get("year", "")) in map(str, YEAR_GROUPS) else YEAR_GROUPS[-1]
    whose = [one for one in leavers(school, year_group=year, on=today) if one.pk in seen]
    if not whose:
        messages.error(request, f"Nobody you may see is or was in Year {year}, so there is nothing to sign.")
        return redirect("sheets")
    at, numbers = clock.now(), viewer.may(access.ROLL)
    said = bundle(whose, school, folder=settings.PATHBOOK_FOLDER, at=at, numbers=numbers)
    copied(by=viewer, at=at, students=[one.pk for one in whose])
    return record_file(said, f"year-{year}-records.zip", "application/zip")
