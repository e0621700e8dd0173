"""Copying a year's plan into another: what is planned, and nothing of what happened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Event, Verb
from pathbook.framework.invited import Rule
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.records.models import Activity

SAME = (
    "kind", "also", "provider_id", "provider_type", "subject", "sector", "pathway", "technical", "criteria",
    "learning_areas", "hours", "capacity", "asks_consent",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ToCopy:
    """One activity and where it goes: its days in the new year, what it is called, and whom it is for."""

    source: Activity
    first: date
    last: date
    title: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Copied:
    """`known`: how many had been copied before. `at` is what its undo asks for."""

    made: int
    known: int
    at: datetime


@transaction.atomic
def copy_year(*, rows: Sequence[ToCopy], year: AcademicYear, school: Institution, by: Viewer, at: datetime) -> Copied:
    """All or nothing. Nobody's attendance, checklist or spending comes along; what was copied before is not copied again."""
    known = copied_already(school, year)
    wanted = [row for row in rows if row.source.pk not in known]
    made = Activity.objects.bulk_create([_copy(row, year, school, by, at) for row in wanted])
    pairs = zip(made, wanted, strict=True)
    record.changes(by=by, at=at, of=[_event(new, row.source) for new, row in pairs])
    return Copied(len(made), len(rows) - len(made), at)


def copied_already(school: Institution, year: AcademicYear) -> dict[int, str]:
    """pk of the activity it was copied from -> key of its copy in that year."""
    rows = Activity.objects.not_withdrawn().filter(institution=school, copied_from__isnull=False).in_year(year.start)
    return {pk: key for pk, key in rows.values_list("copied_from", "key") if pk}


def _copy(row: ToCopy, year: AcademicYear, school: Institution, by: Viewer, at: datetime) -> Activity:
    old = row.source
    same = {name: getattr(old, name) for name in SAME}
    here = old.owner is not None and (old.owner.ends_on is None or old.owner.ends_on >= row.first)
    return Activity(
        **same, institution=school, academic_year=year.start, title=row.title, starts_on=row.first, ends_on=row.last,
        rule=row.rule.kept, owner_id=old.owner_id if here else None, copied_from=old,
        cost_planned=old.cost_planned if old.cost_spent is None else old.cost_spent,
        recorded_by=by.name, recorded_at=at,
    )  # fmt: skip


def _event(new: Activity, source: Activity) -> record.Change:
    after = {"title": new.title, "starts_on": str(new.starts_on), "copied_from": source.key}
    return record.Change(Verb.CREATED, "activity", new.pk, detail={"after": after})


@transaction.atomic
def undo_copy(*, school: Institution, said_at: datetime, by: Viewer, at: datetime) -> tuple[int, int]:
    """Takes those copies out again that nobody has changed or is down for since: how many, and how many stay."""
    events = Event.objects.filter(noun="activity", verb=Verb.CREATED, at=said_at, actor_id=by.account_id)
    mine = Activity.objects.not_withdrawn().filter(
        institution=school, copied_from__isnull=False, pk__in=list(events.values_list("noun_id", flat=True))
    )
    gone = list(mine.filter(version=1, participations=None).values_list("pk", flat=True))
    stay = mine.count() - len(gone)
    Activity.objects.filter(pk__in=gone).update(withdrawn_by=by.name, withdrawn_at=at)
    record.changes(by=by, at=at, of=_undone(gone))
    return len(gone), stay


def _undone(pks: Iterable[Any]) -> list[record.Change]:
    return [record.Change(Verb.UNDONE, "activity", pk) for pk in pks]
