"""An adviser's working note opened to somebody else, for a written reason and for an hour."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models

from pathbook.people.keys import new_key
from pathbook.people.models import Account
from pathbook.records.models.guidance import GuidanceMeeting

LASTS = timedelta(minutes=60)


class NoteOpeningQuerySet(models.QuerySet["NoteOpening"]):
    def open_at(self, moment: datetime) -> Self:
        return self.filter(recorded_at__lte=moment, recorded_at__gt=moment - LASTS)


class NoteOpening(models.Model):
    """Open to `account` alone. It tells the note's `author` (where they have an account) and the data protection officer:
    it stands on their home until they say that they saw it."""

    key = models.CharField(max_length=12, unique=True, default=new_key)
    meeting = models.ForeignKey(GuidanceMeeting, on_delete=models.CASCADE, related_name="note_openings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=500)
    author_saw_at = models.DateTimeField(null=True)
    officer_saw_at = models.DateTimeField(null=True)
    officer_saw_by = models.CharField(max_length=200, blank=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    objects = NoteOpeningQuerySet.as_manager()

    def __str__(self) -> str:
        return f"note of {self.meeting_id} opened"

    @property
    def ends_at(self) -> datetime:
        return self.recorded_at + LASTS
