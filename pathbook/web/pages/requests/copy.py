"""Everything held about one student, in one file: to answer their own request with."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from pathbook import clock
from pathbook.framework.in_words import day_in_words
from pathbook.people import access
from pathbook.people.visibility import may_see
from pathbook.privacy.subject_access import copy_for, due
from pathbook.web.door import asked_by, require
from pathbook.web.pages.requests.forms import CopyForm
from pathbook.web.pages.requests.views import page, whom


@require_POST
def copy(request: HttpRequest) -> HttpResponse:
    """The number is posted, so that it stands in no address; nor is a name in the file's."""
    viewer, school, today = asked_by(request)
    require(viewer, access.SUBJECT_ACCESS)
    form = CopyForm(request.POST, today=today)
    whose = whom(form, school)
    if whose is None:
        return page(request, copy=form)
    if not may_see(viewer, whose, access.SUBJECT_ACCESS, today):
        raise Http404
    asked = form.cleaned_data["asked"]
    said = copy_for(whose, school, asked=asked, by=viewer, at=clock.now())
    messages.success(request, f"A copy was made. Answer by {day_in_words(due(asked))}.")
    name = f"subject-access-{whose.key}.zip"
    return HttpResponse(said, "application/zip", headers={"Content-Disposition": f'attachment; filename="{name}"'})
