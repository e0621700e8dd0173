"""Closing agreed actions: done, no longer needed or carried on, with what proves it; and opening them again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Event, Verb
from pathbook.framework.in_words import day_in_words
from pathbook.people.keys import new_key
from pathbook.people.visibility import Viewer
from pathbook.records.models import Action, GuidanceMeeting, Participation

Outcome = Action.Outcome


@dataclass(frozen=True, slots=True)
class Closing:
    """How it ended. `evidence` in words (an application, a letter); `due_on` only when it is carried on."""

    outcome: str
    evidence: str = ""
    attended: Participation | None = None
    met: GuidanceMeeting | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """What one act closed, and those somebody else had closed already. `at` is what its undo asks for."""

    actions: tuple[Action, ...]
    left: tuple[Action, ...]
    at: datetime


class ActionRefusedError(Exception):
    """It cannot be closed or opened so; the sentence says why."""


@transaction.atomic
def close(*, actions: Collection[Action], closing: Closing, by: Viewer, at: datetime, on: date) -> Closed:
    """All of those still open, in one act. Those closed meanwhile are left as they were closed, and named."""
    _refuse(actions, closing, on)
    still = {row.pk: row for row in Action.objects.filter(pk__in=[a.pk for a in actions], closed_on__isnull=True)}
    rows = [still[action.pk] for action in actions if action.pk in still]
    onward = [_onward(row, closing, by, at, on) for row in rows] if closing.due_on else []
    Action.objects.bulk_create(onward)
    for n, row in enumerate(rows):
        row.closed_on, row.closed_by, row.outcome = on, by.name, closing.outcome
        row.evidence, row.attended, row.met = closing.evidence, closing.attended, closing.met
        row.carried_to = onward[n] if onward else None
        row.version += 1
    Action.objects.bulk_update(rows, WRITTEN)
    record.changes(by=by, at=at, of=[_event(Verb.CHANGED, row) for row in rows])
    return Closed(tuple(rows), tuple(action for action in actions if action.pk not in still), at)


WRITTEN = ("closed_on", "closed_by", "outcome", "evidence", "attended", "met", "carried_to", "version")


def _refuse(actions: Collection[Action], closing: Closing, on: date) -> None:
    if closing.outcome not in Outcome.values:
        raise ActionRefusedError("Say whether it is done, no longer needed or carried on.")
    if (closing.outcome == Outcome.CARRIED_ON) != (closing.due_on is not None):
        raise ActionRefusedError("Say until when it is carried on.")
    if closing.due_on is not None and closing.due_on < on:
        raise ActionRefusedError(f"It cannot be carried on to {day_in_words(closing.due_on)}: choose a day to come.")
    proofs = [one for one in (closing.attended, closing.met) if one is not None]
    if any(proof.student_id != action.student_id for proof in proofs for action in actions):
        raise ActionRefusedError("What proves it must be of the same student: choose again.")


def _onward(row: Action, closing: Closing, by: Viewer, at: datetime, on: date) -> Action:
    return Action(
        key=new_key(), student_id=row.student_id, meeting_id=row.meeting_id, what=row.what, owner=row.owner,
        owner_name=row.owner_name, activity_id=row.activity_id, agreed_on=on, due_on=closing.due_on or on,
        recorded_by=by.name, recorded_at=at,
    )  # fmt: skip


@transaction.atomic
def reopen(*, said_at: datetime, by: Viewer, at: datetime) -> int:
    """Undo of close: what this person closed at that moment is open again. Refused once something rests on it."""
    events = Event.objects.filter(noun="action", verb=Verb.CHANGED, at=said_at, actor_id=by.account_id)
    rows = list(Action.objects.filter(pk__in=events.values("noun_id"), closed_on__isnull=False))
    if not rows:
        raise ActionRefusedError("There is nothing to undo: it is open already.")
    _take_back_onward(rows)
    for row in rows:
        row.closed_on, row.closed_by, row.outcome, row.evidence = None, "", "", ""
        row.attended = row.met = row.carried_to = None
        row.version += 1
    Action.objects.bulk_update(rows, WRITTEN)
    record.changes(by=by, at=at, of=[_event(Verb.UNDONE, row) for row in rows])
    return len(rows)


def _take_back_onward(rows: Sequence[Action]) -> None:
    onward = list(Action.objects.filter(carried_from__in=rows))
    if any(row.closed_on or row.version > 1 for row in onward):
        raise ActionRefusedError("Where it was carried on to has been changed since, so this is not undone.")
    Action.objects.filter(pk__in=[row.pk for row in onward]).delete()


def _event(verb: Verb, row: Action) -> record.Change:
    """Never its words: the audit says what became of it."""
    after = {"outcome": row.outcome, "closed_on": str(row.closed_on or ""), "proved": row.is_proved}
    return record.Change(verb, "action", row.pk, row.student_id, {"after": after})
