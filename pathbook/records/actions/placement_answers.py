"""What employers and homes answer: once by a link, or by a parent signed in, until it begins."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.framework import placements as rule
from pathbook.people import access
from pathbook.people.visibility import Viewer, students_writable_by
from pathbook.records.actions.placement_counting import count_again
from pathbook.records.actions.placing import PlacementRefusedError
from pathbook.records.models import Host, Placement, PlacementForm

EMPLOYER = record.Someone(None, "an employer", "employer")
HOME = record.Someone(None, "a parent or carer", "parent")


@dataclass(frozen=True, slots=True)
class HostSaid:
    """What a host states of itself."""

    insurance: str = ""
    insured_until: date | None = None
    risk_assessed_on: date | None = None
    safeguarding: bool = False
    keeps_data: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """`yes`: of employer and home; `words`: what they will do, why not, or feedback; `host`: only of an employer's yes."""

    name: str
    yes: bool | None = None
    words: str = ""
    items: tuple[str, ...] = ()
    host: HostSaid | None = None


@transaction.atomic
def answer_by_link(*, form: PlacementForm, said: Answer, at: datetime) -> bool:
    """Once: False when it was answered, ended or called off meanwhile, and then nothing is written."""
    rows = PlacementForm.objects.filter(pk=form.pk, issue=form.issue, answered_at=None, placement__called_off_at=None)
    items = [item for item in said.items if item in rule.VOUCHED]
    done = rows.update(yes=said.yes, words=said.words, items=items, answered_by=said.name, answered_at=at)
    if not done:
        return False
    by = HOME if form.party == rule.PARENT else EMPLOYER
    if said.host and form.placement.host:
        state(host=form.placement.host, said=said.host, name=said.name, by=by, at=at)
    record.changes(by=by, at=at, of=[_event(form.placement, form)])
    if form.party == rule.FEEDBACK:
        count_again(form.placement, by=by, at=at)
    return True


@transaction.atomic
def answer_from_home(*, placement: Placement, yes: bool, why: str, by: Viewer, at: datetime, on: date) -> bool:
    """A parent says yes or no of their own child; the other may be said until it begins. False where it stands so."""
    if not students_writable_by(by, on, access.CONSENT).filter(pk=placement.student_id).exists():
        raise PlacementRefusedError("This child is not linked to you.")
    now = Placement.objects.select_for_update().get(pk=placement.pk)
    if now.called_off_at or now.host_id is None or now.starts_on <= on:
        raise PlacementRefusedError("There is nothing to answer for this placement now.")
    form = PlacementForm.objects.filter(placement=now, party=rule.PARENT).first()
    if form and form.answered_at and form.yes == yes:
        return False
    form = form or PlacementForm(placement=now, party=rule.PARENT, recorded_by=by.name, recorded_at=at)
    form.yes, form.words, form.answered_by, form.answered_at = yes, "" if yes else why, by.name, at
    form.save()
    record.changes(by=by, at=at, of=[_event(now, form)])
    return True


@transaction.atomic
def state(*, host: Host, said: HostSaid, name: str, by: record.Actor, at: datetime) -> None:
    """What a host says of itself, or the school from its papers; for all its placements from now on."""
    before = Host.objects.select_for_update().get(pk=host.pk)
    new = asdict(said)
    changed = {field: [_plain(getattr(before, field)), _plain(value)] for field, value in new.items()
               if getattr(before, field) != value and field != "insurance"}  # fmt: skip
    Host.objects.filter(pk=host.pk).update(**new, stated_by=name, stated_at=at)
    record.changes(by=by, at=at, of=[record.Change(Verb.CHANGED, "host", host.pk, None, {"fields": changed})])


@transaction.atomic
def write_host(*, host: Host, said: HostSaid, contact: str, email: str, name: str, by: Viewer, at: datetime) -> None:
    """As `state`, from papers the school has seen, with whom to write to."""
    Host.objects.filter(pk=host.pk).update(contact=contact, email=email)
    state(host=host, said=said, name=name, by=by, at=at)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _event(placement: Placement, form: PlacementForm) -> record.Change:
    detail = {"after": {"party": str(form.party), "answered": True}}
    return record.Change(Verb.CHANGED, "placement form", form.pk, placement.student_id, detail)
