"""What a school says of itself to those who write in its records."""

from datetime import datetime

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer


@transaction.atomic
def ask_second_step(*, institution: Institution, of_staff: bool, by: Viewer, at: datetime) -> None:
    """Whether staff must have something besides a password before they see anything of a student."""
    before = institution.staff_second_step
    institution.staff_second_step = of_staff
    institution.save(update_fields=["staff_second_step"])
    detail = {"before": before, "after": of_staff}
    record.changes(
        by=by, at=at, of=[record.Change(Verb.CHANGED, "second step of staff", institution.pk, detail=detail)]
    )


@transaction.atomic
def set_kind(*, institution: Institution, kind: str, by: Viewer, at: datetime) -> None:
    """Which criteria apply, and over whom they are counted. Nothing recorded is touched."""
    before = institution.kind
    institution.kind = Institution.Kind(kind)
    institution.save(update_fields=["kind"])
    detail = {"before": before, "after": kind}
    record.changes(by=by, at=at, of=[record.Change(Verb.CHANGED, "kind of institution", institution.pk, detail=detail)])


@transaction.atomic
def set_safeguarding_contact(*, institution: Institution, contact: str, by: Viewer, at: datetime) -> None:
    """Whom to tell of a disclosure, said wherever people write. Empty: none is set."""
    before = institution.safeguarding_contact
    institution.safeguarding_contact = contact
    institution.save(update_fields=["safeguarding_contact"])
    detail = {"before": {"set": bool(before)}, "after": {"set": bool(contact)}}
    of = record.Change(Verb.CHANGED, "safeguarding contact", institution.pk, detail=detail)
    record.changes(by=by, at=at, of=[of])
