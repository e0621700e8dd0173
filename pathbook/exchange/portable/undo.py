"""Taking a record back: what it brought is gone, what it brought up to date is as it was."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q

from pathbook.audit import record as audit
from pathbook.audit.models import Event, Verb
from pathbook.exchange.models import RecordRun
from pathbook.people.visibility import Viewer
from pathbook.records.models import (
    Action,
    Activity,
    Aspiration,
    GuidanceMeeting,
    Intention,
    Participation,
    PriorRecord,
)

MADE = {
    "actions": Action, "meetings": GuidanceMeeting, "parts": Participation, "aspirations": Aspiration,
    "intentions": Intention, "prior": PriorRecord,
}  # fmt: skip


class CannotUndoError(Exception):
    """One sentence: why this record cannot be taken back."""


@transaction.atomic
def take_back(*, run: RecordRun, by: Viewer, at: datetime) -> RecordRun:
    """All of it; refused once something it brought was changed here, or something was written on it."""
    run = RecordRun.objects.select_for_update().get(pk=run.pk)
    if why_not := refusal(run):
        raise CannotUndoError(why_not)
    undo = run.undo
    Action.objects.filter(pk__in=undo["closed"]).update(closed_on=None, outcome="", closed_by="")
    Participation.objects.filter(pk__in=undo["reflected"]).update(reflection="")
    for name, model in MADE.items():
        model._default_manager.filter(pk__in=undo[name]).delete()
    Activity.objects.filter(pk__in=undo["activities"], participations=None).delete()  # another may have brought it too
    run.undone_by, run.undone_at, run.undo = by.name, at, {}
    run.save(update_fields=["undone_by", "undone_at", "undo"])
    detail = {"import": run.key}
    audit.changes(by=by, at=at, of=[audit.Change(Verb.UNDONE, "portable record", run.pk, run.student_id, detail)])
    return run


def refusal(run: RecordRun) -> str:
    """Why it cannot be taken back; empty when it can."""
    if run.undone_at:
        return "This record has been taken back already."
    later = RecordRun.objects.filter(student=run.student_id, urn=run.urn, undone_at=None, pk__gt=run.pk)
    if later.exists():
        return "A newer record of that school came in since. Take that one back first."
    brought = Event.objects.filter(noun="portable record", noun_id=run.pk).aggregate(pk=Max("pk"))["pk"]
    actions, meetings = [*run.undo["actions"], *run.undo["closed"]], run.undo["meetings"]
    changed = Q(noun="action", noun_id__in=actions) | Q(noun="meeting", noun_id__in=meetings) | _written_on(run)
    if Event.objects.filter(changed, pk__gt=brought or 0).exclude(verb=Verb.READ).exists():
        return "Something it brought was changed here since. Correct it on the student's own page instead."
    return ""


def _written_on(run: RecordRun) -> Q:
    """The student's own words on what they did, their attendance put right, and a hope of theirs taken back."""
    parts = [*run.undo["parts"], *run.undo["reflected"]]
    at = list(Participation.objects.filter(pk__in=parts).values_list("activity_id", flat=True))
    attended = Q(noun="activity", noun_id__in=at, student_id=run.student_id)
    hoped = Q(noun="aspiration", noun_id__in=run.undo["aspirations"])
    return Q(noun="reflection", noun_id__in=parts) | attended | hoped
