"""What becomes of a booked meeting: moved, cancelled, not attended, with its reason; and undo."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pathbook import clock
from pathbook.people import access
from pathbook.people.visibility import students_writable_by
from pathbook.records.actions import rebooking
from pathbook.records.actions.booking import BookingRefusedError
from pathbook.records.actions.diary import when_booked
from pathbook.records.models import GuidanceMeeting
from pathbook.records.queries.slots import advisers_bookable_by
from pathbook.reports import booking as report
from pathbook.web.door import asked_by, require
from pathbook.web.moments import moment_of, number_of
from pathbook.web.pages.appointments.book import slot_of
from pathbook.web.pages.appointments.forms import CANCELLED, MISSED, MOVED, NO_NEXT, MoveForm, ReasonForm, day_asked


def move(request: HttpRequest, key: str) -> HttpResponse:
    viewer, school, today = asked_by(request)
    meeting, now = _find(request, key), clock.now()
    initial = {"seen": meeting.sequence}
    form = MoveForm(request.POST or None, label="Why is it moved?", usual=MOVED, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            moved = rebooking.move(
                meeting=meeting, slot=slot_of(request, said["slot"]), reason=said["reason"], seen=said["seen"],
                by=viewer, at=now, on=today,
            )  # fmt: skip
            _tell(request, f"{meeting.student.name} is moved to {when_booked(moved)}.", number_of(now))
            return redirect(f"{reverse('appointments')}?day={moved.planned_on}")
        except BookingRefusedError as problem:
            form.add_error("slot", str(problem))
    first = day_asked(request.GET.get("from", ""), today)
    free = report.free_from(school, advisers_bookable_by(viewer, school, on=today), at=now, first=first)
    shown = {"meeting": meeting, "when": when_booked(meeting), "form": form, "free": free, "first": first}
    return render(request, "appointments/move.html", shown, status=422 if form.errors else 200)


def cancel(request: HttpRequest, key: str) -> HttpResponse:
    page = ("Cancel this meeting", "Why is it cancelled?", "Cancel the meeting", "Its slot is free again at once.")
    return _with_reason(request, key, page, CANCELLED, rebooking.cancel, "{name}: the meeting is cancelled.")


def not_attended(request: HttpRequest, key: str) -> HttpResponse:
    page = ("Not attended", "Why did they not come?", "Record it",
            "It needs a next slot, or a reason why none: it waits under Missed until then.")  # fmt: skip
    return _with_reason(
        request, key, page, MISSED, rebooking.not_attended, "{name} did not come. Give a next slot below."
    )


def no_next(request: HttpRequest, key: str) -> HttpResponse:
    page = ("No other meeting is needed", "Why is none needed?", "Record it", "It leaves the list of missed meetings.")

    def act(*, reason: str, **said: object) -> GuidanceMeeting:
        return rebooking.no_next(why=reason, **said)  # type: ignore[arg-type]

    return _with_reason(request, key, page, NO_NEXT, act, "{name}: recorded why no other meeting is needed.")


def _with_reason(
    request: HttpRequest, key: str, page: tuple[str, str, str, str], usual: Sequence[str],
    act: Callable[..., GuidanceMeeting], words: str,
) -> HttpResponse:  # fmt: skip
    viewer, _, _ = asked_by(request)
    meeting, now = _find(request, key), clock.now()
    title, label, button, what = page
    form = ReasonForm(request.POST or None, label=label, usual=usual, initial={"seen": meeting.sequence})
    if request.method == "POST" and form.is_valid():
        try:
            act(meeting=meeting, reason=form.cleaned_data["reason"], seen=form.cleaned_data["seen"], by=viewer, at=now)
            _tell(request, words.format(name=meeting.student.name), number_of(now))
            return redirect(_after(meeting, act))
        except BookingRefusedError as problem:
            form.add_error(None, str(problem))
    shown = {
        "meeting": meeting, "when": when_booked(meeting), "form": form, "title": title, "button": button, "what": what,
    }  # fmt: skip
    return render(request, "appointments/reason.html", shown, status=422 if form.errors else 200)


def _after(meeting: GuidanceMeeting, act: Callable[..., GuidanceMeeting]) -> str:
    """Whoever did not come is booked again at once, if they can be."""
    if act is rebooking.not_attended:
        return f"{reverse('book-meeting')}?student={meeting.student.key}"
    if act is rebooking.cancel:
        return f"{reverse('appointments')}?day={meeting.planned_on}"
    return reverse("missed-meetings")


def _tell(request: HttpRequest, words: str, number: int) -> None:
    messages.success(request, words, extra_tags=f"undo:{reverse('undo-booking', args=[number])}")


def _find(request: HttpRequest, key: str) -> GuidanceMeeting:
    viewer, _, today = asked_by(request)
    writable = students_writable_by(viewer, today, access.GUIDANCE)
    rows = GuidanceMeeting.objects.select_related("student", "slot", "adviser").defer("private_note")
    return get_object_or_404(rows, key=key, student__in=writable)


@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    viewer, _, today = asked_by(request)
    require(viewer, access.GUIDANCE, access.WRITE)
    try:
        rows = rebooking.undo(said_at=moment_of(number), by=viewer, at=clock.now(), on=today)
        many = len(rows)
        messages.success(request, f"Undone: {rows[0].student.name}." if many == 1 else f"Undone: {many:,} meetings.")
    except BookingRefusedError as problem:
        messages.error(request, str(problem))
    return redirect("appointments")
