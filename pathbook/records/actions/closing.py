"""Closing agreed actions: done, no longer needed or carried on, with what proves it; and opening them again."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from pathbook.audit import record
from pathbook.audit.models import Event, Verb
from pathbook.framework.in_words import day_in_words
from pathbook.people.keys import new_key
from pathbook.people.visibility import Viewer
from pathbook.records.actions.before import keep, overwritten
from pathbook.records.models import Action, Before, GuidanceMeeting, Offer, Participation

Outcome = Action.Outcome
NOUN = "action"


@dataclass(frozen=True, slots=True)
class Closing:
    """How it ended. `evidence` in words (a letter, a link); `due_on` only when it is carried on."""

    outcome: str
    evidence: str = ""
    attended: Participation | None = None
    met: GuidanceMeeting | None = None
    applied: Offer | None = None
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
        row.applied = closing.applied
        row.carried_to = onward[n] if onward else None
        row.version += 1
    Action.objects.bulk_update(rows, WRITTEN)
    record.changes(by=by, at=at, of=[_event(Verb.CHANGED, row) for row in rows])
    return Closed(tuple(rows), tuple(action for action in actions if action.pk not in still), at)


WRITTEN = ("closed_on", "closed_by", "outcome", "evidence", "attended", "met", "applied", "carried_to", "version")


def _refuse(actions: Collection[Action], closing: Closing, on: date) -> None:
    if closing.outcome not in Outcome.values:
        raise ActionRefusedError("Say whether it is done, no longer needed or carried on.")
    if (closing.outcome == Outcome.CARRIED_ON) != (closing.due_on is not None):
        raise ActionRefusedError("Say until when it is carried on.")
    if closing.due_on is not None and closing.due_on < on:
        raise ActionRefusedError(f"It cannot be carried on to {day_in_words(closing.due_on)}: choose a day to come.")
    proofs = [one for one in (closing.attended, closing.met, closing.applied) if one is not None]
    if any(proof.student_id != action.student_id for proof in proofs for action in actions):
        raise ActionRefusedError("What proves it must be of the same student: choose again.")


def _onward(row: Action, closing: Closing, by: Viewer, at: datetime, on: date) -> Action:
    return Action(
        key=new_key(), student_id=row.student_id, meeting_id=row.meeting_id, what=row.what, owner=row.owner,
        owner_name=row.owner_name, activity_id=row.activity_id, agreed_on=on, due_on=closing.due_on or on,
        recorded_by=by.name, recorded_at=at,
    )  # fmt: skip


@transaction.atomic
def correct(*, action: Action, closing: Closing, version: int, by: Viewer, at: datetime, on: date) -> None:
    """Of one closed: another ending, or what shows it. `version` is the one that was shown."""
    if Outcome.CARRIED_ON in (closing.outcome, action.outcome):
        raise ActionRefusedError("Open it again first: what is carried on stands open elsewhere.")
    _refuse([action], closing, on)
    shown = Action.objects.filter(pk=action.pk, version=version, closed_on__isnull=False)
    over = _written_over(shown, closing.evidence)
    written = shown.update(
        outcome=closing.outcome, evidence=closing.evidence, attended=closing.attended, met=closing.met,
        applied=closing.applied, version=version + 1,
    )  # fmt: skip
    if not written:
        raise ActionRefusedError("Somebody changed this since you opened it. This is how it stands now.")
    record.changes(by=by, at=at, of=[_event(Verb.CHANGED, Action.objects.get(pk=action.pk))])
    keep(over, by=by, at=at)


@dataclass(frozen=True, slots=True)
class Opened:
    """How many one act opened again, and how many stay because somebody changed them since."""

    actions: int
    left: int


@transaction.atomic
def reopen(*, said_at: datetime, by: Viewer, at: datetime) -> Opened:
    """Undo of close: what this person closed at that moment is open again. Refused once something rests on it."""
    events = Event.objects.filter(noun=NOUN, verb=Verb.CHANGED, at=said_at, actor_id=by.account_id)
    since = Event.objects.filter(noun=NOUN, noun_id=OuterRef("pk"), at__gt=said_at)
    closed = Action.objects.filter(pk__in=events.values("noun_id"), closed_on__isnull=False)
    rows = list(closed.exclude(Exists(since)))
    if not rows:
        raise ActionRefusedError("There is nothing to undo: it is open already, or somebody changed it since.")
    _open(rows, by, at)
    return Opened(len(rows), closed.count())


@transaction.atomic
def open_again(*, action: Action, version: int, by: Viewer, at: datetime) -> None:
    """One that was closed by mistake, however long ago. `version` is the one that was shown."""
    rows = list(Action.objects.filter(pk=action.pk, version=version, closed_on__isnull=False))
    if not rows:
        raise ActionRefusedError("Somebody changed this since you opened it. This is how it stands now.")
    _open(rows, by, at)


def _open(rows: Sequence[Action], by: Viewer, at: datetime) -> None:
    _take_back_onward(rows)
    over = _written_over(rows, "")
    for row in rows:
        row.closed_on, row.closed_by, row.outcome, row.evidence = None, "", "", ""
        row.attended = row.met = row.applied = row.carried_to = None
        row.version += 1
    Action.objects.bulk_update(rows, WRITTEN)
    record.changes(by=by, at=at, of=[_event(Verb.UNDONE, row) for row in rows])
    keep(over, by=by, at=at)


def _written_over(rows: Iterable[Action], evidence: str) -> list[Before]:
    return [one for row in rows for one in overwritten(Before.Of.ACTION, row, {"evidence": evidence})]


@transaction.atomic
def note_opened(*, action: Action, by: Viewer, at: datetime) -> None:
    """Note that one action was looked at: less than the student's record, so no figure counts it as a reading."""
    record.changes(by=by, at=at, of=[record.Change(Verb.READ, NOUN, action.pk, action.student_id)])


def _take_back_onward(rows: Sequence[Action]) -> None:
    onward = list(Action.objects.filter(carried_from__in=rows))
    if any(row.closed_on or row.version > 1 for row in onward):
        raise ActionRefusedError("Where it was carried on to has been changed since, so this is not undone.")
    Action.objects.filter(pk__in=[row.pk for row in onward]).delete()


def _event(verb: Verb, row: Action) -> record.Change:
    """Never its words: the audit says what became of it."""
    after = {"outcome": row.outcome, "closed_on": str(row.closed_on or ""), "proved": row.is_proved}
    return record.Change(verb, NOUN, row.pk, row.student_id, {"after": after})
