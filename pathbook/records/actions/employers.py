"""Asking an employer how an activity went, by a signed link that runs out; and taking their answer over."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core import signing
from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.framework import kinds
from pathbook.people.visibility import Viewer
from pathbook.records.models import Activity, EmployerForm

SALT = "pathbook.employer-form"
LASTS = timedelta(days=30)


class CannotTakeOverError(Exception):
    """One sentence: why the answer cannot be taken over."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What they offered on the day. `items` are ids of the activity's checklist."""

    happened: bool
    met: int | None
    items: tuple[str, ...]
    comment: str
    name: str


def token_of(form: EmployerForm, activity: Activity) -> str:
    """What stands in the address: this form of this activity, and nothing else."""
    return signing.dumps([form.key, activity.key], salt=SALT)


def form_of(token: str, *, on: date) -> EmployerForm | None:
    """The form, while its link is whole, not run out and not ended."""
    try:
        key, activity = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = EmployerForm.objects.open_on(on).filter(key=key, activity__key=activity)
    return found.select_related("activity__institution", "activity__provider").first()


@transaction.atomic
def ask(*, activity: Activity, sent_to: str, by: Viewer, at: datetime, on: date) -> EmployerForm:
    made = EmployerForm.objects.create(
        activity=activity, sent_to=sent_to, expires_on=on + LASTS, recorded_by=by.name, recorded_at=at
    )
    record.changes(by=by, at=at, of=[record.Change(Verb.CREATED, "employer form", made.pk)])
    return made


@transaction.atomic
def answer(*, form: EmployerForm, said: Answer, at: datetime) -> None:
    """Their word, until it is taken over or the link ends; said again, the newer stands."""
    asked = {item.id for item in kinds.checklist_for(form.activity.kind, form.activity.also)}
    items = [item for item in said.items if item in asked]
    done = EmployerForm.objects.filter(pk=form.pk, taken_at=None, ended_at=None).update(
        happened=said.happened, met=said.met, comment=said.comment, items=items, answered_by=said.name, answered_at=at
    )
    if not done:
        return
    employer = record.Someone(None, "an employer", "employer")
    record.changes(by=employer, at=at, of=[record.Change(Verb.CHANGED, "employer form", form.pk)])


@transaction.atomic
def end(*, form: EmployerForm, by: Viewer, at: datetime) -> None:
    """The link shows nothing from now on."""
    form.ended_by, form.ended_at = by.name, at
    form.save(update_fields=["ended_by", "ended_at"])
    record.changes(by=by, at=at, of=[record.Change(Verb.REMOVED, "employer form", form.pk)])


@transaction.atomic
def take_over(*, form: EmployerForm, seen: str, by: Viewer, at: datetime) -> Activity:
    """What they vouch for is ticked on the activity's checklist, beside what is ticked already; once.

    `seen`: when the answer was given that stood on the page, as ISO has it.
    """
    activity = Activity.objects.select_for_update().get(pk=form.activity_id)
    form = EmployerForm.objects.select_for_update().get(pk=form.pk)
    if form.answered_at is None or not form.happened:
        raise CannotTakeOverError("They have not said that it happened, so there is nothing to take over.")
    if form.taken_at:
        raise CannotTakeOverError("That answer was taken over already.")
    if form.answered_at.isoformat() != seen:
        raise CannotTakeOverError("They have changed their answer. Read the new one below, then take it over.")
    before = list(activity.checklist)
    activity.checklist = [*before, *(item for item in form.items if item not in before)]
    activity.meaningful = kinds.is_meaningful(activity.kind, activity.also, activity.checklist)
    activity.version += 1
    activity.save(update_fields=["checklist", "meaningful", "version"])
    form.taken_by, form.taken_at = by.name, at
    form.save(update_fields=["taken_by", "taken_at"])
    detail = {"fields": {"checklist": [before, activity.checklist]}, "employer form": form.pk}
    record.changes(by=by, at=at, of=[record.Change(Verb.CHANGED, "activity", activity.pk, detail=detail)])
    return activity
