"""That somebody put a need aside, why, and until when."""

from datetime import date
from typing import Self

from django.db import models

from pathbook.people.models import Student


class DismissalQuerySet(models.QuerySet["Dismissal"]):
    def in_force(self, on: date) -> Self:
        return self.filter(restored_at__isnull=True, said_on__lte=on, until__gte=on)


class Dismissal(models.Model):
    """`fingerprint` is that of the need as it stood: when its facts change it is another need, and comes back."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="dismissals")
    code = models.CharField(max_length=32)
    criterion = models.CharField(max_length=32, blank=True)
    fingerprint = models.CharField(max_length=16)
    reason = models.CharField(max_length=300)
    said_on = models.DateField()
    until = models.DateField()
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    restored_by = models.CharField(max_length=200, blank=True)
    restored_at = models.DateTimeField(null=True, blank=True)

    objects = DismissalQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["student", "until"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("said_on")), name="dismissal_until_after_said"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="dismissal_has_a_reason"),
            models.CheckConstraint(
                condition=models.Q(restored_at__isnull=True, restored_by="")
                | (models.Q(restored_at__isnull=False) & ~models.Q(restored_by="")),
                name="dismissal_restored_by_and_at",
            ),
            models.UniqueConstraint(
                fields=["student", "fingerprint", "until"], condition=models.Q(restored_at__isnull=True),
                name="one_dismissal_a_need_and_day",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.code} of {self.student_id} until {self.until}"
