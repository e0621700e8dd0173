"""What a student says came of a guidance meeting: that it happened, that it helped, or that it did not happen."""

from django.db import models

from pathbook.records.models.guidance import GuidanceMeeting


class Confirmation(models.Model):
    """One a meeting, said by its student alone. Taken back it is gone; the audit keeps that it was said."""

    class Answer(models.TextChoices):
        HELPED = "helped", "It happened and it helped"
        HAPPENED = "happened", "It happened"
        NOT = "not", "It did not happen"

    meeting = models.OneToOneField(GuidanceMeeting, on_delete=models.CASCADE, related_name="confirmation")
    answer = models.CharField(max_length=8, choices=Answer)
    words = models.CharField(max_length=200, blank=True)
    said_on = models.DateField()
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.answer} of {self.meeting_id}"
