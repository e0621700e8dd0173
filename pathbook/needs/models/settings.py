"""What a school changed of the rules for needs."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import models

from pathbook.framework.needs.rules import Change
from pathbook.people.models import Institution


class NeedSettings(models.Model):
    """`changed` holds, for each rule changed: on, weight, items (weights) and settings; see framework.needs.rules.

    `fairness_limit`: how far below its share by lot a group may fall when places are given. No row: all as shipped.
    """

    LIMIT = Decimal("0.05")

    institution = models.OneToOneField(Institution, on_delete=models.CASCADE, related_name="+")
    changed = models.JSONField(default=dict)
    fairness_limit = models.DecimalField(max_digits=3, decimal_places=2, default=LIMIT)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(fairness_limit__gte=0, fairness_limit__lte=1), name="fairness_limit_is_a_share"
            )
        ]

    def __str__(self) -> str:
        return f"needs rules of {self.institution_id}"

    @property
    def changes(self) -> Mapping[str, Change]:
        return {code: Change(**said) for code, said in self.changed.items()}
