"""Keeping what a record said before it was put right: the words themselves, which the audit never holds."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max, QuerySet

from pathbook.audit.models import Event
from pathbook.people.visibility import Viewer
from pathbook.records.models import Action, Before, GuidanceMeeting, Participation

Row = Action | GuidanceMeeting | Participation


def overwritten(of: Before.Of, row: Row, now: Mapping[str, str]) -> list[Before]:
    """Words of this row that `now` writes over or empties, as they stand; ask before writing, and `keep` afterwards."""
    was = {field: getattr(row, field) for field in now}
    return [
        Before(student_id=row.student_id, of=of, row=row.pk, field=field, words=words)
        for field, words in was.items()
        if words not in ("", now[field])
    ]


def reflections(going: QuerySet[Participation]) -> list[Before]:
    """What students made of something whose record is about to be taken out."""
    return [
        one
        for part in going.exclude(reflection="")
        for one in overwritten(Before.Of.REFLECTION, part, {"reflection": ""})
    ]


def keep(found: Collection[Before], *, by: Viewer, at: datetime) -> None:
    """Call after the events of the change, inside its transaction: each is kept with the number of its event."""
    if not found:
        return
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("what was said before belongs in the transaction of its change")
    told = Event.objects.filter(at=at, noun__in={one.of for one in found}, noun_id__in={one.row for one in found})
    last = {(noun, row): pk for noun, row, pk in told.values_list("noun", "noun_id").annotate(last=Max("pk"))}
    for one in found:
        one.event, one.recorded_by, one.recorded_at = last.get((one.of, one.row)), by.name, at
    Before.objects.bulk_create(found)
