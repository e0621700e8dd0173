"""The tab of one student's record: what comes next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from pathbook import clock
from pathbook.audit import record
from pathbook.people import access
from pathbook.people.visibility import students_visible_to
from pathbook.reports.next_of_student import next_of
from pathbook.web.door import asked_by


@require_safe
def student_next(request: HttpRequest, key: str) -> HttpResponse:
    viewer, school, today = asked_by(request)
    someone = get_object_or_404(students_visible_to(viewer, today, access.ASPIRATIONS), key=key)
    record.reading(by=viewer, at=clock.now(), student_id=someone.pk)
    shown = next_of(someone, viewer, school, on=today)
    return render(request, "next_steps/student.html", {"shown": shown, "tab": "What next"})
