"""Writing down a training session and who came; a list ticked again puts it right."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people.models import Account, Institution, Staff
from pathbook.people.visibility import Viewer
from pathbook.uptake.models import TourPutAway, TrainingAttendance, TrainingSession


@dataclass(frozen=True, slots=True)
class Session:
    """What it was, when, and who came, as the keys of uptake.queries.trained."""

    title: str
    topic: str
    held_on: date
    who: Collection[str]


@transaction.atomic
def hold(*, session: Session, token: str, school: Institution, by: Viewer, at: datetime) -> TrainingSession:
    """The same `token` twice writes it once."""
    said = {
        "institution": school, "title": session.title, "topic": session.topic, "held_on": session.held_on,
        "recorded_by": by.name, "recorded_at": at,
    }  # fmt: skip
    made, is_new = TrainingSession.objects.get_or_create(token=token, defaults=said)
    if is_new:
        _write_who(made, session.who)
        _note(Verb.CREATED, made, by, at)
    return made


@transaction.atomic
def put_right(*, of: TrainingSession, session: Session, by: Viewer, at: datetime) -> None:
    of.title, of.topic, of.held_on = session.title, session.topic, session.held_on
    of.save(update_fields=["title", "topic", "held_on"])
    TrainingAttendance.objects.filter(session=of).delete()
    _write_who(of, session.who)
    _note(Verb.CHANGED, of, by, at)


@transaction.atomic
def take_out(*, of: TrainingSession, by: Viewer, at: datetime) -> dict[str, Any]:
    """What it takes to put it back."""
    came = sorted(of.attendances.values_list("staff_id", flat=True))
    kept = {"key": of.key, "token": of.token, "title": of.title, "topic": of.topic, "held_on": of.held_on.isoformat()}
    _note(Verb.REMOVED, of, by, at)
    of.delete()
    return kept | {"came": came}


@transaction.atomic
def put_back(*, kept: Mapping[str, Any], school: Institution, by: Viewer, at: datetime) -> TrainingSession:
    """As it stood, with those who came and are still known; put back twice it is back once."""
    said = {name: kept[name] for name in ("key", "title", "topic")} | {"held_on": date.fromisoformat(kept["held_on"])}
    told = said | {"institution": school, "recorded_by": by.name, "recorded_at": at}
    made, is_new = TrainingSession.objects.get_or_create(token=kept["token"], defaults=told)
    if is_new:
        staff = Staff.objects.filter(pk__in=kept["came"], institution=school)
        TrainingAttendance.objects.bulk_create(TrainingAttendance(session=made, staff=one) for one in staff)
        _note(Verb.CREATED, made, by, at)
    return made


def put_tour_away(*, by: Viewer) -> None:
    """Of the role that is on; said twice it is said once."""
    if by.account_id is not None:
        TourPutAway.objects.get_or_create(account_id=by.account_id, role=by.role)


def _write_who(of: TrainingSession, who: Collection[str]) -> None:
    """Somebody with an account who stands in no staff list yet is put into it: training is of staff."""
    listed = {int(key[1:]) for key in who if key.startswith("s")}
    staff = list(Staff.objects.filter(pk__in=listed, institution=of.institution))
    accounts = Account.objects.filter(pk__in=[int(key[1:]) for key in who if key.startswith("a")])
    for account in accounts:
        said = {"institution": of.institution, "name": account.name}
        staff.append(Staff.objects.get_or_create(account=account, defaults=said)[0])
    TrainingAttendance.objects.bulk_create(TrainingAttendance(session=of, staff=one) for one in staff)


def _note(verb: Verb, of: TrainingSession, by: Viewer, at: datetime) -> None:
    record.changes(by=by, at=at, of=[record.Change(verb, "training session", of.pk)])
