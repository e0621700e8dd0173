"""Something agreed, with an owner and a day: what turns a meeting into something that happens."""

from datetime import date
from typing import Self

from django.db import models

from pathbook.people.keys import new_key
from pathbook.people.models import Student
from pathbook.records.models.activity import Activity
from pathbook.records.models.guidance import GuidanceMeeting
from pathbook.records.models.offer import Offer
from pathbook.records.models.participation import Participation

PROVED = (
    ~models.Q(evidence="")
    | models.Q(attended__isnull=False)
    | models.Q(met__isnull=False)
    | models.Q(applied__isnull=False)
)


class ActionQuerySet(models.QuerySet["Action"]):
    """Filters that read as adjectives."""

    def still_open(self, on: date) -> Self:
        """Agreed by the day and not closed by it."""
        return self.filter(models.Q(closed_on__isnull=True) | models.Q(closed_on__gt=on), agreed_on__lte=on)

    def overdue(self, on: date) -> Self:
        return self.still_open(on).filter(due_on__lt=on)


class Action(models.Model):
    """Closed with an outcome, and evidence where there is some: what was attended, a meeting held, an application or offer, or in words.

    `activity` is what was planned to serve it. Carried on, it is closed and `carried_to` stands open in its place.
    """

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
    owner_name = models.CharField(max_length=120, blank=True)  # whose, when it is somebody else's
    agreed_on = models.DateField()
    due_on = models.DateField()
    elsewhere = models.CharField(max_length=200, blank=True)  # the school whose record brought it, when not this one
    activity = models.ForeignKey(Activity, null=True, blank=True, on_delete=models.SET_NULL, related_name="actions")
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    attended = models.ForeignKey(Participation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    met = models.ForeignKey(GuidanceMeeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    applied = models.ForeignKey(Offer, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    carried_to = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="carried_from"
    )
    reminded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ActionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["student", "closed_on"]), models.Index(fields=["closed_on", "due_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True, outcome="")
                | (models.Q(closed_on__isnull=False) & ~models.Q(outcome="")),
                name="closed_action_has_outcome",
            ),
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("agreed_on")), name="action_due_after_agreed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner} {self.key}"

    @property
    def is_proved(self) -> bool:
        """PROVED, of one in hand."""
        return bool(self.evidence or self.attended_id or self.met_id or self.applied_id)
