"""Taking a record in: what it tells counts here as if recorded here, and says at which school it was."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from pathbook.audit import record as audit
from pathbook.audit.models import Verb
from pathbook.exchange.models import RecordRun, TrustedKey
from pathbook.exchange.portable.canonical import NotARecordError
from pathbook.exchange.portable.keys import PublicKey, fingerprint
from pathbook.exchange.portable.making import Making
from pathbook.exchange.portable.plan import Plan, plan_of
from pathbook.exchange.portable.reading import Carried, Trust
from pathbook.people.keys import new_key
from pathbook.people.models import Institution, Student
from pathbook.people.visibility import Viewer
from pathbook.records.models import Action, Participation, PriorRecord


@transaction.atomic
def trust(*, key: PublicKey, school: Institution, by: Viewer, at: datetime) -> TrustedKey:
    """Believe records signed with this key from now on: somebody here held it against what the school said of it."""
    found, made = TrustedKey.objects.get_or_create(
        institution=school, urn=key.urn, key=key.key,
        defaults={"school": key.school, "recorded_by": by.name, "recorded_at": at},
    )  # fmt: skip
    if made:
        detail = {"urn": key.urn, "fingerprint": key.fingerprint}
        audit.changes(by=by, at=at, of=[audit.Change(Verb.CREATED, "trusted key", found.pk, detail=detail)])
    return found


@transaction.atomic
def distrust(*, trusted: TrustedKey, by: Viewer, at: datetime) -> None:
    """Believe the key no longer. What came in while it was believed stays, and is taken back one by one."""
    pk, detail = trusted.pk, {"urn": trusted.urn, "fingerprint": fingerprint(trusted.key)}
    if TrustedKey.objects.filter(pk=pk).delete()[0]:
        audit.changes(by=by, at=at, of=[audit.Change(Verb.REMOVED, "trusted key", pk, detail=detail)])


@transaction.atomic
def take_in(
    *, record: Carried, student: Student, school: Institution, unchecked: bool, by: Viewer, at: datetime, on: date,
    key: str = "",
) -> RecordRun:  # fmt: skip
    """All that is new in it, or nothing. One nobody checked comes in only when a person says so (`unchecked`)."""
    if key and (before := RecordRun.objects.filter(institution=school, key=key).first()):
        return before
    if why_not := refusal(record, student, unchecked=unchecked):
        raise NotARecordError(why_not)
    plan = plan_of(record, student)
    made = Making(record, student, school, by, at).make(plan)
    made |= {"prior": _note_prior(record, student, by, at, on), **_bring_up_to_date(plan)}
    run = RecordRun.objects.create(
        institution=school, student=student, key=key or new_key(), file_name=record.name[:200],
        serial=record.said["serial"], source=record.school, urn=record.by.urn, checked=record.is_checked,
        counts=plan.counts(), undo=made, recorded_by=by.name, recorded_at=at,
    )  # fmt: skip
    detail = {"import": run.key, "serial": run.serial, "urn": run.urn, "checked": run.checked, **plan.counts()}
    audit.changes(by=by, at=at, of=[audit.Change(Verb.IMPORTED, "portable record", run.pk, student.pk, detail)])
    return run


@transaction.atomic
def trust_and_take_in(
    *, record: Carried, student: Student, school: Institution, by: Viewer, at: datetime, on: date, key: str = ""
) -> RecordRun:
    """Both or neither: a record that is refused leaves no key believed."""
    trust(key=record.by, school=school, by=by, at=at)
    checked = replace(record, trust=Trust.CHECKED)
    return take_in(record=checked, student=student, school=school, unchecked=False, by=by, at=at, on=on, key=key)


def refusal(record: Carried, student: Student, *, unchecked: bool) -> str:
    """Why it may not come in as things stand; empty when it may."""
    if not (record.is_checked or unchecked):
        return (
            f"Nobody has checked that this record comes from {record.school}. Trust their key, or say that it comes in "
            "as not checked."
        )
    standing = RecordRun.objects.filter(student=student, urn=record.by.urn, undone_at=None, checked=False)
    if record.is_checked and standing.exists():
        return (
            f"A record of {record.school} came in unchecked before. Take that one back first, then bring this one in."
        )
    return ""


def _note_prior(record: Carried, student: Student, by: Viewer, at: datetime, on: date) -> list[int]:
    """That a record was received (Benchmark 3); one a school and day is enough."""
    said = {"student": student, "outcome": PriorRecord.Outcome.RECEIVED, "source": record.school,
            "checked": record.is_checked}  # fmt: skip
    if PriorRecord.objects.filter(**said).exists():
        return []
    return [PriorRecord.objects.create(**said, received_on=on, recorded_by=by.name, recorded_at=at).pk]


def _bring_up_to_date(plan: Plan) -> dict[str, list[int]]:
    """What stood open here and is closed there since; what the student wrote of an activity since."""
    for action, said in plan.closed:
        action.closed_on, action.outcome = date.fromisoformat(said["closed_on"]), said["outcome"]
        action.closed_by = action.recorded_by
    for part, words in plan.reflected:
        part.reflection = words
    closed, reflected = [one for one, _ in plan.closed], [part for part, _ in plan.reflected]
    Action.objects.bulk_update(closed, ["closed_on", "outcome", "closed_by"])
    Participation.objects.bulk_update(reflected, ["reflection"])
    return {"closed": [one.pk for one in closed], "reflected": [part.pk for part in reflected]}
