"""A student's days with an employer: where, when, the forms that lead there, the journal, and what came of it."""

from decimal import Decimal
from typing import Self

from django.db import models

from pathbook.framework import placements as rule
from pathbook.people.keys import new_key
from pathbook.people.models import Student
from pathbook.records.models.host import Host
from pathbook.records.models.participation import Participation


def _whom_and_when(name: str) -> models.CheckConstraint:
    never = models.Q(**{f"{name}_at__isnull": True, f"{name}_by": ""})
    return models.CheckConstraint(
        condition=never | models.Q(**{f"{name}_at__isnull": False}), name=f"placement_{name}_by_whom_and_when"
    )


class PlacementQuerySet(models.QuerySet["Placement"]):
    def standing(self) -> Self:
        return self.filter(called_off_at=None)


class Placement(models.Model):
    """It has no column for its state: framework.placements says it from what was said (docs/decisions/0037).

    `named_host` and `named_email` are what the student proposed; nothing is sent before the school has made it a host.
    """

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="placements")
    key = models.CharField(max_length=12, unique=True, default=new_key)
    host = models.ForeignKey(Host, null=True, blank=True, on_delete=models.PROTECT, related_name="placements")
    named_host = models.CharField(max_length=160, blank=True)
    named_email = models.EmailField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    hours_a_day = models.DecimalField(max_digits=3, decimal_places=1, default=Decimal(5))
    reflection = models.TextField(blank=True)
    approved_by = models.CharField(max_length=200, blank=True)
    approved_at = models.DateTimeField(null=True)
    called_off_why = models.CharField(max_length=300, blank=True)
    called_off_by = models.CharField(max_length=200, blank=True)
    called_off_at = models.DateTimeField(null=True)
    days_done = models.PositiveSmallIntegerField(null=True)
    part = models.OneToOneField(
        Participation, null=True, blank=True, on_delete=models.SET_NULL, related_name="placement"
    )
    done_by = models.CharField(max_length=200, blank=True)
    done_at = models.DateTimeField(null=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    objects = PlacementQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["starts_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="placement_end_after_start"
            ),
            *(_whom_and_when(name) for name in ("approved", "called_off", "done")),
        ]

    def __str__(self) -> str:
        return f"placement {self.key}"

    @property
    def days(self) -> int:
        """As it took place; until then, as it is planned."""
        return rule.days_between(self.starts_on, self.ends_on) if self.days_done is None else self.days_done


class PlacementForm(models.Model):
    """What one party was asked and answered; a row once it was sent or said. The link to it is signed, and kept nowhere.

    `yes`: a parent's answer. `words`: the student's aim, what the employer has them do, why home says no, feedback.
    """

    class Party(models.TextChoices):
        STUDENT = rule.STUDENT, "Student"
        EMPLOYER = rule.EMPLOYER, "Employer"
        PARENT = rule.PARENT, "Home"
        FEEDBACK = rule.FEEDBACK, "Feedback"

    class Mail(models.TextChoices):
        NONE = "", "Not by mail"
        SENT = "sent", "Sent"
        FAILED = "failed", "Could not be sent"

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="forms")
    key = models.CharField(max_length=12, unique=True, default=new_key)
    party = models.CharField(max_length=8, choices=Party)
    issue = models.PositiveSmallIntegerField(default=1)  # a link of an earlier issue opens nothing
    sent_to = models.CharField(max_length=500, blank=True)
    mail = models.CharField(max_length=6, choices=Mail, blank=True)
    sent_at = models.DateTimeField(null=True)
    expires_on = models.DateField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)
    yes = models.BooleanField(null=True)
    words = models.TextField(blank=True)
    items = models.JSONField(default=list)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["placement", "party"], name="one_form_a_party"),
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True, answered_by="") | models.Q(answered_at__isnull=False),
                name="placement_form_answered_by_whom_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} form {self.key}"


class PlacementDay(models.Model):
    """A short entry of the student's journal: one a day."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="journal")
    on = models.DateField()
    words = models.TextField()
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["placement", "on"], name="one_entry_a_day")]

    def __str__(self) -> str:
        return f"day {self.on} of {self.placement_id}"
