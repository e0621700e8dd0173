"""What a placement has shown so far is ticked on the checklist of the activity it became."""

from datetime import datetime

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.framework import kinds
from pathbook.framework import placements as rule
from pathbook.records.models import Activity, Placement
from pathbook.records.queries.placements import forms_of, shown


def count_again(placement: Placement, *, by: record.Actor, at: datetime) -> bool:
    """Inside the transaction of what was said. Only ticks: what a person ticked by hand stays. Does it count now?"""
    now = Placement.objects.select_related("part__activity").get(pk=placement.pk)
    if now.part is None or now.part.activity.recorded_at != now.done_at:
        return False  # not done yet, or it was logged with others before: that activity is not this student's alone
    activity = now.part.activity
    items = rule.items_shown(shown(now, forms_of([now]).get(now.pk, {}), now.journal.count()))
    before = list(activity.checklist)
    ticked = [*before, *(item for item in items if item not in before)]
    if ticked != before:
        _tick(activity, before, ticked, by, at)
    return activity.meaningful


def _tick(activity: Activity, before: list[str], ticked: list[str], by: record.Actor, at: datetime) -> None:
    activity.checklist = ticked
    activity.meaningful = kinds.is_meaningful(activity.kind, activity.also, ticked)
    activity.version += 1
    activity.save(update_fields=["checklist", "meaningful", "version"])
    detail = {"fields": {"checklist": [before, ticked]}}
    record.changes(by=by, at=at, of=[record.Change(Verb.CHANGED, "activity", activity.pk, detail=detail)])
