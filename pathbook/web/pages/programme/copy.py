"""Copying a year's plan: one page, every activity with its new day; what is ticked is left behind."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pathbook import clock
from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.records.actions import copying as act
from pathbook.records.actions.copying import ToCopy
from pathbook.reports.copying import CopyLine, CopyPage, copy_page
from pathbook.web.door import asked_by, require
from pathbook.web.fields import day
from pathbook.web.moments import moment_of, number_of
from pathbook.web.pages.programme.views import plan_address, year_said

READ = day("", "Say on which day.")
LONGEST = 160


def copy(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    said, this = request.POST or request.GET, AcademicYear.of(today)
    to = year_said(said.get("to", ""), AcademicYear(this.start + 1 if today.month >= 3 else this.start))
    source = year_said(said.get("from", ""), AcademicYear(to.start - 1))
    shown = copy_page(school, source=source, to=to, on=today)
    if request.method != "POST":
        return _page(request, shown, {})
    rows, wrong = _rows(request.POST, shown)
    if wrong:
        return _page(request, shown, wrong, status=422)
    done = act.copy_year(rows=rows, year=to, school=school, by=viewer, at=clock.now())
    _tell(request, done, to)
    return redirect(plan_address(to))


def _page(request: HttpRequest, shown: CopyPage, wrong: dict[str, str], status: int = 200) -> HttpResponse:
    """What was typed is kept: a day that cannot be read stands as it was written."""
    posted = request.POST
    lines = [
        (
            line, posted.get(f"on-{line.source.key}", line.moved.first.isoformat()),
            posted.get(f"title-{line.source.key}", line.source.title), f"drop-{line.source.key}" in posted,
            wrong.get(line.source.key, ""),
        )
        for line in shown.lines
    ]  # fmt: skip
    return render(request, "programme/copy.html", {"shown": shown, "lines": lines, "wrong": wrong}, status=status)


def _rows(posted: QueryDict, shown: CopyPage) -> tuple[list[ToCopy], dict[str, str]]:
    """Of those that stood on the page sent and are not ticked to be left behind; and what is wrong with a day, by key."""
    rows, wrong = [], {}
    for line in shown.lines:
        key = line.source.key
        if f"on-{key}" not in posted or f"drop-{key}" in posted or line.copy:
            continue
        on = _day(posted.get(f"on-{key}", ""))
        if on is None or on not in shown.to:
            wrong[key] = f"{line.source.title}: write a day of {shown.to.label}, such as {line.moved.first:%-d/%-m/%Y}."
            continue
        rows.append(_to_copy(line, on, posted.get(f"title-{key}", "")))
    return rows, wrong


def _to_copy(line: CopyLine, on: date, title: str) -> ToCopy:
    length = line.moved.last - line.moved.first
    return ToCopy(line.source, on, on + length, title.strip()[:LONGEST] or line.source.title, line.rule)


def _day(said: str) -> date | None:
    try:
        found: date = READ.clean(said)
    except ValidationError:
        return None
    return found


def _tell(request: HttpRequest, done: act.Copied, to: AcademicYear) -> None:
    if not done.made:
        messages.info(request, f"Nothing was copied: {done.known} stand in {to.label} already.")
        return
    words = f"{done.made} activities are planned for {to.label}. Nobody's attendance came along."
    undo = reverse("undo-copy", args=[number_of(done.at)])
    messages.success(request, words, extra_tags=f"undo:{undo}")


@require_POST
def undo(request: HttpRequest, at: int) -> HttpResponse:
    viewer, school, _ = asked_by(request)
    require(viewer, access.PROGRAMME, access.WRITE)
    gone, stay = act.undo_copy(school=school, said_at=moment_of(at), by=viewer, at=clock.now())
    if not gone and not stay:
        messages.error(request, "There is nothing to undo: it has been undone already.")
    else:
        kept = f" {stay} stay: somebody changed them, or is down for them." if stay else ""
        messages.success(request, f"Undone: {gone} copies are taken out.{kept}")
    return redirect("programme-copy")
