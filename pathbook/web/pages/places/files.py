"""Places and slots as files: who gets a place, who waits, how fair it is, and whom the slots would not reach."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pathbook import clock
from pathbook.reports import places as report
from pathbook.reports.capacity import capacity_page
from pathbook.web import download
from pathbook.web.door import asked_by
from pathbook.web.pages.places.views import find, for_whole_school

BETTER = {"first": False, "better": True}


@require_safe
def proposal(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """The part that is open, over all its pages."""
    _, _, today = asked_by(request)
    asked = request.GET
    better = BETTER.get(asked.get("answer", ""))
    shown = report.proposal_page(
        find(request, key),
        on=today,
        part=asked.get("part", ""),
        better=better,
        offer=asked.get("offer", ""),
        per=100_000,
    )
    table = _groups(shown) if shown.part == report.GROUPS else _places(shown)
    return download.file_of(request, kind, table)


def _places(shown: report.ProposalPage) -> download.Table:
    headings = ("Student", "Group", "Place", "Why", "What it would take", "Urgency")
    rows = [
        (line.row.student.name, line.form, line.title, line.row.why, line.row.needs, round(line.row.value, 2))
        for line in shown.lines
    ]
    return download.Table(f"places-{shown.part}", headings, rows, [line.row.student_id for line in shown.lines])


def _groups(shown: report.ProposalPage) -> download.Table:
    headings = ("Group", "With a place", "Of", "Need met, %", "By lot, %", "Within the limit")
    rows = [
        (g.name, g.students.of, g.students.out_of, g.met, g.by_lot, "yes" if g.fair else "no") for g in shown.groups
    ]
    return download.Table("places-groups", headings, rows)


@require_safe
def capacity(request: HttpRequest, kind: str) -> HttpResponse:
    """Those the slots would not reach, as the page lists them."""
    viewer, school, today = asked_by(request)
    for_whole_school(viewer)
    people = capacity_page(viewer, school, at=clock.now(), on=today).unreached
    headings = ("Student", "Group", "Why they need a meeting", "Due")
    rows = [(one.student.name, one.form, one.need.reason, one.need.due) for one in people]
    return download.file_of(
        request, kind, download.Table("not-reached", headings, rows, [one.student.pk for one in people])
    )
