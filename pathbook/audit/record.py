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
    fields = [field for field in Event._meta.concrete_fields if not field.primary_key]
    when = connection.ops.adapt_datetimefield_value(at)
    rows = [_row(by, when, change) for change in of]
    quoted = ", ".join(connection.ops.quote_name(field.column or field.name) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    # A prepared statement run for each event: an import writes thousands, and bulk_create takes four times as long.
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {Event._meta.db_table} ({quoted}) VALUES ({marks})", rows)
    return len(rows)


def reading(*, by: Actor, at: datetime, student_id: int, own: bool = False, verb: Verb = Verb.READ) -> None:
    """Note that a student's record was opened (or printed, or exported)."""
    seen = Change(Verb.READ_OWN if own else verb, "student", student_id, student_id)
    _event(by, at, seen).save(force_insert=True)


def _row(by: Actor, when: Any, change: Change) -> tuple[Any, ...]:
    """The columns of an event in the model's order, as the database takes them."""
    said = connection.ops.adapt_json_value(dict(change.detail), None)
    return (
        when, by.account_id, by.name, by.role, change.verb.value, change.noun, change.noun_id, change.student_id, said,
    )  # fmt: skip


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
