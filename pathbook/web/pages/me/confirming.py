"""A student says whether what was agreed in a meeting happened: one press, and one to take it back."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pathbook import clock
from pathbook.people.models import Student
from pathbook.records.actions import confirming
from pathbook.records.models import Confirmation, GuidanceMeeting
from pathbook.reports.shared import shared_records
from pathbook.web.door import asked_by
from pathbook.web.fields import line
from pathbook.web.moments import moment_of, number_of
from pathbook.web.pages.me.views import me

THANKS = {
    Confirmation.Answer.HELPED: "Good to know. Thank you.", Confirmation.Answer.HAPPENED: "Thank you.",
    Confirmation.Answer.NOT: "Thank you for saying so. Your adviser can see it.",
}  # fmt: skip
CHOOSE = dict.fromkeys(("required", "invalid_choice"), "Choose whether it happened.")


class SaidForm(forms.Form):
    answer = forms.ChoiceField(choices=Confirmation.Answer.choices, error_messages=CHOOSE)
    words = line("What got in the way?", called="what you wrote", at_most=200, strip=True)


@require_POST
def happened(request: HttpRequest, key: str) -> HttpResponse:
    viewer, school, today = asked_by(request)
    student = me(request)
    meeting = get_object_or_404(GuidanceMeeting.objects.held(), key=key, student=student)
    form, at = SaidForm(request.POST), clock.now()
    if not form.is_valid():
        shown = next(
            iter(shared_records(Student.objects.filter(pk=student.pk), school, on=today, with_parents=False)), None
        )
        meeting_said = next((one for one in shown.meetings if one.key == key), None) if shown else None
        return render(request, "me/happened.html", {"form": form, "meeting": meeting_said}, status=422)
    said = form.cleaned_data
    if confirming.say(meeting=meeting, answer=said["answer"], words=said["words"], by=viewer, at=at, on=today):
        undo = f"undo:{reverse('my-meeting-undo', args=[number_of(at)])}"
        messages.success(request, THANKS[Confirmation.Answer(said["answer"])], extra_tags=undo)
    else:
        messages.info(request, "You have said so already. Thank you.")
    return redirect("me")


@require_POST
def undo(request: HttpRequest, at: int) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    if confirming.take_back(student=me(request).pk, said_at=moment_of(at), by=viewer, at=clock.now()):
        messages.success(request, "Taken back. You can say it again.")
    return redirect("me")
