"""A parent or carer, and the students they are linked to between dates."""

from django.db import models

from pathbook.people.models.account import Account
from pathbook.people.models.student import Student


class Guardian(models.Model):
    """May have no account; contact details stay with the school's own system unless needed here."""

    account = models.OneToOneField(Account, null=True, on_delete=models.SET_NULL, related_name="guardian")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)

    def __str__(self) -> str:
        return self.name


class GuardianLink(models.Model):
    """When the link ends, so does all access."""

    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, related_name="links")
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="guardian_links")
    relation = models.CharField(max_length=40, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="guardian_link_end_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.guardian_id} of {self.student_id}"
