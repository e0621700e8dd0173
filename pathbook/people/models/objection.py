"""That a student, or a parent for them until they are 16, objects to sharing with the local authority."""

from datetime import date
from typing import Self

from django.db import models

from pathbook.people.models.student import Student


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def standing(self, on: date) -> Self:
        """Said by the day and not withdrawn by it."""
        return self.filter(models.Q(withdrawn_on__isnull=True) | models.Q(withdrawn_on__gt=on), said_on__lte=on)


class Objection(models.Model):
    """`about`: what is not to be shared. Withdrawn, it is kept: who said what until when."""

    class About(models.TextChoices):
        EVERYTHING = "everything", "Everything that may be left out"
        PLANS = "plans", "Plans, offers and where they go next"
        SUPPORT = "support", "Help they get, and what stands in their way"

    class Said(models.TextChoices):
        STUDENT = "student", "The student"
        PARENT = "parent", "A parent or carer"

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="objections")
    about = models.CharField(max_length=10, choices=About)
    said_by = models.CharField(max_length=7, choices=Said)
    said_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "about"],
                condition=models.Q(withdrawn_on__isnull=True),
                name="one_standing_objection_to_each",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_on__isnull=True, withdrawn_by="")
                | (models.Q(withdrawn_on__gte=models.F("said_on")) & ~models.Q(withdrawn_by="")),
                name="objection_withdrawn_by_and_on",
            ),
        ]

    def __str__(self) -> str:
        return f"objection of {self.student_id}"
