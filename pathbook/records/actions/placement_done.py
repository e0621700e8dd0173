"""It took place: one activity with one student is written, so that Benchmark 6 counts it; undone in one act."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.framework import placements as rule
from pathbook.people import access
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer, students_writable_by
from pathbook.records.actions import log
from pathbook.records.actions.placement_counting import count_again
from pathbook.records.actions.placing import PlacementRefusedError
from pathbook.records.actions.programme import Details
from pathbook.records.models import Participation, Placement
from pathbook.records.queries.placements import forms_of, state

WORKPLACE = "workplace_experience"


@transaction.atomic
def took_place(
    *, placements: Sequence[Placement], days: int | None = None, school: Institution, by: Viewer, at: datetime, on: date
) -> list[Placement]:
    """Those that have begun and stand approved, once each. `days`: how many they were there, when fewer than planned."""
    forms = forms_of(placements)
    mine = set(students_writable_by(by, on, access.ACTIVITIES).values_list("pk", flat=True))
    done = []
    for one in placements:
        over = state(one, forms.get(one.pk, {}), on=on) in ("under_way", "over") and one.student_id in mine
        if over and _claim(one, days, by, at):
            one.part = _counted_already(one) or _written(one, school, by, at, on)
            one.save(update_fields=["part"])
            count_again(one, by=by, at=at)
            done.append(one)
    record.changes(by=by, at=at, of=[_event(Verb.CHANGED, one, took_place=True) for one in done])
    return done


def _claim(one: Placement, days: int | None, by: Viewer, at: datetime) -> bool:
    planned = rule.days_between(one.starts_on, one.ends_on)
    one.days_done = planned if days is None else min(days, planned)
    one.done_by, one.done_at = by.name, at
    rows = Placement.objects.standing().filter(pk=one.pk, done_at=None)
    return bool(rows.update(days_done=one.days_done, done_by=by.name, done_at=at))


def _counted_already(one: Placement) -> Participation | None:
    """Days in a workplace recorded with the whole year group, for instance: nobody is counted twice."""
    of_work = Q(activity__kind=WORKPLACE) | Q(activity__also__icontains=f'"{WORKPLACE}"')
    rows = Participation.objects.attended().filter(of_work, student=one.student_id, placement=None)
    return rows.filter(activity__withdrawn_at=None, on__range=(one.starts_on, one.ends_on)).order_by("pk").first()


def _written(one: Placement, school: Institution, by: Viewer, at: datetime, on: date) -> Participation:
    host = one.host.provider if one.host else None
    details = Details(
        title=f"Work placement at {host.name if host else 'a host'}"[:160], kind=WORKPLACE, starts_on=one.starts_on,
        ends_on=one.ends_on, provider=host.name if host else "", sector=host.sector if host else "",
        hours=one.days * one.hours_a_day,
    )  # fmt: skip
    came = {one.student_id: Participation.Status.ATTENDED.value}
    activity, _ = log.log(details=details, statuses=came, token="", school=school, by=by, at=at, on=on)
    part = Participation.objects.get(activity=activity, student=one.student_id)
    if one.reflection:
        Participation.objects.filter(pk=part.pk).update(reflection=one.reflection)
    return part


@transaction.atomic
def undo(*, said_at: datetime, by: Viewer, at: datetime, on: date) -> int:
    """Every placement that act closed stands as it did; what it wrote for the benchmarks goes."""
    mine = students_writable_by(by, on, access.ACTIVITIES)
    rows = list(Placement.objects.filter(done_at=said_at, student__in=mine).select_related("part__activity"))
    if not rows:
        raise PlacementRefusedError("There is nothing to undo: it has been undone already.")
    for one in rows:
        part, one.part = one.part, None
        one.days_done, one.done_by, one.done_at = None, "", None
        one.save(update_fields=["part", "days_done", "done_by", "done_at"])
        if part and part.activity.recorded_at == said_at:
            log.undo_log(activity=part.activity, said_at=said_at, by=by, at=at, on=on)
    return record.changes(by=by, at=at, of=[_event(Verb.UNDONE, one, took_place=False) for one in rows])


def _event(verb: Verb, one: Placement, **after: object) -> record.Change:
    return record.Change(verb, "placement", one.pk, one.student_id, {"after": after})
