"""Each event is sealed to the one before it, so that a change, a gap or a stranger among them shows.

A seal is the SHA-256 of the seal before and of the event's columns as the database keeps them. It proves nothing
about the last events by itself: whoever cut them off, or wrote every seal anew, is found out by a head noted
elsewhere (audit.heads).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

TABLE = "audit_event"
COLUMNS = ("id", "at", "actor_id", "actor_name", "actor_role", "verb", "noun", "noun_id", "student_id", "detail")
TRIGGERS = ("audit_event_never_changed", "audit_event_never_removed", "audit_event_only_added")

Columns = Sequence[Any]  # of one event, in the order of COLUMNS


@dataclass(frozen=True, slots=True)
class Head:
    """The last event and its seal; number 0 when there is none yet."""

    number: int
    digest: str


NOTHING_YET = Head(0, "")


def seal(before: str, columns: Columns) -> str:
    """64 hexadecimal digits."""
    said = json.dumps([before, *columns], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def head() -> Head:
    with connection.cursor() as cursor:
        row = cursor.execute(f"SELECT id, digest FROM {TABLE} ORDER BY id DESC LIMIT 1").fetchone()
    return Head(*row) if row else NOTHING_YET


def sealed(after: Head, events: Iterable[Columns]) -> Iterator[Columns]:
    """Number and seal events that follow `after`; each comes without its number and leaves with number and seal."""
    number, before = after.number, after.digest
    for event in events:
        number += 1
        before = seal(before, (number, *event))
        yield (number, *event, before)


def broken() -> int | None:
    """The number of the first event whose seal does not fit, or None when every one does."""
    before = ""
    for *columns, digest in _stored():
        before = seal(before, columns)
        if digest != before:
            return int(columns[0])
    return None


def digest_of(number: int) -> str | None:
    """The seal of one event, or None when there is no such event."""
    with connection.cursor() as cursor:
        row = cursor.execute(f"SELECT digest FROM {TABLE} WHERE id = %s", [number]).fetchone()
    return str(row[0]) if row else None


def unguarded() -> bool:
    """Has the database lost what makes it refuse to change and remove events?"""
    marks = ", ".join(["%s"] * len(TRIGGERS))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name IN ({marks})", TRIGGERS)
        return bool(cursor.fetchone()[0] != len(TRIGGERS))


def _stored() -> Iterator[Columns]:
    """Every event as text and numbers, oldest first. (`|| ''` keeps SQLite's driver from making a datetime of it.)"""
    asked = ", ".join("at || ''" if name == "at" else name for name in COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}, digest FROM {TABLE} ORDER BY id")
        yield from cursor
