"""One event: who, when, what was done, to whose record, and what it was before."""

from django.db import models


class Verb(models.TextChoices):
    """What was done. The last four are readings: they change nothing."""

    CREATED = "created"
    CHANGED = "changed"
    REMOVED = "removed"
    IMPORTED = "imported"
    UNDONE = "undone"
    SIGNED_IN = "signed_in"
    READ = "read"
    READ_OWN = "read_own"
    PRINTED = "printed"
    EXPORTED = "exported"


class Event(models.Model):
    """Append-only. `student_id` is a number, not a key, so that a record outlives whom it is about.

    The database refuses to change or remove one (migration 0002), and `digest` seals each to the one before.
    """

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)  # null: the command line
    actor_name = models.CharField(max_length=200)
    actor_role = models.CharField(max_length=40, blank=True)
    verb = models.CharField(max_length=12, choices=Verb)
    noun = models.CharField(max_length=40)
    noun_id = models.BigIntegerField(null=True)
    student_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["student_id", "verb", "at"]),
            models.Index(fields=["noun", "noun_id"]),
            models.Index(fields=["verb", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.noun} {self.noun_id}"
