"""Approving several placements at once: those nothing stands in the way of. Each of the others says what does."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.framework import placements as rule
from pathbook.people import access
from pathbook.people.visibility import Viewer, students_writable_by
from pathbook.records.actions.placing import PlacementRefusedError
from pathbook.records.models import Placement
from pathbook.records.queries.placements import Forms, forms_of, placed


@dataclass(frozen=True, slots=True)
class NotYet:
    """A placement that could not be approved, and the first thing in its way."""

    placement: Placement
    why: str


@dataclass(frozen=True, slots=True)
class Approved:
    """`known`: how many had been approved before."""

    done: tuple[Placement, ...]
    not_yet: tuple[NotYet, ...]
    known: int


@transaction.atomic
def approve_all(*, placements: Collection[Placement], by: Viewer, at: datetime) -> Approved:
    """Three queries and the events, however many."""
    asked = Placement.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in placements])
    rows = list(
        asked.select_related("host", "student").order_by("student__legal_surname", "student__legal_forename", "pk")
    )
    open_ones, forms = [one for one in rows if not one.approved_at], forms_of(rows)
    why = {one.pk: _why(one, forms.get(one.pk, {})) for one in open_ones}
    done = tuple(one for one in open_ones if not why[one.pk])
    Placement.objects.filter(pk__in=[one.pk for one in done]).update(approved_by=by.name, approved_at=at)
    record.changes(by=by, at=at, of=[_event(Verb.CHANGED, one, approved=True) for one in done])
    return Approved(
        done, tuple(NotYet(one, why[one.pk]) for one in open_ones if why[one.pk]), len(rows) - len(open_ones)
    )


def _why(one: Placement, forms: Forms) -> str:
    if one.called_off_at:
        return "It was called off."
    return next(iter(rule.blocks(placed(one, forms))), "")


@transaction.atomic
def undo_approval(*, said_at: datetime, by: Viewer, at: datetime, on: date) -> int:
    """Take back what one act approved, where nothing has been counted since."""
    mine = students_writable_by(by, on, access.ACTIVITIES)
    rows = list(Placement.objects.filter(approved_at=said_at, approved_by=by.name, done_at=None, student__in=mine))
    if not rows:
        raise PlacementRefusedError("There is nothing to undo: it has been undone, or they took place since.")
    Placement.objects.filter(pk__in=[one.pk for one in rows]).update(approved_by="", approved_at=None)
    record.changes(by=by, at=at, of=[_event(Verb.UNDONE, one, approved=False) for one in rows])
    return len(rows)


def _event(verb: Verb, one: Placement, *, approved: bool) -> record.Change:
    return record.Change(verb, "placement", one.pk, one.student_id, {"after": {"approved": approved}})
