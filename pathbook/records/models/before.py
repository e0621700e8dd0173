"""What a part of a student's record said before somebody wrote something else there, or took it out."""

from django.db import models

from pathbook.people.models import Student


class Before(models.Model):
    """Never changed; it goes when its student is erased. An adviser's private note leaves none (docs/decisions/0034).

    `of` and `row` are the audit's noun and number of what the words stood in, which may be gone since; `event` is the
    number of the event that tells of the change.
    """

    class Of(models.TextChoices):
        MEETING = "meeting", "Guidance meeting"
        ACTION = "action", "Agreed action"
        REFLECTION = "reflection", "Reflection"

    class Field(models.TextChoices):
        SUMMARY = "summary", "Summary"
        PURPOSE = "purpose", "Why they met"
        REASON = "reason", "Reason"
        NO_NEXT = "no_next", "Why no other"
        WHAT = "what", "Action"
        OWNER_NAME = "owner_name", "Whose it was"
        EVIDENCE = "evidence", "What showed it"
        REFLECTION = "reflection", "Reflection"

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="said_before")
    of = models.CharField(max_length=12, choices=Of)
    row = models.BigIntegerField()
    field = models.CharField(max_length=12, choices=Field)
    words = models.TextField()
    event = models.BigIntegerField(null=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.field} of {self.of} {self.row}"
