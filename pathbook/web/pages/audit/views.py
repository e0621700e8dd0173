"""The audit, searched by the data protection officer; and the working notes that were opened."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.audit.models import Verb
from pathbook.people import access
from pathbook.records.actions import note_openings
from pathbook.records.models import NoteOpening
from pathbook.reports.audit import audit_page, notes_opened
from pathbook.web.door import asked_by, require
from pathbook.web.pages.audit.forms import asked_of


@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    viewer, school, _ = asked_by(request)
    require(viewer, access.AUDIT)
    shown = audit_page(school, asked_of(request.GET))
    return render(request, "audit/audit.html", {"shown": shown, "verbs": Verb.choices})


@require_safe
def notes(request: HttpRequest) -> HttpResponse:
    viewer, school, _ = asked_by(request)
    require(viewer, access.AUDIT)
    return render(request, "audit/notes.html", {"opened": notes_opened(school)})


@require_POST
def seen(request: HttpRequest, key: str) -> HttpResponse:
    """Its author or the data protection officer has seen that a note was opened."""
    viewer, school, _ = asked_by(request)
    theirs = Q() if viewer.may(access.AUDIT) else Q(author=viewer.account_id)
    opened = get_object_or_404(
        NoteOpening.objects.select_related("meeting"), theirs, key=key, meeting__institution=school
    )
    note_openings.saw(opened=opened, by=viewer, at=clock.now())
    return redirect("home")
