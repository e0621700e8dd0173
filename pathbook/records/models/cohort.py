"""Whom a special school or college has chosen for the benchmarks, and a school's own rule of when a criterion is met."""

from datetime import date
from typing import Self

from django.db import models

from pathbook.people.keys import new_key
from pathbook.people.models import Institution, Student


class SetByLeader(models.Model):
    """Set on a day by somebody, with why. Nothing is written over: the last that was not taken back stands."""

    key = models.CharField(max_length=12, unique=True, default=new_key)
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")
    set_id = models.CharField(max_length=4, blank=True)
    why = models.CharField(max_length=300)
    set_on = models.DateField()
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    taken_back_by = models.CharField(max_length=200, blank=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class CohortQuerySet(models.QuerySet["Cohort"]):
    """Filters that read as adjectives."""

    def standing(self, school: Institution) -> Self:
        """Not taken back; the last of each criterion is the one in force."""
        return self.filter(institution=school, taken_back_at__isnull=True).order_by("pk")

    def by(self, day: date) -> Self:
        return self.filter(set_on__lte=day)


class Cohort(SetByLeader):
    """`criterion` of `set_id`; both empty: chosen for every criterion of both sets that has no choice of its own.

    `everyone`: the choice ends, and all on the roll are counted again. `on_roll`: how many there were that day.
    """

    criterion = models.CharField(max_length=12, blank=True)
    everyone = models.BooleanField(default=False)
    on_roll = models.PositiveIntegerField()

    objects = CohortQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(set_id="", criterion="") | ~models.Q(set_id="") & ~models.Q(criterion=""),
                name="cohort_of_all_or_of_one_criterion",
            )
        ]

    def __str__(self) -> str:
        return f"cohort {self.key}"


class CohortStudent(models.Model):
    """A student who was chosen."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="chosen")
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="+")
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "student"], name="chosen_once")]

    def __str__(self) -> str:
        return f"student {self.student_id} in cohort {self.cohort_id}"


class OwnRuleQuerySet(models.QuerySet["OwnRule"]):
    """Filters that read as adjectives."""

    def of(self, school: Institution, *, set_id: str, version: str) -> Self:
        return self.filter(institution=school, set_id=set_id, version=version)

    def standing(self) -> Self:
        return self.filter(taken_back_at__isnull=True).order_by("pk")


class OwnRule(SetByLeader):
    """Of one version of a set. `met_at`: criterion -> whole percent; `bands`: [code, label, lowest percent] or none.

    Both empty: the framework's rule again.
    """

    version = models.CharField(max_length=40)
    met_at = models.JSONField(default=dict)
    bands = models.JSONField(default=list)

    objects = OwnRuleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"own rule {self.key}"
