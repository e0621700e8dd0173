"""What follows from a round: something to do, a member of staff, a day; said to be done, and opened again."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people.models import Staff
from pathbook.people.visibility import Viewer
from pathbook.uptake.models import FollowUp, MonitoringRound


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be done, about which criterion ("" for none), by whom, by when."""

    what: str
    criterion: str
    owner: Staff
    due_on: date


@transaction.atomic
def follow_up(*, of: MonitoringRound, wanted: Wanted, token: str, by: Viewer, at: datetime) -> None:
    """The same `token` twice writes it once."""
    said = {
        "round": of, "what": wanted.what, "criterion": wanted.criterion, "owner": wanted.owner,
        "owner_name": wanted.owner.name, "due_on": wanted.due_on, "recorded_by": by.name, "recorded_at": at,
    }  # fmt: skip
    made, is_new = FollowUp.objects.get_or_create(token=token, defaults=said)
    if is_new:
        _note(Verb.CREATED, made, by, at)


@transaction.atomic
def done(*, of: FollowUp, by: Viewer, at: datetime, on: date) -> None:
    """Said twice, the first counts."""
    if FollowUp.objects.open().filter(pk=of.pk).update(done_on=on, done_by=by.name):
        _note(Verb.CHANGED, of, by, at)


@transaction.atomic
def open_again(*, of: FollowUp, by: Viewer, at: datetime) -> None:
    if FollowUp.objects.filter(pk=of.pk, done_on__isnull=False).update(done_on=None, done_by=""):
        _note(Verb.CHANGED, of, by, at)


def _note(verb: Verb, of: FollowUp, by: Viewer, at: datetime) -> None:
    record.changes(by=by, at=at, of=[record.Change(verb, "follow-up", of.pk)])
