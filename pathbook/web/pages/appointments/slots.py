"""The week of slots: offered by a run or a timetable, taken back while free, and either undone."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.people import access
from pathbook.people.keys import is_key, new_key
from pathbook.records.actions import slots as act
from pathbook.records.models import GuidanceSlot
from pathbook.records.queries.slots import advisers_bookable_by
from pathbook.reports.appointments import whose
from pathbook.reports.slots_week import week_of
from pathbook.web.door import asked_by, require
from pathbook.web.moments import moment_of, number_of
from pathbook.web.pages.appointments.forms import OfferForm, day_asked


@require_safe
def week(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.GUIDANCE, access.WRITE)
    day, asked = day_asked(request.GET.get("day", ""), today), request.GET.get("adviser", "")
    shown = week_of(viewer, school, day=day, on=today, at=clock.now(), asked=asked)
    return render(request, "appointments/week.html", {"shown": shown})


def offer(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.GUIDANCE, access.WRITE)
    advisers = advisers_bookable_by(viewer, school, on=today)
    own = whose(viewer, advisers, "") or (advisers[0] if advisers else None)
    initial = {"first_time": "09:00", "number": 5, "minutes": 45, "gap": 10, "adviser": own.pk if own else ""}
    form = OfferForm(request.POST or None, advisers=advisers, initial=initial)
    said = request.POST.get("token", "")
    token = said if is_key(said) else new_key()
    if request.method == "POST" and form.is_valid():
        adviser = next(one for one in advisers if str(one.pk) == form.cleaned_data["adviser"])
        try:
            offered = act.offer(adviser=adviser, run=form.run(), by=viewer, at=clock.now(), series=token)
            _tell(request, offered)
            return redirect(_week(form.cleaned_data["first_day"]))
        except act.AlreadyOfferedError:
            messages.info(request, "These slots were already offered. Nothing was offered twice.")
            return redirect(_week(form.cleaned_data["first_day"]))
        except act.SlotRefusedError as problem:
            form.add_error(None, str(problem))
    shown = {"form": form, "advisers": advisers, "token": token}
    return render(request, "appointments/offer.html", shown, status=422 if form.errors else 200)


def _tell(request: HttpRequest, offered: act.Offered) -> None:
    many = len(offered.slots)
    words = f"{many:,} slot{'s' if many > 1 else ''} offered."
    if offered.skipped:
        left = ", ".join(f"{day.day} {day:%b} ({why})" for day, why in offered.skipped[:6])
        words += f" Left out because the school is closed: {left}{' and others' if len(offered.skipped) > 6 else ''}."
    messages.success(request, words, extra_tags=f"undo:{reverse('undo-slots', args=[number_of(offered.at)])}")


def _week(day: date) -> str:
    return f"{reverse('slots-week')}?day={day.isoformat()}"


@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.GUIDANCE, access.WRITE)
    advisers, now = advisers_bookable_by(viewer, school, on=today), clock.now()
    asked = GuidanceSlot.objects.filter(key__in=request.POST.getlist("slot"), adviser__in=advisers)
    many = act.withdraw(slots=list(asked), by=viewer, at=now)
    if many:
        words = f"{many:,} slot{'s are' if many > 1 else ' is'} no longer offered."
        messages.success(request, words, extra_tags=f"undo:{reverse('undo-slots', args=[number_of(now)])}")
    else:
        messages.info(request, "Nothing was taken back: tick free slots first. A booked one stays until it is moved.")
    return redirect(_week(day_asked(request.POST.get("day", ""), today)))


@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.GUIDANCE, access.WRITE)
    advisers = advisers_bookable_by(viewer, school, on=today)
    try:
        many = act.undo(said_at=moment_of(number), advisers=advisers, by=viewer, at=clock.now())
        messages.success(request, f"Undone: {many:,} slot{'s' if many != 1 else ''}. What is booked stays.")
    except act.SlotRefusedError as problem:
        messages.error(request, str(problem))
    return redirect("slots-week")
