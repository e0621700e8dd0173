"""That a student was erased: when, by whom and why. The row that stays of them names nobody."""

from django.db import models

from pathbook.people.models.student import Student


class Erasure(models.Model):
    """One a student, never undone. `reason` is typed by whoever erased them on request, and names nobody."""

    class Why(models.TextChoices):
        REQUEST = "request", "On request"
        RETENTION = "retention", "Kept long enough"
        AGAIN = "again", "Erased before an older backup was put back"

    student = models.OneToOneField(Student, on_delete=models.CASCADE, related_name="erasure")
    why = models.CharField(max_length=10, choices=Why)
    reason = models.CharField(max_length=500, blank=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(why="request") | ~models.Q(reason=""), name="erasure_on_request_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"erasure of {self.student_id}"
