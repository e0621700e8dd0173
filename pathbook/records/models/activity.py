"""Something the programme offers: a talk, a fair, a visit, a lesson. Planned or delivered by its dates."""

from typing import Self

from django.db import models

from pathbook.people.keys import new_key
from pathbook.people.models import Institution, Staff
from pathbook.records.models.provider import Provider


class ActivityQuerySet(models.QuerySet["Activity"]):
    def in_year(self, academic_year: int) -> Self:
        return self.filter(academic_year=academic_year)

    def not_withdrawn(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def of_our_own(self) -> Self:
        """Part of this school's programme: not what a student brought along from another school."""
        return self.filter(elsewhere="")


class Activity(models.Model):
    """`kind` and `also` are codes of framework.kinds; `checklist` holds the "meaningful" items ticked.

    `meaningful` is kept beside the checklist so that every engine counts alike: see actions.programme.
    `learning_areas` holds codes of framework.outcomes, `rule` who is invited (framework.invited), `rule_filled_at`
    when its list of names was first filled by it, and kept up since; money is in pounds.
    """

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=12, unique=True, default=new_key)
    academic_year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    elsewhere = models.CharField(max_length=200, blank=True)  # the school it happened at, when not this one
    kind = models.CharField(max_length=32)
    also = models.JSONField(default=list, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    provider = models.ForeignKey(Provider, null=True, blank=True, on_delete=models.PROTECT, related_name="activities")
    others = models.ManyToManyField(Provider, blank=True, related_name="+")  # the other exhibitors of a fair
    provider_type = models.CharField(max_length=20, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    sector = models.CharField(max_length=80, blank=True)
    pathway = models.CharField(max_length=40, blank=True)
    technical = models.BooleanField(default=False)
    checklist = models.JSONField(default=list, blank=True)
    meaningful = models.BooleanField(default=False)
    criteria = models.JSONField(default=list, blank=True)
    learning_areas = models.JSONField(default=list, blank=True)
    hours = models.DecimalField(max_digits=5, decimal_places=1, default=1)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    asks_consent = models.BooleanField(default=False)  # of a parent or carer, for each student
    owner = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    cost_planned = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    cost_spent = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    rule = models.JSONField(default=list, blank=True)
    rule_filled_at = models.DateTimeField(null=True, blank=True)
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies")
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["academic_year", "starts_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="activity_end_after_start"
            ),
            models.UniqueConstraint(
                fields=["copied_from", "academic_year"],
                condition=models.Q(copied_from__isnull=False, withdrawn_at__isnull=True),
                name="copied_once_a_year",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by="")
                | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_by="")),
                name="activity_withdrawn_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def called(self) -> str:
        """Its title, with the school it happened at when that is another."""
        return f"{self.title}, at {self.elsewhere}" if self.elsewhere else self.title
