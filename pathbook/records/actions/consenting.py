"""What home says of a visit or placement: asked, yes or no, for one student or a list, taken back in one act."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people import access
from pathbook.people.models import Guardian, Student
from pathbook.people.visibility import Viewer, students_writable_by
from pathbook.records.models import Activity, Consent
from pathbook.records.queries.consents import guardians_of, standing

Answer, How = Consent.Answer, Consent.How


@dataclass(frozen=True, slots=True)
class Said:
    """One student's answer as it was put down. `seen`: the key of the answer on the page then, or nothing."""

    answer: str
    by: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one act put down. `passed`: students whose home was recorded otherwise since the page was opened."""

    students: tuple[int, ...]
    passed: tuple[int, ...]
    at: datetime


class ConsentRefusedError(Exception):
    """It cannot be said or taken back so; the sentence says why."""


@transaction.atomic
def record_consents(
    *, activity: Activity, said: Mapping[int, Said], how: str, said_on: date, by: Viewer, at: datetime, on: date
) -> Recorded:
    """By student; only what is new is written, so the same form sent twice acts once. A fixed number of queries.

    A newer answer than the one its writer saw is never written over: a parent's "no" is not undone by a pile of slips.
    """
    Activity.objects.select_for_update().get(pk=activity.pk)
    allowed = set(students_writable_by(by, on, access.CONSENT).filter(pk__in=said).values_list("pk", flat=True))
    now = standing(activity)
    new = {pk: one for pk, one in said.items() if pk in allowed and _is_new(one, now.get(pk))}
    passed = tuple(pk for pk, one in new.items() if (now[pk].key if pk in now else "") != one.seen)
    homes = guardians_of(list(new), on=on)
    rows = [
        _row(activity, pk, one, _guardian(one.by, homes.get(pk, ())), how, said_on, by, at)
        for pk, one in new.items()
        if pk not in passed
    ]
    _write(rows, now, by, at)
    return Recorded(tuple(row.student_id for row in rows), passed, at)


@transaction.atomic
def answer_from_home(*, activity: Activity, student: Student, answer: str, by: Viewer, at: datetime, on: date) -> bool:
    """A parent or carer says yes or no of their own child; False where that is what stands."""
    now = standing(Activity.objects.select_for_update().get(pk=activity.pk))
    if not students_writable_by(by, on, access.CONSENT).filter(pk=student.pk).exists():
        raise ConsentRefusedError("This child is not linked to you.")
    before = now.get(student.pk)
    if before and before.answer == answer:
        return False
    guardian = Guardian.objects.filter(account=by.account_id, links__student=student).first()
    said = Said(answer, guardian.name if guardian else by.name)
    _write([_row(activity, student.pk, said, guardian, How.PAGE, on, by, at)], now, by, at)
    return True


@transaction.atomic
def undo(*, activity: Activity, said_at: datetime, by: Viewer, at: datetime, on: date) -> int:
    """Take out what one act put down, whole; what was said before stands again."""
    Activity.objects.select_for_update().get(pk=activity.pk)
    rows = list(Consent.objects.filter(activity=activity, recorded_at=said_at).order_by("pk"))
    if not rows:
        raise ConsentRefusedError("There is nothing to undo: it has been undone already.")
    students = {row.student_id for row in rows}
    if students_writable_by(by, on, access.CONSENT).filter(pk__in=students).count() < len(students):
        raise ConsentRefusedError("Some of these students are not yours to record. Ask the careers leader to undo it.")
    if Consent.objects.filter(activity=activity, student__in=students, pk__gt=rows[-1].pk).exists():
        raise ConsentRefusedError("Some of these homes have answered since. Correct them one by one.")
    Consent.objects.filter(pk__in=[row.pk for row in rows]).delete()
    said = [_event(Verb.UNDONE, row, {"before": _told(row)}) for row in rows]
    return record.changes(by=by, at=at, of=said)


def _is_new(said: Said, now: Consent | None) -> bool:
    """Nothing said where nothing was asked is no news; nor is the same answer, unless it names somebody else."""
    if now is None:
        return bool(said.answer)
    return said.answer not in ("", now.answer) or (said.answer != Answer.ASKED and said.by not in ("", now.said_by))


def _guardian(name: str, known: Collection[Guardian]) -> Guardian | None:
    return next((one for one in known if one.name.casefold() == name.strip().casefold()), None)


def _row(
    activity: Activity, student: int, said: Said, guardian: Guardian | None, how: str, said_on: date, by: Viewer,
    at: datetime,
) -> Consent:  # fmt: skip
    asked = said.answer == Answer.ASKED
    return Consent(
        activity=activity, student_id=student, answer=said.answer, guardian=None if asked else guardian,
        said_by="" if asked else said.by.strip(), how="" if asked else how, said_on=said_on, recorded_by=by.name,
        recorded_at=at,
    )  # fmt: skip


def _write(rows: Collection[Consent], now: Mapping[int, Consent], by: Viewer, at: datetime) -> None:
    made = Consent.objects.bulk_create(rows)
    record.changes(by=by, at=at, of=list(_events(made, now)))


def _events(rows: Collection[Consent], now: Mapping[int, Consent]) -> Iterator[record.Change]:
    for row in rows:
        before = now.get(row.student_id)
        detail = {"before": _told(before) if before else None, "after": _told(row)}
        yield _event(Verb.CHANGED if before else Verb.CREATED, row, detail)


def _told(row: Consent) -> dict[str, Any]:
    """What the audit is told: never the name, which is somebody else's."""
    return {"activity": row.activity_id, "answer": str(row.answer), "how": str(row.how), "on": row.said_on.isoformat()}


def _event(verb: Verb, row: Consent, detail: dict[str, Any]) -> record.Change:
    return record.Change(verb, "consent", row.pk, row.student_id, detail)
