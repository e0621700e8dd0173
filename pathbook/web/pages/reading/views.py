"""Who reads what was said in guidance, and asking those who have not."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.people import access
from pathbook.people.models import Account
from pathbook.reports.one_reader import OneReader, one_reader
from pathbook.reports.reading import Line, Table, reading_page
from pathbook.uptake.actions.asking_to_read import Asked, ask_to_read
from pathbook.web import download
from pathbook.web.door import asked_by, require


@require_safe
def reading(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.READING)
    shown = reading_page(school, on=today)
    said = {"shown": shown, "today": today, "may_ask": viewer.may(access.READING, access.WRITE)}
    return render(request, "reading/reading.html", said)


@require_safe
def one(request: HttpRequest, account: int, role: str) -> HttpResponse:
    """Whose records one reader opened, and which never."""
    return render(request, "reading/one.html", {"shown": _one(request, account, role), "at": (account, role)})


@require_safe
def one_file(request: HttpRequest, account: int, role: str, kind: str) -> HttpResponse:
    shown = _one(request, account, role)
    rows = [(one.name, one.form, one.record.last, one.record.note, one.record.days) for one in shown.rows]
    headings = ("Student", "Group", "Last opened", "Latest note", "Days until it was read")
    students = [one.record.student for one in shown.rows]
    return download.file_of(request, kind, download.Table("reader", headings, rows, students))


def _one(request: HttpRequest, account: int, role: str) -> OneReader:
    viewer, school, today = asked_by(request)
    require(viewer, access.READING)
    shown = one_reader(viewer, school, get_object_or_404(Account, pk=account), role, on=today)
    if shown is None:
        raise Http404
    return shown


@require_safe
def reading_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Everybody of every table, one under the other."""
    viewer, school, today = asked_by(request)
    require(viewer, access.READING)
    tables = reading_page(school, on=today).tables
    rows = [_row(table, line) for table in tables for line in table.lines]
    headings = (
        "Role",
        "Name",
        "Of",
        "Opened",
        "Students",
        "Last",
        "Read within 14 days",
        "Of notes",
        "Not read",
        "Asked to read",
    )
    return download.file_of(request, kind, download.Table("reading", headings, rows))


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.READING, access.WRITE)
    waiting = reading_page(school, on=today).waiting
    where = request.build_absolute_uri("/")
    done = ask_to_read(readers=waiting, school=school, where=where, by=viewer, at=clock.now(), on=today)
    (messages.warning if done.failed else messages.success)(request, _said(done))
    return redirect("reading")


def _row(table: Table, line: Line) -> tuple[object, ...]:
    """As on screen; nothing about notes where the role is not to read them."""
    who, read = line.reader, line.reader.read14
    told = (read.of if read else "", read.out_of if read else "", who.unread if table.notes else "", line.asked)
    return table.title, who.account.name, line.over, who.opened, who.students, who.last, *told


def _said(done: Asked) -> str:
    """Who was asked, and how they hear of it."""
    said = f"{done.asked} asked: it stands on their own page." if done.asked else "Nobody was asked."
    if done.already:
        said += f" {done.already} had been asked today already."
    if done.asked and not settings.EMAIL_HOST:
        said += " No mail is set up, so none was sent."
    if done.mailed:
        said += f" {done.mailed} got an e-mail."
    if done.failed:
        said += f" The e-mail could not be sent to {', '.join(done.failed)}."
    return said
