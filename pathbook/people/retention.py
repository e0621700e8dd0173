"""How long this school keeps records: what stands, and changing it."""

from datetime import datetime

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people.models import Institution, Retention
from pathbook.people.visibility import Viewer


def retention_of(school: Institution) -> Retention:
    """As the school set it, or as we suggest."""
    return Retention.objects.filter(institution=school).first() or Retention(institution=school)


@transaction.atomic
def keep_for(*, school: Institution, after_leaving: int, notes_after_13: int, by: Viewer, at: datetime) -> None:
    was = retention_of(school)
    said = {"after_leaving": after_leaving, "notes_after_13": notes_after_13}
    row, _ = Retention.objects.update_or_create(
        institution=school, defaults=said | {"recorded_by": by.name, "recorded_at": at}
    )
    before = {name: getattr(was, name) for name in said}
    of = record.Change(Verb.CHANGED, "retention", row.pk, detail={"before": before, "after": said})
    record.changes(by=by, at=at, of=[of])
