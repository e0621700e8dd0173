"""How fair the allocation must be here: the school's own limit."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.needs.models import NeedSettings
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer


def limit_of(school: Institution) -> float:
    """How far below its share by lot a group may fall; one query."""
    said = NeedSettings.objects.filter(institution=school).values_list("fairness_limit", flat=True).first()
    return float(NeedSettings.LIMIT if said is None else said)


@transaction.atomic
def set_limit(*, school: Institution, limit: Decimal, by: Viewer, at: datetime) -> None:
    """From 0 to 1. Proposals worked out before stay as they are."""
    before = limit_of(school)
    row, _ = NeedSettings.objects.update_or_create(
        institution=school, defaults={"fairness_limit": limit, "recorded_by": by.name, "recorded_at": at}
    )
    detail = {"before": {"limit": before}, "after": {"limit": float(limit)}}
    record.changes(by=by, at=at, of=[record.Change(Verb.CHANGED, "fairness limit", row.pk, None, detail)])
