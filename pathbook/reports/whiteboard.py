"""What of a tutor's group may stand on a classroom's screen: names, the week's question, what everyone goes to, shared hopes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.records.models import Participation
from pathbook.reports.hopes import hope_of
from pathbook.reports.my_group import my_group
from pathbook.reports.tutees import enrolled, form_of
from pathbook.uptake.queries.goals import goals_shown

AHEAD = timedelta(days=42)
MOST = 4


@dataclass(frozen=True, slots=True)
class OnBoard:
    """One student. `goal` only where they chose that their form may see it."""

    name: str
    goal: str


@dataclass(frozen=True, slots=True)
class Whiteboard:
    """Nothing here is of one student but their name and what they chose to show. `coming`: day and title."""

    forms: tuple[str, ...]
    students: tuple[OnBoard, ...]
    question: str
    coming: tuple[tuple[date, str], ...]

    @property
    def shown(self) -> int:
        return sum(bool(one.goal) for one in self.students)


def whiteboard_of(viewer: Viewer, school: Institution, *, on: date) -> Whiteboard:
    """A fixed number of queries."""
    rows = enrolled(viewer, school, on)
    students = [row.student_id for row in rows]
    goals = {one: hope_of(hope).words for one, hope in goals_shown(students).items()}
    return Whiteboard(
        tuple(dict.fromkeys(form_of(row) for row in rows if form_of(row))),
        tuple(OnBoard(row.student.name, goals.get(row.student_id, "")) for row in rows),
        my_group(viewer, school, on=on, rows=rows).question.words, _coming(students, on),
    )  # fmt: skip


def _coming(students: Sequence[int], on: date) -> tuple[tuple[date, str], ...]:
    """Only what every one of them is put down for: what some go to can say why."""
    planned = Participation.objects.filter(
        status=Participation.Status.PLANNED, student__in=students, on__range=(on, on + AHEAD),
        activity__withdrawn_at__isnull=True,
    )  # fmt: skip
    counted = planned.values_list("on", "activity__title").annotate(going=Count("student", distinct=True))
    return tuple((day, title) for day, title, going in counted.order_by("on") if going == len(students))[:MOST]
