"""Putting an activity into the programme, changing it, and taking it out again."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.framework import kinds
from pathbook.framework.years import AcademicYear
from pathbook.people.keys import new_key
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.records.models import Activity, Provider


class ChangedMeanwhileError(Exception):
    """Someone else saved this record after it was opened; nothing has been overwritten."""


@dataclass(frozen=True, slots=True)
class Details:
    """What a person says of an activity. `checklist` holds the ids of the "meaningful" items ticked.

    `owner` is a member of staff's pk, `rule` a rule as framework.invited keeps it, costs are in pounds.
    """

    title: str
    kind: str
    starts_on: date
    ends_on: date | None = None
    also: tuple[str, ...] = ()
    provider: str = ""
    provider_kind: str = ""
    provider_type: str = ""
    subject: str = ""
    sector: str = ""
    pathway: str = ""
    technical: bool = False
    checklist: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    learning_areas: tuple[str, ...] = ()
    hours: Decimal = Decimal(1)
    capacity: int | None = None
    asks_consent: bool = False
    owner: int | None = None
    cost_planned: Decimal | None = None
    cost_spent: Decimal | None = None
    rule: tuple[dict[str, list[Any]], ...] = ()


@transaction.atomic(savepoint=False)
def plan(*, details: Details, school: Institution, by: Viewer, at: datetime, key: str = "") -> Activity:
    """Add an activity; whether it is planned or delivered follows from its dates and who took part.

    `key`, where given, is the form's own token: a second submit of the same form meets the unique key.
    """
    activity = add(details=details, school=school, by=by, at=at, key=key)
    record.changes(by=by, at=at, of=[making(activity, details)])
    return activity


def plan_once(*, details: Details, school: Institution, token: str, by: Viewer, at: datetime) -> Activity:
    """As `plan`; the same form sent twice makes one, and gives it."""
    try:
        with transaction.atomic():
            return plan(details=details, school=school, by=by, at=at, key=token)
    except IntegrityError:
        return Activity.objects.get(key=token, institution=school)


def add(*, details: Details, school: Institution, by: Viewer, at: datetime, key: str) -> Activity:
    """As `plan`, for an act of more than this: its caller writes the event, `making`, with the rest of the act's."""
    activity = Activity(institution=school, recorded_by=by.name, recorded_at=at, key=key or new_key())
    _say(activity, details, school)
    activity.save(force_insert=True)
    return activity


def making(activity: Activity, details: Details) -> record.Change:
    return record.Change(Verb.CREATED, "activity", activity.pk, detail={"after": _plain(details)})


@transaction.atomic
def change(*, activity: Activity, details: Details, version: int, by: Viewer, at: datetime) -> Activity:
    """Change what is said of it. Refuses when `version` is not the one now stored."""
    stored = Activity.objects.select_for_update().get(pk=activity.pk)
    if stored.version != version:
        raise ChangedMeanwhileError(
            f"{stored.title} was changed by someone else. Check their version, then save again."
        )
    before = _said(stored)
    _say(stored, details, stored.institution)
    stored.version += 1
    stored.save()
    after = _said(stored)
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    record.changes(by=by, at=at, of=[record.Change(Verb.CHANGED, "activity", stored.pk, detail={"fields": changed})])
    return stored


@transaction.atomic
def withdraw(*, activity: Activity, by: Viewer, at: datetime) -> None:
    """Take it out of the programme; participations stay as they were, and count no more."""
    Activity.objects.filter(pk=activity.pk).update(withdrawn_by=by.name, withdrawn_at=at)
    record.changes(by=by, at=at, of=[record.Change(Verb.REMOVED, "activity", activity.pk)])


@transaction.atomic
def put_back(*, activity: Activity, by: Viewer, at: datetime) -> None:
    """Undo of withdraw."""
    Activity.objects.filter(pk=activity.pk).update(withdrawn_by="", withdrawn_at=None)
    record.changes(by=by, at=at, of=[record.Change(Verb.UNDONE, "activity", activity.pk)])


def _say(activity: Activity, details: Details, school: Institution) -> None:
    said_of = (
        "title",
        "kind",
        "starts_on",
        "provider_type",
        "subject",
        "sector",
        "pathway",
        "technical",
        "hours",
    )
    for name in (*said_of, "capacity", "asks_consent", "cost_planned", "cost_spent"):
        setattr(activity, name, getattr(details, name))
    activity.owner_id = details.owner
    for name in ("also", "checklist", "learning_areas", "rule"):
        setattr(activity, name, list(getattr(details, name)))
    activity.ends_on = max(details.ends_on or details.starts_on, details.starts_on)
    activity.academic_year = AcademicYear.of(details.starts_on).start
    activity.provider = _provider(details, school)
    activity.meaningful = kinds.is_meaningful(details.kind, details.also, details.checklist)
    activity.criteria = list(details.criteria or kinds.suggested_criteria(details.kind, details.also))


def _provider(details: Details, school: Institution) -> Provider | None:
    name = details.provider.strip()
    if not name:
        return None
    kind = details.provider_kind or details.provider_type or Provider.Kind.EMPLOYER
    known = Provider.objects.filter(institution=school, name__iexact=name).first()
    return known or Provider.objects.create(institution=school, name=name, kind=kind, sector=details.sector)


def _plain(details: Details) -> dict[str, Any]:
    return {name: _json(value) for name, value in asdict(details).items() if value not in ("", (), None)}


def _said(activity: Activity) -> dict[str, Any]:
    names = [f.attname for f in Activity._meta.concrete_fields if f.attname not in ("version", "recorded_at", "id")]
    return {name: _json(getattr(activity, name)) for name in names}


def _json(value: Any) -> Any:
    return value if isinstance(value, (str, int, bool, list, type(None))) else str(value)
