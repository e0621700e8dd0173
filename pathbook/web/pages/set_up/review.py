"""The access review, each term: the sheet, the same as a file, and "looked through"."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.people import access, accounts
from pathbook.reports.role_review import HEADINGS, role_review
from pathbook.web import download
from pathbook.web.door import asked_by, require


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.ACCOUNTS, access.WRITE)
    return render(request, "set_up/review.html", {"shown": role_review(school, on=today)})


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.ACCOUNTS, access.WRITE)
    rows = [one.cells for one in role_review(school, on=today).holders]
    return download.file_of(request, kind, download.Table(f"access-review-{today.isoformat()}", HEADINGS, rows))


@require_POST
def reviewed(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.ACCOUNTS, access.WRITE)
    roles = len(role_review(school, on=today).holders)
    accounts.note_review(institution=school, roles=roles, by=viewer, at=clock.now())
    messages.success(request, f"Noted: you looked through {roles} role{'' if roles == 1 else 's'} today.")
    return redirect("access-review")
