"""Writing events: the only way in. Call these inside the transaction that makes the change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.db import connection, transaction

from pathbook.audit.models import Event, Verb

# A student opening their own record counts (Benchmark 3); other readings, prints and sign-ins change no figure.
CHANGES_FIGURES = (Verb.CREATED, Verb.CHANGED, Verb.REMOVED, Verb.IMPORTED, Verb.UNDONE, Verb.READ_OWN)


class Actor(Protocol):
    """Whoever acts: people.visibility.Viewer is one."""

    @property
    def account_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was done. `detail` holds before and after by field; never free text of a private note."""

    verb: Verb
    noun: str
    noun_id: int | None = None
    student_id: int | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


def changes(*, by: Actor, at: datetime, of: Iterable[Change]) -> int:
    """Write one event a change, in bulk; returns how many. Refuses to run outside a transaction."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an event belongs in the transaction of its change")
    return len(Event.objects.bulk_create([_event(by, at, change) for change in of], batch_size=2000))


def reading(*, by: Actor, at: datetime, student_id: int, own: bool = False, verb: Verb = Verb.READ) -> None:
    """Note that a student's record was opened (or printed, or exported)."""
    seen = Change(Verb.READ_OWN if own else verb, "student", student_id, student_id)
    _event(by, at, seen).save(force_insert=True)


def _event(by: Actor, at: datetime, change: Change) -> Event:
    return Event(
        at=at,
        actor_id=by.account_id,
        actor_name=by.name,
        actor_role=by.role,
        verb=change.verb,
        noun=change.noun,
        noun_id=change.noun_id,
        student_id=change.student_id,
        detail=dict(change.detail),
    )
