"""A head of year's home: their year's greatest gaps, and what was agreed or asked and not followed up."""

from dataclasses import replace
from datetime import date

from django.db.models import Count, Q

from pathbook.people import access
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.records.queries.actions import actions_visible_to
from pathbook.reports.answers import waiting_for
from pathbook.reports.home import Home, home_of
from pathbook.reports.todos import Todo

GAPS = 3  # so that what was not followed up stands on the first screen too


def year_home(viewer: Viewer, school: Institution, *, on: date, roll: int | None = None) -> Home:
    """The ordinary home and three queries."""
    shown = home_of(viewer, school, on=on, roll=roll)
    waiting = (*_overdue(viewer, school, on), *_unanswered(viewer, school, on))
    years = " and ".join(f"Year {held.year_group}" for held in viewer.held if held.year_group)
    return replace(shown, todos=(*shown.todos[:GAPS], *waiting), whose=years or school.name, reach=shown.judged)


def _overdue(viewer: Viewer, school: Institution, on: date) -> tuple[Todo, ...]:
    still_open = actions_visible_to(viewer, on).filter(student__institution=school).still_open(on)
    found = still_open.aggregate(open=Count("pk"), late=Count("pk", filter=Q(due_on__lt=on)))
    if not found["late"]:
        return ()
    words = "agreed action is overdue" if found["late"] == 1 else "agreed actions are overdue"
    url = "/actions/?state=overdue"
    return (Todo(found["late"], words, url, f"Of {found['open']:,} still open.", "Follow up", url),)


def _unanswered(viewer: Viewer, school: Institution, on: date) -> tuple[Todo, ...]:
    if not viewer.may(access.ANSWERS, access.WRITE):
        return ()
    waiting = waiting_for(viewer, school, on=on)
    many = len(waiting.requests) + len(waiting.corrections)
    if not many:
        return ()
    words = "student waits for an answer" if many == 1 else "requests and corrections wait for an answer"
    why = f"{len(waiting.requests)} asked for guidance, {len(waiting.corrections)} said something is wrong."
    return (Todo(many, words, "/answers/", why, "Answer", "/answers/"),)
