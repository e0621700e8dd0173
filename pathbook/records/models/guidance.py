"""A guidance meeting, from the day it is booked to what was agreed in it; and what is being written up."""

from typing import Self

from django.db import models

from pathbook.people.keys import new_key
from pathbook.people.models import Institution, Staff, Student
from pathbook.records.models.slot import GuidanceSlot


class GuidanceMeetingQuerySet(models.QuerySet["GuidanceMeeting"]):
    def held(self) -> Self:
        return self.filter(status=GuidanceMeeting.Status.HELD)

    def held_here(self) -> Self:
        """Held by this school: what a student brought along from another is not ours to act on or to read in time."""
        return self.held().filter(elsewhere="")


class GuidanceMeeting(models.Model):
    """`booked_on` is the day it was booked; `planned_on` the day it is for; `held_on` the day it was held.

    `summary` is shared with the student, tutor and careers leader, and with parents only when `shared_with_parent`;
    `private_note` is the adviser's alone. `reason`: why it was cancelled, moved or not attended. `no_next`: why a missed
    one has no next slot. `sequence` counts its changes for calendars.
    """

    class Status(models.TextChoices):
        BOOKED = "booked", "Booked"
        HELD = "held", "Held"
        NOT_ATTENDED = "not_attended", "Not attended"
        CANCELLED = "cancelled", "Cancelled"

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=12, unique=True, default=new_key)
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="meetings")
    adviser = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings")
    was_with = models.ManyToManyField(Staff, blank=True, related_name="+")  # advisers it was moved away from
    adviser_name = models.CharField(max_length=200, blank=True)  # an adviser from outside, or a past one
    adviser_level = models.PositiveSmallIntegerField(null=True, blank=True)
    status = models.CharField(max_length=12, choices=Status)
    elsewhere = models.CharField(max_length=200, blank=True)  # the school it was held at, when not this one
    slot = models.ForeignKey(GuidanceSlot, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings")
    booked_on = models.DateField(null=True, blank=True)
    planned_on = models.DateField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    reason_before = models.CharField(max_length=200, blank=True)  # what its last change took the place of, for undo
    no_next = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    sharing_agreed_on = models.DateField(null=True, blank=True)
    shared_with_parent = models.BooleanField(default=False)
    summary = models.TextField(blank=True)
    private_note = models.TextField(blank=True)
    nothing_agreed = models.BooleanField(default=False)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    sequence = models.PositiveIntegerField(default=0)

    objects = GuidanceMeetingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["student", "status", "held_on"]), models.Index(fields=["held_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="held", held_on__isnull=False)
                | (~models.Q(status="held") & models.Q(held_on__isnull=True)),
                name="held_meeting_has_its_day",
            ),
            models.UniqueConstraint(
                fields=["slot"], condition=~models.Q(status="cancelled"), name="one_meeting_a_slot"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.key}"


class MeetingDraft(models.Model):
    """What an adviser is writing, kept every few seconds until it is filed. `says` is the form as typed.

    `base` is the meeting's version it was begun from, `version` counts its own savings: a second tab that saved since is
    shown both.
    """

    meeting = models.ForeignKey(GuidanceMeeting, on_delete=models.CASCADE, related_name="drafts")
    author_id = models.BigIntegerField()
    says = models.JSONField(default=dict)
    base = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "author_id"], name="one_draft_an_author")]

    def __str__(self) -> str:
        return f"draft of {self.meeting_id}"
