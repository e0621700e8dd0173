"""Recording a guidance meeting for one student, and taking it back when it was a mistake."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pathbook import clock
from pathbook.people import access
from pathbook.people.keys import is_key, new_key
from pathbook.people.models import Staff
from pathbook.people.visibility import students_writable_by
from pathbook.records.actions import guidance
from pathbook.records.models import GuidanceMeeting
from pathbook.web.door import asked_by, require
from pathbook.web.pages.guidance.forms import MeetingForm


def record_meeting(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.GUIDANCE, access.WRITE)
    student = get_object_or_404(
        students_writable_by(viewer, today, access.GUIDANCE), key=request.GET.get("student", "")
    )
    form = MeetingForm(request.POST or None, today=today, initial={"held_on": today})
    said = request.POST.get("token", "")
    token = said if is_key(said) else new_key()
    if request.method == "POST" and form.is_valid():
        try:
            meeting = guidance.record_meeting(
                student=student, school=school, held=form.held(), by=viewer, at=clock.now(), key=token
            )
            undo = reverse("take-back-meeting", args=[meeting.key])
            messages.success(request, f"The meeting with {student.name} is recorded.", extra_tags=f"undo:{undo}")
        except guidance.AlreadyRecordedError:
            messages.info(request, f"The meeting with {student.name} was already recorded. Nothing was recorded twice.")
        return redirect("student-guidance", key=student.key)
    advisers = Staff.objects.filter(institution=school, level__isnull=False).order_by("name")
    shown = {"form": form, "student": student, "advisers": advisers, "token": token}
    return render(request, "guidance/record.html", shown, status=422 if form.errors else 200)


@require_POST
def take_back(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    writable = students_writable_by(viewer, today, access.GUIDANCE)
    meeting = get_object_or_404(GuidanceMeeting, key=key, student__in=writable)
    student = meeting.student
    try:
        guidance.take_back(meeting=meeting, by=viewer, at=clock.now())
        messages.success(request, "Undone: the meeting is taken back.")
    except guidance.RestsOnItError as problem:
        messages.error(request, str(problem))
    return redirect("student-guidance", key=student.key)
