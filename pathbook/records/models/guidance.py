"""A guidance meeting, and the dated actions agreed in it."""

from typing import Self

from django.db import models

from pathbook.people.keys import new_key
from pathbook.people.models import Institution, Staff, Student


class GuidanceMeetingQuerySet(models.QuerySet["GuidanceMeeting"]):
    def held(self) -> Self:
        return self.filter(status=GuidanceMeeting.Status.HELD)


class GuidanceMeeting(models.Model):
    """`booked_on` is the day it was booked; `planned_on` the day it is for; `held_on` the day it was held.

    `summary` is shared with the student, tutor and careers leader; `private_note` is the adviser's alone.
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
    adviser_name = models.CharField(max_length=200, blank=True)  # an adviser from outside, or a past one
    adviser_level = models.PositiveSmallIntegerField(null=True, blank=True)
    status = models.CharField(max_length=12, choices=Status)
    booked_on = models.DateField(null=True, blank=True)
    planned_on = models.DateField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    private_note = models.TextField(blank=True)
    nothing_agreed = models.BooleanField(default=False)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = GuidanceMeetingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["student", "status", "held_on"]), models.Index(fields=["held_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="held", held_on__isnull=False)
                | (~models.Q(status="held") & models.Q(held_on__isnull=True)),
                name="held_meeting_has_its_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.key}"


class Action(models.Model):
    """Something agreed, with an owner and a day; closed with an outcome, and evidence where there is some."""

    class Owner(models.TextChoices):
        STUDENT = "student", "Student"
        ADVISER = "adviser", "Adviser"
        TUTOR = "tutor", "Tutor"
        CAREERS_LEADER = "careers_leader", "Careers leader"
        OTHER = "other", "Other"

    class Outcome(models.TextChoices):
        DONE = "done", "Done"
        NOT_NEEDED = "not_needed", "No longer needed"
        CARRIED_ON = "carried_on", "Carried on"

    key = models.CharField(max_length=12, unique=True, default=new_key)
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="actions")
    meeting = models.ForeignKey(
        GuidanceMeeting, null=True, blank=True, on_delete=models.CASCADE, related_name="actions"
    )
    what = models.CharField(max_length=300)
    owner = models.CharField(max_length=16, choices=Owner)
    agreed_on = models.DateField()
    due_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["student", "closed_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True, outcome="")
                | (models.Q(closed_on__isnull=False) & ~models.Q(outcome="")),
                name="closed_action_has_outcome",
            )
        ]

    def __str__(self) -> str:
        return f"{self.owner} {self.key}"
