"""A training session and who came; and that somebody has put away the short tour of a role's first page."""

from django.db import models

from pathbook.people.keys import new_key
from pathbook.people.models import Account, Institution, Staff


class TrainingSession(models.Model):
    """`topic` is one of uptake/ready/topics.toml."""

    key = models.CharField(max_length=12, unique=True, default=new_key)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    topic = models.CharField(max_length=40)
    held_on = models.DateField()
    token = models.CharField(max_length=32, unique=True)  # a form sent twice writes it once
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["institution", "held_on"])]

    def __str__(self) -> str:
        return f"training {self.key}"


class TrainingAttendance(models.Model):
    """That a member of staff came."""

    session = models.ForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="attendances")
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="trained")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "staff"], name="came_once_to_a_session")]

    def __str__(self) -> str:
        return f"{self.staff_id} came to {self.session_id}"


class TourPutAway(models.Model):
    """That an account has put away the tour of one role: it is not shown again."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "role"], name="a_tour_is_put_away_once")]

    def __str__(self) -> str:
        return f"tour of {self.role} for {self.account_id}"
