"""What a student says back: please may I have guidance, and this in my record is wrong."""

from typing import Self

from django.db import models

from pathbook.people.keys import new_key
from pathbook.people.models import Student


class GuidanceRequest(models.Model):
    """A student asked for a guidance meeting. Answered by booking one, or with a reason why not."""

    key = models.CharField(max_length=12, unique=True, default=new_key)
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="guidance_requests")
    words = models.CharField(max_length=300, blank=True)
    asked_on = models.DateField()
    answer = models.CharField(max_length=300, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student"], condition=models.Q(answered_on__isnull=True), name="one_open_request_a_student"
            )
        ]

    def __str__(self) -> str:
        return f"request {self.key}"


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def unanswered(self) -> Self:
        return self.filter(answered_on__isnull=True)


class Correction(models.Model):
    """A student says something in their record is wrong; a person answers. What it was stays in the audit."""

    class About(models.TextChoices):
        DETAILS = "details", "My name or group"
        ACTIVITY = "activity", "Something I did or did not do"
        GUIDANCE = "guidance", "What was said or agreed in guidance"
        HOPE = "hope", "What I want to do"
        OTHER = "other", "Something else"

    class Outcome(models.TextChoices):
        PUT_RIGHT = "put_right", "Put right"
        LEFT = "left", "Left as it is"

    key = models.CharField(max_length=12, unique=True, default=new_key)
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="corrections")
    about = models.CharField(max_length=10, choices=About)
    words = models.TextField()
    said_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["student", "said_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_on__isnull=True, outcome="")
                | (models.Q(answered_on__isnull=False) & ~models.Q(outcome="")),
                name="answered_correction_has_outcome",
            )
        ]

    def __str__(self) -> str:
        return f"correction {self.key}"
