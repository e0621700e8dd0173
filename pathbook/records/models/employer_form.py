"""A link for an employer to say how one activity went, without an account and without a student."""

from datetime import date
from typing import Self

from django.db import models

from pathbook.people.keys import new_key
from pathbook.records.models.activity import Activity


class EmployerFormQuerySet(models.QuerySet["EmployerForm"]):
    def open_on(self, day: date) -> Self:
        """Neither run out nor ended, and the activity still stands."""
        return self.filter(expires_on__gte=day, ended_at=None, activity__withdrawn_at=None)


class EmployerForm(models.Model):
    """Of one activity alone. What was answered is the employer's word: it counts once somebody takes it over."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="employer_forms")
    key = models.CharField(max_length=12, unique=True, default=new_key)
    sent_to = models.EmailField(blank=True)
    expires_on = models.DateField()
    happened = models.BooleanField(null=True)
    met = models.PositiveSmallIntegerField(null=True)  # how many students they met
    items = models.JSONField(default=list)  # of the "meaningful" checklist, those they can vouch for
    comment = models.CharField(max_length=1000, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    taken_by = models.CharField(max_length=200, blank=True)
    taken_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    objects = EmployerFormQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by="") | models.Q(ended_at__isnull=False),
                name="employer_form_ended_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=models.Q(happened__isnull=True, answered_at__isnull=True)
                | models.Q(happened__isnull=False, answered_at__isnull=False),
                name="employer_form_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"employer form {self.pk}"
