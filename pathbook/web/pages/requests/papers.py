"""The papers of data protection: to read here, and to take away as files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pathbook.people import access
from pathbook.people.visibility import Viewer
from pathbook.privacy.papers import papers as made
from pathbook.privacy.reading import blocks
from pathbook.web.door import asked_by, require

WHAT = {
    "dpia": ("Impact assessment (DPIA)", "Filled as far as Pathbook knows itself; sections 3 and 6 are yours."),
    "ropa": ("Record of processing", "Every kind of personal data and every field that holds it."),
    "processors": ("Processor schedule", "Who else handles the data: nobody, until the school lets somebody."),
    "notice-staff": ("Notice for staff", "What is held about them, and who sees it."),
    "notice-parent": ("Notice for parents and carers", "What is held about their child and about them."),
    "notice-child": ("Notice for students", "In words a Year 7 can read. It stands at the foot of their pages."),
}


@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    viewer, _, _ = asked_by(request)
    require(viewer, access.AUDIT)
    return render(request, "requests/papers.html", {"papers": [(name, *said) for name, said in WHAT.items()]})


@require_safe
def paper(request: HttpRequest, name: str) -> HttpResponse:
    viewer, school, today = asked_by(request)
    require(viewer, access.AUDIT)
    said = made(school, on=today).get(f"{name}.md")
    if said is None:
        raise Http404
    response = HttpResponse(said, content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.md"'
    return response


@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """How we use your information: the notice of whoever asks."""
    viewer, school, today = asked_by(request)
    title, *rest = blocks(made(school, on=today)[f"notice-{_told_as(viewer)}.md"])
    return render(request, "requests/notice.html", {"title": title.text, "blocks": rest})


def _told_as(viewer: Viewer) -> str:
    """By what they may say for themselves: a student, a student's parent, or else staff."""
    if viewer.may(access.VOICE, access.WRITE):
        return "child"
    return "parent" if viewer.may(access.OBJECTING, access.WRITE) else "staff"
