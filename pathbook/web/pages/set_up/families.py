"""Parents and carers who read at home: who has joined, and ending a link so that the next page shows nothing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pathbook import clock
from pathbook.people import access, family
from pathbook.people.models import GuardianLink
from pathbook.people.visibility import students_writable_by
from pathbook.reports.families import codes_of, families_of, links_seen_by
from pathbook.web.door import asked_by, require


@require_safe
def families(request: HttpRequest) -> HttpResponse:
    viewer, _, today = asked_by(request)
    require(viewer, access.FAMILIES)
    search = request.GET.get("search", "")[:80]
    codes, children = codes_of(viewer, on=today, search=search)
    said = {"families": families_of(viewer, on=today, search=search), "codes": codes, "children": children}
    return render(request, "set_up/families.html", said | {"search": search})


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, _, today = asked_by(request)
    link = _link(request, pk)
    cancelled = family.end_link(link=link, by=viewer, at=clock.now(), on=today)
    words = f"{link.guardian.name} no longer reads {link.student.name}’s record, and is signed out."
    if cancelled:
        words += (
            f" Codes printed for {link.student.name} and not used are cancelled too: print a sheet if one is needed."
        )
    messages.success(request, words, extra_tags=f"undo:{reverse('restore-family', args=[pk])}")
    return redirect("families")


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, school, today = asked_by(request)
    link = _link(request, pk)
    family.restore_link(link=link, school=school, by=viewer, at=clock.now(), on=today)
    messages.success(request, f"{link.guardian.name} may read {link.student.name}’s shared record again.")
    return redirect("families")


@require_POST
def cancel_codes(request: HttpRequest, key: str) -> HttpResponse:
    viewer, _, today = asked_by(request)
    child = get_object_or_404(students_writable_by(viewer, today, access.FAMILIES), key=key)
    family.cancel_codes(child=child, by=viewer, at=clock.now())
    messages.success(request, f"No code printed for {child.name} so far works now. Print a sheet for a new one.")
    return redirect("families")


def _link(request: HttpRequest, pk: int) -> GuardianLink:
    viewer, _, today = asked_by(request)
    require(viewer, access.FAMILIES, access.WRITE)
    return get_object_or_404(links_seen_by(viewer, on=today), pk=pk)
