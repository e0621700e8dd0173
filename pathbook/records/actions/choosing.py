"""Choosing whom a criterion is counted over, and setting from which share it is met. Nothing is written over."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people.models import Institution, Student
from pathbook.people.visibility import Viewer
from pathbook.records.models import Cohort, CohortStudent, OwnRule


class ChoiceRefusedError(Exception):
    """It cannot be taken back twice; the sentence says so."""


@transaction.atomic
def choose(
    *, school: Institution, of: tuple[str, str], students: Collection[Student] | None, on_roll: int, why: str, key: str,
    by: Viewer, at: datetime, on: date,
) -> Cohort:  # fmt: skip
    """`of`: set and criterion, both empty for every criterion; `students` None: everyone is counted again."""
    known = Cohort.objects.filter(key=key).first()
    if known:  # the same form sent twice
        return known
    row = Cohort.objects.create(
        key=key, institution=school, set_id=of[0], criterion=of[1], everyone=students is None, on_roll=on_roll, why=why,
        set_on=on, recorded_by=by.name, recorded_at=at,
    )  # fmt: skip
    said = {"cohort": row, "recorded_by": by.name, "recorded_at": at}
    CohortStudent.objects.bulk_create(CohortStudent(student=one, **said) for one in students or ())
    how_many = None if students is None else len(students)
    detail = {"set": of[0], "criterion": of[1], "chosen": how_many, "on_roll": on_roll}
    record.changes(by=by, at=at, of=[record.Change(Verb.CREATED, "cohort", row.pk, detail=detail)])
    return row


@transaction.atomic
def set_rule(
    *, school: Institution, set_id: str, version: str, met_at: Mapping[str, int], bands: Sequence[tuple[str, str, int]],
    why: str, key: str, by: Viewer, at: datetime, on: date,
) -> OwnRule:  # fmt: skip
    """Of one version of a set; with neither shares nor bands the framework's rule holds again."""
    known = OwnRule.objects.filter(key=key).first()
    if known:
        return known
    last = OwnRule.objects.of(school, set_id=set_id, version=version).standing().last()
    row = OwnRule.objects.create(
        key=key, institution=school, set_id=set_id, version=version, met_at=dict(met_at),
        bands=[list(band) for band in bands], why=why, set_on=on, recorded_by=by.name, recorded_at=at,
    )  # fmt: skip
    detail = {"set": set_id, "version": version, "before": _told(last), "after": _told(row)}
    record.changes(by=by, at=at, of=[record.Change(Verb.CREATED, "own rule", row.pk, detail=detail)])
    return row


@transaction.atomic
def take_back(*, row: Cohort | OwnRule, by: Viewer, at: datetime) -> None:
    """What was set before it stands again."""
    rows = type(row).objects.filter(pk=row.pk, taken_back_at__isnull=True)
    if not rows.update(taken_back_by=by.name, taken_back_at=at):
        raise ChoiceRefusedError("This has been taken back already.")
    noun = "cohort" if isinstance(row, Cohort) else "own rule"
    record.changes(by=by, at=at, of=[record.Change(Verb.UNDONE, noun, row.pk)])


def _told(row: OwnRule | None) -> dict[str, object] | None:
    """What the audit keeps: never why."""
    return {"met_at": row.met_at, "bands": row.bands} if row else None
