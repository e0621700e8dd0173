"""Freezing the evaluation, and noting what leadership says of it. A snapshot once taken is never altered."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Event, Verb
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.records.models import ReviewNote, Snapshot

GUARDS = ("records_snapshot_never_changed", "records_snapshot_never_removed", "records_snapshot_only_added")


def digest_of(row: Snapshot) -> str:
    """Of all a snapshot says. The audit keeps it, sealed to what came before, so that an altered one is found."""
    said = [row.key, row.set_id, row.version, row.as_of.isoformat(), row.is_due, row.said]
    return sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class NoteRefusedError(Exception):
    """The note is no longer there, or stands already; the sentence says so."""


@transaction.atomic
def freeze(
    *, school: Institution, said: Mapping[str, Any], version: str, as_of: date, is_due: bool, key: str, by: record.Actor,
    at: datetime,
) -> Snapshot:  # fmt: skip
    """The same form sent twice, or a due day asked for twice, is one snapshot."""
    known = Snapshot.objects.filter(institution=school)
    already = known.filter(as_of=as_of, is_due=True).first() if is_due else known.filter(key=key).first()
    if already:
        return already
    row = Snapshot.objects.create(
        key=key, institution=school, set_id=said["set"], version=version, as_of=as_of, is_due=is_due, said=dict(said),
        recorded_by=by.name, recorded_at=at,
    )  # fmt: skip
    detail = {"as_of": as_of.isoformat(), "set": row.set_id, "due": is_due, "digest": digest_of(row)}
    record.changes(by=by, at=at, of=[record.Change(Verb.CREATED, "snapshot", row.pk, detail=detail)])
    return row


def without_digest(school: Institution) -> list[Snapshot]:
    """Frozen before the audit kept a digest of each, and given none since; oldest first."""
    sealed = [pk for pk, detail in told_of_each().items() if "digest" in detail]
    return list(Snapshot.objects.filter(institution=school).exclude(pk__in=sealed).order_by("as_of", "pk"))


def told_of_each() -> dict[int, dict[str, Any]]:
    """Of each snapshot ever frozen, what the audit says: its first digest is believed, whenever it was given."""
    found: dict[int, dict[str, Any]] = {}
    events = Event.objects.filter(noun="snapshot", verb__in=(Verb.CREATED, Verb.CHANGED)).order_by("pk")
    for pk, detail in events.values_list("noun_id", "detail"):
        found[pk or 0] = {**detail, **found.get(pk or 0, {})}
    return found


@transaction.atomic
def seal(*, school: Institution, by: record.Actor, at: datetime) -> list[Snapshot]:
    """Once, for those that have none: from now on an altered one is found. What came before is not vouched for."""
    rows = without_digest(school)
    told = [
        record.Change(
            Verb.CHANGED, "snapshot", row.pk, detail={"as_of": row.as_of.isoformat(), "digest": digest_of(row)}
        )
        for row in rows
    ]
    record.changes(by=by, at=at, of=told)
    return rows


@transaction.atomic
def note(*, snapshot: Snapshot, words: str, key: str, by: Viewer, at: datetime) -> ReviewNote:
    row, new = ReviewNote.objects.get_or_create(
        key=key, defaults={"snapshot": snapshot, "words": words, "recorded_by": by.name, "recorded_at": at}
    )
    if new:
        record.changes(by=by, at=at, of=[record.Change(Verb.CREATED, "review note", row.pk)])
    return row


@transaction.atomic
def take_back(*, note: ReviewNote, by: Viewer, at: datetime) -> None:
    if not ReviewNote.objects.filter(pk=note.pk, taken_back_at__isnull=True).update(taken_back_at=at):
        raise NoteRefusedError("This note has been taken back already.")
    record.changes(by=by, at=at, of=[record.Change(Verb.REMOVED, "review note", note.pk)])
