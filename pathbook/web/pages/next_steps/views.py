"""Three lists that are typed into: what students mean to do, what they were offered, and where leavers went."""

from collections.abc import Sequence
from typing import TypeVar

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.framework.destinations import SOURCES
from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.records.actions import next_steps as acts
from pathbook.reports.intentions import IntentionsPage, intentions_page
from pathbook.reports.leavers import PER_PAGE, SHOWS, LeaversPage, leavers_page
from pathbook.reports.leaving_list import Asked
from pathbook.reports.offers import Line as OfferLine
from pathbook.reports.offers import OffersPage, offers_page
from pathbook.web import download
from pathbook.web.door import require
from pathbook.web.moments import moment_of, number_of
from pathbook.web.pages.next_steps import rows
from pathbook.web.pages.next_steps.asking import asked_of, staff_asking
from pathbook.web.pages.next_steps.nav import nav

BACK = {"intention": "next-steps", "offer": "offers", "destination": "leavers"}
EVERYONE = 100_000
Row = TypeVar("Row")
Filled = Sequence[tuple[object, dict[str, rows.Cell]]]  # a line, and its fields


def intentions(request: HttpRequest) -> HttpResponse:
    viewer, school, today = staff_asking(request)
    shown = intentions_page(viewer, school, on=today, asked=asked_of(request.GET, year=11 if viewer.reaches_all else 0))
    page, typed = _part(request, shown.lines, shown.asked), rows.Typed()
    if request.method == "POST":
        require(viewer, access.INTENDS, access.WRITE)
        allowed = {one.code: one for one in shown.codes}
        said, typed = rows.intentions_of(request.POST, [line.who for line in page], allowed)
        if not typed.problems:
            at = clock.now()
            written = acts.record_intentions(said=said, on=today, by=viewer, at=at)
            return _written(request, "intention", written, number_of(at))
    filled = [(line, rows.cells(line.who, typed, code=line.now)) for line in page]
    return _page(request, "intentions", shown, typed, filled, page=page)


def _part(request: HttpRequest, lines: Sequence[Row], asked: Asked) -> "Page[Row]":
    """As many rows at once as can be filled in with patience; a file has them all."""
    return Paginator(lines, EVERYONE if "file" in request.GET else PER_PAGE).get_page(asked.page)


def offers(request: HttpRequest) -> HttpResponse:
    viewer, school, today = staff_asking(request)
    shown = offers_page(viewer, school, on=today, asked=asked_of(request.GET, year=11 if viewer.reaches_all else 0))
    page, typed = _part(request, shown.lines, shown.asked), rows.Typed()
    if request.method == "POST":
        require(viewer, access.ASPIRATIONS, access.WRITE)
        said, typed = rows.offers_of(request.POST, [line.who for line in page], on=today)
        if not typed.problems:
            at = clock.now()
            written = acts.record_offers(said=said, on=today, by=viewer, at=at)
            return _written(request, "offer", written, number_of(at))
    filled = [(line, rows.cells(line.who, typed, **_as_it_stands(line))) for line in page]
    return _page(request, "offers", shown, typed, filled, page=page)


def _as_it_stands(line: OfferLine) -> dict[str, str]:
    one = line.offer
    suits = "" if one is None or one.suitable is None else "yes" if one.suitable else "no"
    return {
        "provider": one.provider if one else "", "course": one.course if one else "",
        "status": one.status if one else "", "suits": suits,
    }  # fmt: skip


def leavers(request: HttpRequest) -> HttpResponse:
    viewer, _, today = staff_asking(request)
    shown = _leavers(request)
    typed = rows.Typed({"as_of": today.isoformat()})
    if request.method == "POST":
        require(viewer, access.ASPIRATIONS, access.WRITE)
        allowed = {one.code: one for _, codes in shown.codes for one in codes}
        people = [line.who for line in shown.page if not line.stayed]
        left = AcademicYear(shown.year.start).last_day
        said, typed = rows.destinations_of(request.POST, people, allowed, left=left, on=today)
        if not typed.problems:
            at = clock.now()
            written = acts.record_destinations(said=said, on=today, by=viewer, at=at)
            return _written(request, "destination", len(written), number_of(at))
    filled = [(line, rows.cells(line.who, typed, code="", place="")) for line in shown.page]
    counted = [(show, label, shown.counts[show]) for show, label in SHOWS.items()]
    return _page(request, "leavers", shown, typed, filled, shows=counted, sources=SOURCES)


def _leavers(request: HttpRequest, *, whole: bool = False) -> LeaversPage:
    viewer, school, today = staff_asking(request)
    left = request.GET.get("left", "")
    start = int(left) if left.isdecimal() and len(left) == 4 else 0
    asked = asked_of(request.GET)
    if whole:
        return leavers_page(viewer, school, on=today, asked=asked, start=start, per=EVERYONE)
    return leavers_page(viewer, school, on=today, asked=asked, start=start)


@require_safe
def leavers_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The list as narrowed, over all its pages."""
    shown = _leavers(request, whole=True)
    headings = (
        "Student",
        "Group when they left",
        "How far known",
        "Where",
        "Name of the place",
        "On",
        "Who said",
        "Next step",
    )
    found = [
        (line.who.name, line.who.group, line.known, line.label, line.last.place if line.last else "",
         line.last.on if line.last else None, line.source, line.next)
        for line in shown.page
    ]  # fmt: skip
    students = [line.who.pk for line in shown.page]
    return download.file_of(request, kind, download.Table(f"leavers-{shown.year.start}", headings, found, students))


@require_POST
def undo(request: HttpRequest, noun: str, at: int) -> HttpResponse:
    viewer, _, today = staff_asking(request)
    if noun not in acts.NOUNS:
        raise Http404
    require(viewer, access.INTENDS if noun == "intention" else access.ASPIRATIONS, access.WRITE)
    try:
        count = acts.undo(noun=noun, said_at=moment_of(at), on=today, by=viewer, at=clock.now())
        messages.success(
            request, f"Taken back: {count} line{'' if count == 1 else 's'}. Everything is as it was before."
        )
    except acts.NothingToUndoError as refusal:
        messages.error(request, str(refusal))
    return redirect(BACK[noun])


def _written(request: HttpRequest, noun: str, count: int, at: int) -> HttpResponse:
    here = f"{reverse(BACK[noun])}?{request.GET.urlencode()}".removesuffix("?")
    if not count:
        messages.info(request, "Nothing new to write: all of it stands as it was.")
        return redirect(here)
    words = f"{count} {noun}{'' if count == 1 else 's'} written down."
    messages.success(request, words, extra_tags=f"undo:{reverse('undo-next-steps', args=[noun, at])}")
    return redirect(here)


def _page(
    request: HttpRequest, name: str, shown: IntentionsPage | OffersPage | LeaversPage, typed: rows.Typed,
    filled: Filled, **more: object,
) -> HttpResponse:  # fmt: skip
    viewer, _, _ = staff_asking(request)
    said = {
        "shown": shown,
        "typed": typed.typed,
        "problems": typed.problems,
        "rows": filled,
        "nav": nav(viewer),
        **more,
    }
    return render(request, f"next_steps/{name}.html", said, status=422 if typed.problems else 200)
