"""What a part of a record said before it was put right, for whoever may read that part now."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from pathbook.people import access
from pathbook.people.models import Student
from pathbook.people.visibility import Viewer
from pathbook.records.models import Action, Before, GuidanceMeeting, Participation


@dataclass(frozen=True, slots=True)
class Earlier:
    """`what` names the field; `on` and `by`: when and by whom other words took the place of these."""

    what: str
    words: str
    on: date
    by: str


Kept = Mapping[tuple[str, int], list[Before]]


def kept_of(student: Student, of: Collection[Before.Of], viewer: Viewer) -> Kept:
    """The latest first, by what they stood in; to a student only their own words (docs/decisions/0034). One query."""
    theirs = {Before.Of.REFLECTION} if viewer.may(access.VOICE) else set(of)
    found: dict[tuple[str, int], list[Before]] = defaultdict(list)
    for one in Before.objects.filter(student=student, of__in=theirs & set(of)).order_by("-pk"):
        found[one.of, one.row].append(one)
    return found


def earlier_of(kept: Kept, of: Before.Of, row: Action | GuidanceMeeting | Participation) -> tuple[Earlier, ...]:
    """Words that stand there again, after an undo, are not told twice."""
    return tuple(_told(one) for one in kept.get((of, row.pk), ()) if one.words != getattr(row, one.field))


def gone_of(kept: Kept, rows: Iterable[tuple[Before.Of, Action | GuidanceMeeting]]) -> tuple[Earlier, ...]:
    """Of what was taken out of the record altogether; not what was agreed anew in the same words."""
    shown = list(rows)
    there = {(of, row.pk) for of, row in shown}
    again = {row.what for _, row in shown if isinstance(row, Action)}
    left = [one for where, ones in kept.items() if where not in there for one in ones if one.words not in again]
    return tuple(_told(one) for one in sorted(left, key=lambda one: -one.pk))


def _told(one: Before) -> Earlier:
    return Earlier(one.get_field_display(), one.words, timezone.localdate(one.recorded_at), one.recorded_by)
