"""One student's part in one activity."""

from typing import Self

from django.db import models

from pathbook.people.models import Student
from pathbook.records.models.activity import Activity


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def attended(self) -> Self:
        return self.filter(status=Participation.Status.ATTENDED)


class Participation(models.Model):
    """`on` is the day for this student; `hours` what they did, which may be less than the activity offered.

    `by_rule`: put down because the activity's rule invites them, so taken off again when it does no longer.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", "Planned"
        ATTENDED = "attended", "Attended"
        ABSENT = "absent", "Absent"
        EXCUSED = "excused", "Excused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="participations")
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="participations")
    status = models.CharField(max_length=9, choices=Status)
    on = models.DateField()
    hours = models.DecimalField(max_digits=5, decimal_places=1, default=0)
    reflection = models.TextField(blank=True)
    by_rule = models.BooleanField(default=False)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "student"], name="one_participation_a_student")]
        # Covers the school's evaluation: read by student without touching the table.
        indexes = [models.Index(fields=["student", "on", "status", "activity", "hours"])]

    def __str__(self) -> str:
        return f"{self.student_id} {self.status} {self.activity_id}"
