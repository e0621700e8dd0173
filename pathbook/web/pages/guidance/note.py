"""An adviser's working note, opened to somebody else for a reason and an hour."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from pathbook import clock
from pathbook.people import access
from pathbook.people.visibility import students_writable_by
from pathbook.records.actions import note_openings
from pathbook.records.models import GuidanceMeeting
from pathbook.web.door import asked_by
from pathbook.web.fields import line


class ReasonForm(forms.Form):
    """Why the note must be read."""

    reason = line(
        "Why must you read it?", called="the reason", at_most=500, widget=forms.Textarea(attrs={"rows": 3}),
        missing="Say in a sentence why you must read this note: the adviser will read your reason.",
        help_text="One sentence, such as: Her mother called about something said in this meeting.",
    )  # fmt: skip


def working_note(request: HttpRequest, key: str) -> HttpResponse:
    """Asks for a reason; while an opening is in force, shows the note, and notes each reading."""
    viewer, _, today = asked_by(request)
    reach = students_writable_by(viewer, today, access.BREAK_GLASS)
    meetings = GuidanceMeeting.objects.select_related("student", "adviser__account")
    meeting = get_object_or_404(meetings, key=key, student__in=reach)
    form, at = ReasonForm(request.POST or None), clock.now()
    if request.method == "POST" and form.is_valid():
        try:
            note_openings.open_note(meeting=meeting, reason=form.cleaned_data["reason"], by=viewer, at=at, on=today)
            return redirect("working-note", key=key)
        except note_openings.RefusedError as problem:
            form.add_error("reason", str(problem))
    opened = note_openings.opening_of(meeting, viewer, at)
    words = note_openings.read_note(opened=opened, by=viewer, at=at) if opened else ""
    said = {"form": form, "meeting": meeting, "opened": opened, "words": words}
    return render(request, "guidance/note.html", said, status=422 if form.errors else 200)
