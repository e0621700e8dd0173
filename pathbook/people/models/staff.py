"""A member of staff, whether or not they have an account yet."""

from django.db import models

from pathbook.people.models.account import Account
from pathbook.people.models.institution import Institution


class Staff(models.Model):
    """`level` is the adviser's careers qualification level (6 or above counts for Benchmark 8)."""

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    account = models.OneToOneField(Account, null=True, on_delete=models.SET_NULL, related_name="staff")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="staff_end_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.name
