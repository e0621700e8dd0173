"""What was looked at in school as a file: the rounds, and one round with what was seen."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pathbook.people import access
from pathbook.reports.monitoring import Item, monitoring_of, round_of
from pathbook.uptake.ready import ANSWERS, Look
from pathbook.web import download
from pathbook.web.door import asked_by, require
from pathbook.web.pages.monitoring.views import found


@require_safe
def monitoring_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The rounds, and below them each term."""
    viewer, school, today = asked_by(request)
    require(viewer, access.MONITORING)
    shown = monitoring_of(school, on=today)
    rounds = [
        ("Round", one.round.get_kind_display(), one.round.drawn_on, one.done.of, one.done.out_of, one.open)
        for one in shown.rounds
    ]
    terms = [("Term, seen of looked for", one.label, "", one.seen.of, one.seen.out_of, "") for one in shown.terms]
    headings = ("Table", "Row", "Drawn", "Number", "Out of", "Follow-ups open")
    return download.file_of(request, kind, download.Table("monitoring", headings, [*rounds, *terms]))


@require_safe
def round_file(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """What was looked at; nothing of a student whom this viewer may not see."""
    viewer, _, today = asked_by(request)
    shown = round_of(found(request, key, access.READ), viewer, on=today)
    items = [item for item in (*shown.waiting, *shown.looked_at) if item.is_open]
    headings = ("What", "Looked at", "By", *(look.words for look in shown.round.looks), "In words")
    rows = [_row(item, shown.round.looks) for item in items]
    students = [item.observation.student_id for item in items if item.observation.student_id]
    return download.file_of(request, kind, download.Table(f"round-{key}", headings, rows, students))


def _row(item: Item, looks: Sequence[Look]) -> tuple[object, ...]:
    one = item.observation
    seen = (ANSWERS.get(one.found.get(look.code, ""), "") for look in looks)
    return item.label, one.seen_on, one.seen_by, *seen, one.words
