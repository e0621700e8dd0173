"""The annual review of a student's EHC plan: the day it is due, and the day it was held."""

from typing import Self

from django.db import models

from pathbook.people.models import Student


class AnnualReviewQuerySet(models.QuerySet["AnnualReview"]):
    def to_come(self) -> Self:
        return self.filter(held_on__isnull=True)


class AnnualReview(models.Model):
    """One row a review. At most one is still to come."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="annual_reviews")
    due_on = models.DateField()
    held_on = models.DateField(null=True, blank=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    objects = AnnualReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student"], condition=models.Q(held_on__isnull=True), name="one_review_to_come"
            )
        ]

    def __str__(self) -> str:
        return f"review of {self.student_id} due {self.due_on}"
