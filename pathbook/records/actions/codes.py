"""Changing a code of next steps, or adding one of the school's own."""

from datetime import datetime

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.framework.destinations import Code
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.records.models import NextStepCode


@transaction.atomic
def keep_code(*, school: Institution, table: str, said: Code, by: Viewer, at: datetime) -> NextStepCode:
    """What the school says of one code from now on; what was recorded keeps its code."""
    row, made = NextStepCode.objects.update_or_create(
        institution=school, table=table, code=said.code,
        defaults={
            "label": said.label, "group": said.group, "sent_as": said.sent_as, "used": said.used,
            "recorded_by": by.name, "recorded_at": at,
        },
    )  # fmt: skip
    after = {"table": table, "code": said.code, "group": said.group, "sent_as": said.sent_as, "used": said.used}
    change = record.Change(Verb.CREATED if made else Verb.CHANGED, "next step code", row.pk, detail={"after": after})
    record.changes(by=by, at=at, of=[change])
    return row
