"""Writing down what stands in a student's way, when a plan is reviewed, and an offer of a place."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people.models import Student
from pathbook.people.visibility import Viewer
from pathbook.records.models import AnnualReview, Barrier, Offer


@dataclass(frozen=True, slots=True)
class Offered:
    """What is known of an offer or an application; `on` the day of the status."""

    provider: str
    course: str
    status: str
    on: date


@transaction.atomic
def record_barrier(
    *, student: Student, kind: str, words: str, ease_by: date | None, by: Viewer, at: datetime, on: date
) -> Barrier:
    """The audit notes the kind, never the words."""
    row = Barrier.objects.create(student=student, kind=kind, words=words, said_on=on, ease_by=ease_by,
                                 recorded_by=by.name, recorded_at=at)  # fmt: skip
    _event(Verb.CREATED, "barrier", row.pk, student.pk, by, at, after={"kind": kind, "ease_by": _said(ease_by)})
    return row


@transaction.atomic
def ease_barrier(*, barrier: Barrier, by: Viewer, at: datetime, on: date) -> bool:
    """It no longer stands in the way; False when somebody has said so already."""
    done = Barrier.objects.open().filter(pk=barrier.pk).update(eased_on=on)
    if done:
        _event(Verb.CHANGED, "barrier", barrier.pk, barrier.student_id, by, at, after={"eased_on": _said(on)})
    return bool(done)


@transaction.atomic
def plan_review(*, student: Student, due_on: date, by: Viewer, at: datetime) -> AnnualReview:
    """Set the day of the next annual review, or move it."""
    before = AnnualReview.objects.to_come().filter(student=student).first()
    row, _ = AnnualReview.objects.to_come().update_or_create(
        student=student, defaults={"due_on": due_on, "recorded_by": by.name, "recorded_at": at}
    )
    verb = Verb.CHANGED if before else Verb.CREATED
    was = {"due_on": _said(before.due_on)} if before else None
    _event(verb, "annual review", row.pk, student.pk, by, at, before=was, after={"due_on": _said(due_on)})
    return row


@transaction.atomic
def hold_review(*, review: AnnualReview, held_on: date, by: Viewer, at: datetime) -> bool:
    """The review was held; the next one is then to be planned. False when it was said already."""
    done = AnnualReview.objects.to_come().filter(pk=review.pk).update(held_on=held_on)
    if done:
        after = {"held_on": _said(held_on)}
        _event(Verb.CHANGED, "annual review", review.pk, review.student_id, by, at, after=after)
    return bool(done)


@transaction.atomic
def record_offer(*, student: Student, offered: Offered, by: Viewer, at: datetime) -> Offer:
    """File an application or an offer; the same provider and course again is its new status."""
    of = {"student": student, "provider": offered.provider, "course": offered.course}
    before = Offer.objects.filter(**of).order_by("-on", "-pk").first()
    said = {"status": offered.status, "on": offered.on, "recorded_by": by.name, "recorded_at": at}
    if before is None:
        row, was, verb = Offer.objects.create(**of, **said), None, Verb.CREATED
    else:
        was, verb, row = {"status": before.status, "on": _said(before.on)}, Verb.CHANGED, before
        Offer.objects.filter(pk=before.pk).update(**said)
    after = {"status": offered.status, "on": _said(offered.on)}
    _event(verb, "offer", row.pk, student.pk, by, at, before=was, after=after)
    return row


def _said(day: date | None) -> str:
    return day.isoformat() if day else ""


def _event(
    verb: Verb, noun: str, pk: int, student: int, by: Viewer, at: datetime, *, after: dict[str, str],
    before: dict[str, str] | None = None,
) -> None:  # fmt: skip
    detail = {"before": before, "after": after}
    record.changes(by=by, at=at, of=[record.Change(verb, noun, pk, student, detail)])
