"""The evaluation frozen on a day, and what leadership said of it."""

from django.db import models

from pathbook.people.keys import new_key
from pathbook.people.models import Institution


class Snapshot(models.Model):
    """Never altered: the database refuses (migration 0013). `said` is the evaluation as JSON, counts and no name.

    `is_due`: of one of the national tool's days, taken at the first opening after it; otherwise by hand.
    """

    key = models.CharField(max_length=12, unique=True, default=new_key)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    set_id = models.CharField(max_length=4)
    version = models.CharField(max_length=40)
    as_of = models.DateField()
    is_due = models.BooleanField(default=False)
    said = models.JSONField()
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "as_of"], condition=models.Q(is_due=True), name="one_snapshot_a_due_day"
            )
        ]

    def __str__(self) -> str:
        return f"snapshot {self.key}"


class ReviewNote(models.Model):
    """What a senior leader said of a snapshot."""

    key = models.CharField(max_length=12, unique=True, default=new_key)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="notes")
    words = models.TextField()
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"review note {self.key}"
