"""Home by role, help, and what we say about privacy and accessibility."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from pathbook.exchange.roll.freshness import freshness_of
from pathbook.people import access
from pathbook.reports.appointments import todays_own
from pathbook.reports.audit import notes_to_tell
from pathbook.reports.board import mine_to_do
from pathbook.reports.home import home_of
from pathbook.reports.my_group import keeps_a_group, my_group
from pathbook.reports.open_surveys import still_to_answer
from pathbook.web.door import asked_by
from pathbook.web.doors import door_of, first_page_of
from pathbook.web.frame import surveys_of
from pathbook.web.help import found_for
from pathbook.web.menu import PLACES
from pathbook.web.pages.home.by_role import HOMES, on_roll


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    if (own := first_page_of(viewer)) != "home":
        return redirect(own)
    if page := HOMES.get(door_of(viewer).home):
        return page(request)
    told, mine = notes_to_tell(viewer, school), mine_to_do(viewer, school, on=today)
    if keeps_a_group(viewer):
        said = {"shown": my_group(viewer, school, on=today), "today": today, "told": told, "mine": mine}
        return render(request, "home/my_group.html", said)
    shown = home_of(viewer, school, on=today, roll=on_roll(request))
    can_log = viewer.may(access.ACTIVITIES, access.WRITE)
    can_import = viewer.may(access.ROLL_IMPORT, access.WRITE)
    roll = freshness_of(school, on=today) if can_import and not shown.todos and not shown.steps else None
    said = {
        "shown": shown,
        "today": today,
        "can_log": can_log,
        "can_import": can_import,
        "roll": roll,
        "told": told,
        "mine": mine,
        "open": still_to_answer(viewer, surveys_of(request)),
        "todays": todays_own(viewer, school, on=today),
    }
    return render(request, "home/home.html", said)


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Found by words, or for the place of the menu somebody stands in."""
    viewer, _, _ = asked_by(request)
    words, at = request.GET.get("q", "")[:100].strip(), request.GET.get("at", "")
    place = at if at in PLACES else ""
    said = {"words": words, "at": place, "found": found_for(viewer, words, place)}
    return render(request, "home/help.html", said)


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "home/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "home/accessibility.html")
