"""What a student says back, and how it is answered: asking for guidance, saying something is wrong, reflecting."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people.models import Student
from pathbook.people.visibility import Viewer
from pathbook.records.actions.before import keep, overwritten
from pathbook.records.actions.placement_counting import count_again
from pathbook.records.models import Before, Correction, GuidanceRequest, Participation, Placement


def ask_for_guidance(*, student: Student, words: str, by: Viewer, at: datetime, on: date) -> GuidanceRequest | None:
    """None when they have asked already and not been answered."""
    try:
        with transaction.atomic():
            row = GuidanceRequest.objects.create(
                student=student, words=words, asked_on=on, recorded_by=by.name, recorded_at=at
            )
            _note(Verb.CREATED, "guidance request", row.pk, student.pk, by, at)
            return row
    except IntegrityError:
        return None


@transaction.atomic
def answer_request(*, request: GuidanceRequest, answer: str, by: Viewer, at: datetime, on: date) -> bool:
    """False when somebody has answered already."""
    done = GuidanceRequest.objects.filter(pk=request.pk, answered_on__isnull=True).update(
        answer=answer, answered_on=on, answered_by=by.name
    )
    if done:
        _note(Verb.CHANGED, "guidance request", request.pk, request.student_id, by, at)
    return bool(done)


@transaction.atomic
def say_wrong(*, student: Student, about: str, words: str, key: str, by: Viewer, at: datetime, on: date) -> Correction:
    """`key` is the form's own: sent twice, it is said once."""
    row, made = Correction.objects.get_or_create(
        key=key,
        defaults={
            "student": student, "about": about, "words": words, "said_on": on, "recorded_by": by.name, "recorded_at": at,
        },
    )  # fmt: skip
    if made:
        _note(Verb.CREATED, "correction", row.pk, student.pk, by, at)
    return row


@transaction.atomic
def answer_wrong(*, correction: Correction, outcome: str, answer: str, by: Viewer, at: datetime, on: date) -> bool:
    """False when somebody has answered already."""
    done = (
        Correction.objects.unanswered()
        .filter(pk=correction.pk)
        .update(outcome=outcome, answer=answer, answered_on=on, answered_by=by.name)
    )
    if done:
        _note(Verb.CHANGED, "correction", correction.pk, correction.student_id, by, at, outcome=outcome)
    return bool(done)


@transaction.atomic
def reflect(*, participation: Participation, words: str, by: Viewer, at: datetime) -> None:
    """What the student made of something they took part in; the last words stand, and those before are kept."""
    now = Participation.objects.select_for_update().get(pk=participation.pk)
    over = overwritten(Before.Of.REFLECTION, now, {"reflection": words})
    Participation.objects.filter(pk=now.pk).update(reflection=words)
    _note(Verb.CHANGED, "reflection", participation.pk, participation.student_id, by, at)
    keep(over, by=by, at=at)
    placement = Placement.objects.filter(part=now).first()
    if placement:
        Placement.objects.filter(pk=placement.pk).update(reflection=words)
        count_again(placement, by=by, at=at)


def _note(verb: Verb, noun: str, pk: int, student: int, by: Viewer, at: datetime, **after: str) -> None:
    """Never the words."""
    record.changes(by=by, at=at, of=[record.Change(verb, noun, pk, student, {"after": after} if after else {})])
