"""An action agreed outside a meeting, or put right: whose it is, what, and by when."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.framework.in_words import day_in_words
from pathbook.people.models import Student
from pathbook.people.visibility import Viewer
from pathbook.records.actions.before import keep, overwritten
from pathbook.records.actions.closing import ActionRefusedError
from pathbook.records.models import Action, Before


@dataclass(frozen=True, slots=True)
class What:
    """What is to be done, by whom and when. `owner_name` where the owner is somebody else."""

    what: str
    owner: str
    due_on: date
    owner_name: str = ""


class ChangedMeanwhileError(ActionRefusedError):
    """Somebody changed or closed it since it was shown."""


@transaction.atomic
def agree(*, student: Student, what: What, key: str, by: Viewer, at: datetime, on: date) -> Action:
    """`key` is the form's own: sent twice, it is one action."""
    if what.due_on < on:
        raise ActionRefusedError(f"It cannot be due on {day_in_words(what.due_on)}: choose a day to come.")
    row, made = Action.objects.get_or_create(
        key=key,
        defaults={
            "student": student, "what": what.what, "owner": what.owner, "owner_name": what.owner_name,
            "agreed_on": on, "due_on": what.due_on, "recorded_by": by.name, "recorded_at": at,
        },
    )  # fmt: skip
    if made:
        record.changes(by=by, at=at, of=[_event(Verb.CREATED, row)])
    return row


@transaction.atomic
def put_right(*, action: Action, what: What, version: int, by: Viewer, at: datetime) -> None:
    """`version` is the one that was shown: when it has moved on since, nothing is written."""
    if what.due_on < action.agreed_on:
        raise ActionRefusedError(f"It was agreed on {day_in_words(action.agreed_on)}: choose that day or a later one.")
    said = {"what": what.what, "owner_name": what.owner_name}
    shown = Action.objects.filter(pk=action.pk, version=version, closed_on__isnull=True)
    over = [one for row in shown for one in overwritten(Before.Of.ACTION, row, said)]
    written = shown.update(**said, owner=what.owner, due_on=what.due_on, version=version + 1)
    if not written:
        raise ChangedMeanwhileError("Somebody changed or closed this since you opened it. This is how it stands now.")
    record.changes(by=by, at=at, of=[_event(Verb.CHANGED, Action.objects.get(pk=action.pk))])
    keep(over, by=by, at=at)


def _event(verb: Verb, row: Action) -> record.Change:
    return record.Change(
        verb, "action", row.pk, row.student_id, {"after": {"owner": row.owner, "due_on": str(row.due_on)}}
    )
