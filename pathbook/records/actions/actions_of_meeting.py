"""What was agreed in a meeting, as its writing-up adds it, puts it right, takes it out and takes it back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people.visibility import Viewer
from pathbook.records.models import Action, GuidanceMeeting

MOST_ACTIONS = 3


@dataclass(frozen=True, slots=True)
class Agreed:
    """One action. `key` is that of one filed before; without words it is taken out again."""

    what: str
    owner: str
    due_on: date | None
    owner_name: str = ""
    key: str = ""


class RefusedError(Exception):
    """It cannot be filed so; the sentence says why and what to do."""


def agree(
    now: GuidanceMeeting, actions: Iterable[Agreed], was_held: date | None, by: Viewer, at: datetime
) -> list[record.Change]:
    """New actions, those put right, those taken out; what is closed stays as it was closed."""
    known, held_on = {row.key: row for row in now.actions.all()}, now.held_on or at.date()
    changes = []
    for one in actions:
        row = known.get(one.key)
        if row is not None and row.closed_on is not None:
            raise RefusedError(f"“{row.what}” was closed meanwhile. Load the page again to go on.")
        if row is None:
            changes += [_add(now, one, by, at)] if one.what else []
        elif not one.what:
            changes.append(_take_out(row))
        else:
            # one carried on was agreed on a later day than the meeting, and keeps its own
            agreed_on = held_on if row.agreed_on == was_held else row.agreed_on
            changes += _put_right(row, one, agreed_on)
    return changes


def _add(now: GuidanceMeeting, one: Agreed, by: Viewer, at: datetime) -> record.Change:
    row = Action.objects.create(
        student=now.student, meeting=now, what=one.what, owner=one.owner, owner_name=one.owner_name,
        agreed_on=now.held_on or at.date(), due_on=one.due_on or at.date(), recorded_by=by.name, recorded_at=at,
    )  # fmt: skip
    return _change(Verb.CREATED, row, after=_of_action(row))


def _take_out(row: Action) -> record.Change:
    if row.activity_id is not None:
        raise RefusedError(f"“{row.what}” is served by an activity already, so it stays. Close it instead.")
    gone = _change(Verb.REMOVED, row, before=_of_action(row))
    row.delete()
    return gone


def _put_right(row: Action, one: Agreed, agreed_on: date) -> list[record.Change]:
    if one.due_on is None or one.due_on < agreed_on:
        raise RefusedError(f"“{one.what}” would be due before it was agreed: choose a later day.")
    said = {"what": one.what, "owner": one.owner, "owner_name": one.owner_name, "due_on": one.due_on,
            "agreed_on": agreed_on}  # fmt: skip
    if all(getattr(row, name) == value for name, value in said.items()):
        return []
    before = _of_action(row)
    for name, value in said.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*said, "version"])
    return [_change(Verb.CHANGED, row, before=before, after=_of_action(row))]


def taken_back(rows: Iterable[Action]) -> Sequence[record.Change]:
    changes = [_change(Verb.UNDONE, row, before=_of_action(row)) for row in rows]
    for row in rows:
        row.delete()
    return changes


def _of_action(row: Action) -> dict[str, str]:
    return {"owner": row.owner, "due_on": str(row.due_on)}


def _change(verb: Verb, row: Action, **detail: dict[str, str]) -> record.Change:
    return record.Change(verb, "action", row.pk, row.student_id, detail)
