"""Taking one's record along: a signed file for the next school or college, and a PDF to read."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pathbook import clock
from pathbook.audit import record
from pathbook.exchange.portable.keys import published
from pathbook.exchange.portable.writing import SUFFIX, portable_record
from pathbook.web.door import asked_by
from pathbook.web.pages.me.views import me


@require_safe
def take(request: HttpRequest) -> HttpResponse:
    _, school, _ = asked_by(request)
    me(request)
    return render(request, "me/take.html", {"key": published(settings.PATHBOOK_FOLDER, school)})


@require_safe
def my_file(request: HttpRequest) -> HttpResponse:
    """The file; with support in it only when it was ticked."""
    viewer, school, _ = asked_by(request)
    student, at = me(request), clock.now()
    chosen = request.GET.get("support") == "yes"
    said = portable_record(student, school, folder=settings.PATHBOOK_FOLDER, at=at, support=chosen)
    record.copied(by=viewer, at=at, students=[student.pk])
    return record_file(said, f"my{SUFFIX}")


def record_file(said: bytes, name: str, kind: str = "application/json") -> HttpResponse:
    return HttpResponse(said, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
