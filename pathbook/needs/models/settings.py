"""What a school changed of the rules for needs."""

from collections.abc import Mapping

from django.db import models

from pathbook.framework.needs.rules import Change
from pathbook.people.models import Institution


class NeedSettings(models.Model):
    """`changed` holds, for each rule changed: on, weight, items (weights) and settings; see framework.needs.rules.

    No row: the rules as shipped.
    """

    institution = models.OneToOneField(Institution, on_delete=models.CASCADE, related_name="+")
    changed = models.JSONField(default=dict)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"needs rules of {self.institution_id}"

    @property
    def changes(self) -> Mapping[str, Change]:
        return {code: Change(**said) for code, said in self.changed.items()}
