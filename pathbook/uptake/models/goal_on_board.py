"""A student lets their form see what they hope for on the classroom's board."""

from django.db import models

from pathbook.people.models import Student
from pathbook.records.models import Aspiration


class GoalOnBoard(models.Model):
    """Their own choice, of this one hope and no other: a new hope asks again. Without a row nothing of it is shown."""

    student = models.OneToOneField(Student, on_delete=models.CASCADE, related_name="goal_on_board")
    aspiration = models.ForeignKey(Aspiration, on_delete=models.CASCADE, related_name="+")
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"goal of {self.student_id}"
