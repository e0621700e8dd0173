"""A student's own choice: may my form see on the board what I hope for?"""

from datetime import datetime

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people.models import Student
from pathbook.people.visibility import Viewer
from pathbook.uptake.models import GoalOnBoard
from pathbook.uptake.queries.goals import latest_hope

NOUN = "goal on the board"


@transaction.atomic
def share(*, student: Student, by: Viewer, at: datetime) -> bool:
    """The hope that is theirs now, and no later one. False when they have said none."""
    hope = latest_hope(student)
    if hope is None:
        return False
    row, _ = GoalOnBoard.objects.update_or_create(
        student=student, defaults={"aspiration": hope, "recorded_by": by.name, "recorded_at": at}
    )
    record.changes(by=by, at=at, of=[record.Change(Verb.CHANGED, NOUN, row.pk, student.pk, {"after": {"shown": True}})])
    return True


@transaction.atomic
def keep_to_myself(*, student: Student, by: Viewer, at: datetime) -> None:
    for row in GoalOnBoard.objects.filter(student=student):
        told = {"after": {"shown": False}}
        record.changes(by=by, at=at, of=[record.Change(Verb.CHANGED, NOUN, row.pk, student.pk, told)])
        row.delete()
