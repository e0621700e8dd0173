"""Booking one student into a slot; booking a list in order of need."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pathbook import clock
from pathbook.people import access
from pathbook.people.keys import is_key, new_key
from pathbook.people.models import Student
from pathbook.people.visibility import students_writable_by
from pathbook.records.actions import booking
from pathbook.records.actions.diary import when_booked
from pathbook.records.models import GuidanceSlot
from pathbook.records.queries.slots import advisers_bookable_by, free_slots
from pathbook.reports import booking as report
from pathbook.reports.students import Asked, find
from pathbook.web.door import asked_by, require
from pathbook.web.moments import number_of
from pathbook.web.pages.appointments.forms import BookForm, ListForm, day_asked

FOUND = 30  # students whose name was asked for


def book(request: HttpRequest) -> HttpResponse:
    """For a student of the address; without one, the student is found by name first."""
    viewer, _, today = asked_by(request)
    require(viewer, access.GUIDANCE, access.WRITE)
    if not request.GET.get("student"):
        return _whom(request)
    writable = students_writable_by(viewer, today, access.GUIDANCE)
    student = get_object_or_404(writable, key=request.GET["student"])
    form = BookForm(request.POST or None, initial={"slot": request.GET.get("slot", "")})
    said = request.POST.get("token", "")
    token = said if is_key(said) else new_key()
    if request.method == "POST" and form.is_valid():
        try:
            return _booked(request, student, form, token)
        except booking.AlreadyBookedError:
            messages.info(request, f"{student.name} was booked already. Nothing was booked twice.")
            return redirect("student-guidance", key=student.key)
        except booking.BookingRefusedError as problem:
            form.add_error("slot", str(problem))
    return _book_page(request, student, form, token)


def _booked(request: HttpRequest, student: Student, form: BookForm, token: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    slot, now = slot_of(request, form.cleaned_data["slot"]), clock.now()
    meeting = booking.book(
        slot=slot, student=student, by=viewer, at=now, on=today, purpose=form.cleaned_data["purpose"], key=token
    )
    undo = f"undo:{reverse('undo-booking', args=[number_of(now)])}"
    words = f"{student.name} is booked for {when_booked(meeting)} with {slot.adviser.name}."
    messages.success(request, words, extra_tags=undo)
    return redirect(f"{reverse('appointments')}?day={meeting.planned_on}")


def slot_of(request: HttpRequest, key: str) -> GuidanceSlot:
    """Of an adviser the viewer may book. One that is gone is refused in a sentence, not with an error page."""
    viewer, school, today = asked_by(request)
    advisers = advisers_bookable_by(viewer, school, on=today)
    rows = GuidanceSlot.objects.select_related("adviser", "institution")
    found = rows.filter(key=key, adviser__in=advisers).first()
    if found is None:
        raise booking.BookingRefusedError("This slot is no longer offered: choose another.")
    return found


def _book_page(request: HttpRequest, student: Student, form: BookForm, token: str) -> HttpResponse:
    viewer, school, today = asked_by(request)
    advisers = advisers_bookable_by(viewer, school, on=today)
    first = day_asked(request.GET.get("from", ""), today)
    free = report.free_from(school, advisers, at=clock.now(), first=first)
    shown = {"student": student, "form": form, "free": free, "token": token, "first": first}
    return render(request, "appointments/book.html", shown, status=422 if form.errors else 200)


def _whom(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    q = request.GET.get("q", "").strip()[:100].replace("\0", "")
    found = find(viewer, school, on=today, asked=Asked(q=q))[0] if q else []
    key = request.GET.get("slot", "")
    advisers = advisers_bookable_by(viewer, school, on=today)
    slot = free_slots(school, after=clock.now(), advisers=advisers).filter(key=key).select_related("adviser").first()
    shown = {"q": q, "found": sorted(found, key=lambda one: one.sort_name)[:FOUND], "many": len(found), "slot": slot}
    return render(request, "appointments/whom.html", shown)


@require_POST
def book_list(request: HttpRequest) -> HttpResponse:
    """The students ticked in a list, most urgent need first; nothing is booked until it is asked for."""
    viewer, school, today = asked_by(request)
    require(viewer, access.GUIDANCE, access.WRITE)
    asked_now = request.POST.get("act") in ("book", "show")
    form = ListForm(request.POST if asked_now else None, initial={"first": today})
    if form.is_bound and form.is_valid() and request.POST.get("act") == "book":
        return _book_all(request, form)
    keys, advisers = request.POST.getlist("who"), advisers_bookable_by(viewer, school, on=today)
    shown = report.list_to_book(
        viewer, school, keys, advisers, on=today, at=clock.now(), asked=request.POST.get("adviser", ""),
        first=_first(form),
    )  # fmt: skip
    said = {"shown": shown, "form": form, "keys": keys, "advisers": advisers}
    return render(request, "appointments/book_list.html", said, status=422 if form.errors else 200)


def _first(form: ListForm) -> date | None:
    return form.cleaned_data.get("first") if form.is_bound and form.is_valid() else None


def _book_all(request: HttpRequest, form: ListForm) -> HttpResponse:
    viewer, school, today = asked_by(request)
    advisers, now = advisers_bookable_by(viewer, school, on=today), clock.now()
    keys = request.POST.getlist("who")
    if not keys:
        raise Http404
    shown = report.list_to_book(
        viewer, school, keys, advisers, on=today, at=now, asked=request.POST.get("adviser", ""), first=_first(form)
    )
    slots = [line.slot for line in shown.lines if line.slot]
    students = [line.student for line in shown.lines]
    done = booking.book_in_order(
        school=school, students=students, slots=slots, by=viewer, at=now, on=today, purpose=form.cleaned_data["purpose"]
    )
    _tell(request, done)
    return redirect("slots-week" if not done.meetings else f"{reverse('slots-week')}?day={done.meetings[0].planned_on}")


def _tell(request: HttpRequest, done: booking.Booked) -> None:
    many, left = len(done.meetings), len(done.left)
    words = f"{many:,} meeting{'s' if many != 1 else ''} booked, most urgent need first."
    if left:
        words += f" {left:,} not booked: {done.left[0].why}"
    if many:
        messages.success(request, words, extra_tags=f"undo:{reverse('undo-booking', args=[number_of(done.at)])}")
    else:
        messages.warning(request, words)
