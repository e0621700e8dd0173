"""What students let their form see: the hope they chose, while it is the one they hold."""

from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet, Subquery

from pathbook.people.models import Student
from pathbook.records.models import Aspiration
from pathbook.uptake.models import GoalOnBoard


def latest_hope(student: Student) -> Aspiration | None:
    return Aspiration.objects.filter(student=student).order_by("-said_on", "-pk").first()


def goals_shown(students: Iterable[int]) -> dict[int, Aspiration]:
    """By the student's number; one query. A hope said since hides the one that was shared."""
    return {row.student_id: row.aspiration for row in _standing().filter(student__in=students)}


def shows_goal(student: Student) -> bool:
    return _standing().filter(student=student).exists()


def _standing() -> QuerySet[GoalOnBoard]:
    newest = Aspiration.objects.filter(student=OuterRef("student")).order_by("-said_on", "-pk").values("pk")[:1]
    return GoalOnBoard.objects.select_related("aspiration").filter(aspiration_id=Subquery(newest))
