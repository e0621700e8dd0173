"""Agreed actions: which somebody sees, which they may close, and which are theirs to do."""

from dataclasses import replace
from datetime import date

from django.db.models import Q

from pathbook.people import access
from pathbook.people.visibility import Viewer, students_visible_to, students_writable_by
from pathbook.records.models import Action
from pathbook.records.models.action import ActionQuerySet


def actions_visible_to(viewer: Viewer, on: date) -> ActionQuerySet:
    """Of every student whose actions they see."""
    return Action.objects.filter(student__in=students_visible_to(viewer, on, access.ACTIONS))


def actions_closable_by(viewer: Viewer, on: date) -> ActionQuerySet:
    """Any action of a student whose actions they write; and their own."""
    written = Q(student__in=students_writable_by(viewer, on, access.ACTIONS))
    return Action.objects.filter(written | _owned(viewer, on))


def actions_owned_by(viewer: Viewer, on: date) -> ActionQuerySet:
    """Those they are to do: of an owner's kind that a role of theirs stands for, for the students that role reaches."""
    return Action.objects.filter(_owned(viewer, on))


def _owned(viewer: Viewer, on: date) -> Q:
    """An adviser's are those agreed in their own meetings; where no adviser is known, any adviser's."""
    owned = Q(pk__in=())
    for held in viewer.held:
        owner = access.OWNS.get(held.role)
        if owner:
            reached = students_visible_to(replace(viewer, held=(held,)), on, access.ACTIONS)
            owned |= Q(owner=owner, student__in=reached) & _of_whom(viewer, owner)
    return owned


def _of_whom(viewer: Viewer, owner: str) -> Q:
    if owner != Action.Owner.ADVISER:
        return Q()
    return Q(meeting__adviser__account=viewer.account_id) | Q(meeting__adviser__account__isnull=True)
