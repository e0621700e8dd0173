"""Something that stands in a student's way: getting there, money, caring for someone. Seen with their support."""

from typing import Self

from django.db import models

from pathbook.people.keys import new_key
from pathbook.people.models import Student


class BarrierQuerySet(models.QuerySet["Barrier"]):
    def open(self) -> Self:
        return self.filter(eased_on__isnull=True)


class Barrier(models.Model):
    """`kind` is an item of the rule "barrier" in the needs rules; `ease_by` the day it should be dealt with, if set."""

    key = models.CharField(max_length=12, unique=True, default=new_key)
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="barriers")
    kind = models.CharField(max_length=20)
    words = models.CharField(max_length=300, blank=True)
    said_on = models.DateField()
    ease_by = models.DateField(null=True, blank=True)
    eased_on = models.DateField(null=True, blank=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    objects = BarrierQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["student", "eased_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(eased_on__isnull=True) | models.Q(eased_on__gte=models.F("said_on")),
                name="barrier_eased_after_said",
            ),
            models.CheckConstraint(
                condition=models.Q(ease_by__isnull=True) | models.Q(ease_by__gte=models.F("said_on")),
                name="barrier_ease_by_after_said",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
