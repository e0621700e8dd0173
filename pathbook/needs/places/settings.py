"""How fair the allocation must be here: the school's own limit."""

from pathbook.needs.models import NeedSettings
from pathbook.people.models import Institution


def limit_of(school: Institution) -> float:
    """How far below its share by lot a group may fall; one query."""
    said = NeedSettings.objects.filter(institution=school).values_list("fairness_limit", flat=True).first()
    return float(NeedSettings.LIMIT if said is None else said)
