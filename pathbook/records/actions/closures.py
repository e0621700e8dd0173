"""Days on which nobody is met: said, ended, undone. What is booked then stays booked until somebody moves it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Event, Verb
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.records.models import Closure


class ClosureRefusedError(Exception):
    """It cannot be said or undone so; the sentence says why."""


@transaction.atomic
def close(*, school: Institution, first_day: date, last_day: date, why: str, by: Viewer, at: datetime) -> Closure:
    """The same days said twice are one closure."""
    if last_day < first_day:
        raise ClosureRefusedError("The last day is before the first. Correct one of them.")
    known = Closure.objects.filter(institution=school, first_day=first_day, last_day=last_day).first()
    if known:
        raise ClosureRefusedError(f"These days are closed already ({known.why}).")
    closure = Closure.objects.create(
        institution=school, first_day=first_day, last_day=last_day, why=why, recorded_by=by.name, recorded_at=at
    )
    record.changes(
        by=by, at=at, of=[record.Change(Verb.CREATED, "closure", closure.pk, detail={"after": _said(closure)})]
    )
    return closure


@transaction.atomic
def reopen(*, closure: Closure, by: Viewer, at: datetime) -> None:
    """Slots offered on those days before can be booked again."""
    now = Closure.objects.filter(pk=closure.pk).first()
    if now is None:
        raise ClosureRefusedError("This closure has been taken away already.")
    record.changes(by=by, at=at, of=[record.Change(Verb.REMOVED, "closure", now.pk, detail={"before": _said(now)})])
    now.delete()


@transaction.atomic
def undo(*, school: Institution, said_at: datetime, by: Viewer, at: datetime) -> None:
    """Of either."""
    mine = Event.objects.filter(noun="closure", at=said_at, actor_id=by.account_id)
    event = mine.filter(verb__in=(Verb.CREATED, Verb.REMOVED)).order_by("pk").first()
    if event is None or Event.objects.filter(noun="closure", noun_id=event.noun_id, verb=Verb.UNDONE).exists():
        raise ClosureRefusedError("There is nothing to undo: it has been undone already.")
    if event.verb == Verb.CREATED:
        Closure.objects.filter(pk=event.noun_id or 0, institution=school).delete()
    else:
        _again(school, event, by, at)
    record.changes(by=by, at=at, of=[record.Change(Verb.UNDONE, "closure", event.noun_id)])


def _again(school: Institution, event: Event, by: Viewer, at: datetime) -> None:
    was: dict[str, Any] = event.detail["before"]
    first, last = date.fromisoformat(was["first_day"]), date.fromisoformat(was["last_day"])
    Closure.objects.create(
        pk=event.noun_id, institution=school, first_day=first, last_day=last, why=was["why"], recorded_by=by.name,
        recorded_at=at,
    )  # fmt: skip


def _said(closure: Closure) -> dict[str, str]:
    return {"first_day": str(closure.first_day), "last_day": str(closure.last_day), "why": closure.why}
