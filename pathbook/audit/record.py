"""Writing events: the only way in. Call these inside the transaction that makes the change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.db import connection, transaction

from pathbook.audit import chain
from pathbook.audit.models import Verb

# A student opening their own record counts (Benchmark 3); other readings, prints and sign-ins change no figure.
CHANGES_FIGURES = (Verb.CREATED, Verb.CHANGED, Verb.REMOVED, Verb.IMPORTED, Verb.UNDONE, Verb.READ_OWN)

# An event outlives its student's record, so it never holds their name, nor their family's.
# Without a role somebody may be a student who left.
NAMELESS = {"student": "the student", "parent": "a parent or carer", "": "somebody without a role"}


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


@dataclass(frozen=True, slots=True)
class Someone:
    """An actor who is not asking now: whoever did what the demo school's past tells of."""

    account_id: int | None
    name: str
    role: str


def changes(*, by: Actor, at: datetime, of: Iterable[Change]) -> int:
    """Write one event a change, in bulk; returns how many. Refuses to run outside a transaction."""
    return happened((by, at, change) for change in of)


def happened(told: Iterable[tuple[Actor, datetime, Change]]) -> int:
    """As `changes`, for events of several people and times, oldest first."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an event belongs in the transaction of its change")
    rows = [_columns(by, at, change) for by, at, change in told]
    if not rows:
        return 0
    quoted = ", ".join((*chain.COLUMNS, "digest"))
    marks = ", ".join(["%s"] * (len(chain.COLUMNS) + 1))
    # A prepared statement run for each event: an import writes thousands, and bulk_create takes four times as long.
    with connection.cursor() as cursor:
        sealed = list(chain.sealed(chain.head(), rows))
        cursor.executemany(f"INSERT INTO {chain.TABLE} ({quoted}) VALUES ({marks})", sealed)
    return len(rows)


@transaction.atomic
def reading(*, by: Actor, at: datetime, student_id: int, own: bool = False) -> None:
    """Note that a student's record was opened; by a student it is their own, for they reach no other."""
    verb = Verb.READ_OWN if own or by.role == "student" else Verb.READ
    changes(by=by, at=at, of=[Change(verb, "student", student_id, student_id)])


@transaction.atomic
def copied(*, by: Actor, at: datetime, students: Iterable[int], verb: Verb = Verb.EXPORTED) -> None:
    """Note that a copy left with these students in it: one event each, and never what stood in it."""
    changes(by=by, at=at, of=[Change(verb, "student", pk, pk) for pk in students])


def _columns(by: Actor, at: datetime, change: Change) -> chain.Columns:
    """An event's columns after its number, in the chain's order, as the database takes them."""
    when = connection.ops.adapt_datetimefield_value(at)
    said = connection.ops.adapt_json_value(dict(change.detail), None)
    name = NAMELESS.get(by.role, by.name)
    return (
        when, by.account_id, name, by.role, change.verb.value, change.noun, change.noun_id, change.student_id, said,
    )  # fmt: skip
