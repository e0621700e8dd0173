"""A parent's or carer's pages: own children only, and only what is shared."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from pathbook import clock
from pathbook.audit import record
from pathbook.people import access
from pathbook.people.visibility import students_visible_to
from pathbook.reports.family import children_of
from pathbook.web.door import asked_by, require


@require_safe
def family(request: HttpRequest) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.SHARED)
    children = children_of(viewer, school, on=today)
    if len(children) == 1:
        return redirect("child", key=children[0].shared.key)
    return render(request, "family/children.html", {"children": children})


@require_safe
def child(request: HttpRequest, key: str) -> HttpResponse:
    viewer, school, today = asked_by(request)
    student = get_object_or_404(students_visible_to(viewer, today, access.SHARED), key=key)
    found = next((one for one in children_of(viewer, school, on=today) if one.shared.key == key), None)
    if found is None:
        raise Http404
    record.reading(by=viewer, at=clock.now(), student_id=student.pk)
    return render(request, "family/child.html", {"child": found, "today": today})
