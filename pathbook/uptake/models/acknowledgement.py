"""A tutor says "read and understood" of a guidance meeting; and that somebody was asked to read what is new to them."""

from django.db import models

from pathbook.people.models import Account, Institution
from pathbook.records.models import GuidanceMeeting


class Acknowledgement(models.Model):
    """That one person said so of one meeting, and when. Taken back, it is gone; the audit keeps that it was said."""

    meeting = models.ForeignKey(GuidanceMeeting, on_delete=models.CASCADE, related_name="acknowledgements")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "account"], name="one_acknowledgement_a_person")]

    def __str__(self) -> str:
        return f"{self.account_id} read {self.meeting_id}"


class AskedToRead(models.Model):
    """Somebody was asked to read `how_many` notes. `is_mailed`: a mail went too; it never says what stood in them."""

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    asked_on = models.DateField()
    how_many = models.PositiveIntegerField()
    is_mailed = models.BooleanField(default=False)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "asked_on"], name="asked_to_read_once_a_day")]

    def __str__(self) -> str:
        return f"{self.account_id} asked on {self.asked_on}"
