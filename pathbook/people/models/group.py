"""Tutor groups, which belong to one academic year, and other groups (classes, clubs, cohorts) with dates."""

from datetime import date
from typing import Self

from django.db import models

from pathbook.people.models.institution import Institution
from pathbook.people.models.student import Student


class TutorGroup(models.Model):
    """A form in one academic year: 10B of 2025/26 is not 10B of 2026/27."""

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    academic_year = models.PositiveSmallIntegerField()
    year_group = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "academic_year", "name"], name="one_tutor_group_a_year")
        ]

    def __str__(self) -> str:
        return self.name


def running_on(day: date) -> models.Q:
    """Begun by that day, and not over: what a group and a place in it mean by being there."""
    return models.Q(models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=day), starts_on__lte=day)


class GroupQuerySet(models.QuerySet["Group"]):
    def running(self, day: date) -> Self:
        return self.filter(running_on(day))


class Group(models.Model):
    """A class or a group somebody made, with dates. `subject` is set for a class."""

    class Kind(models.TextChoices):
        CLASS = "class", "Class"
        CUSTOM = "custom", "Group"

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=80)
    subject = models.CharField(max_length=80, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="group_end_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def running(self, day: date) -> Self:
        return self.filter(running_on(day))


class Membership(models.Model):
    """A student in a group between dates."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="memberships")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="membership_end_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.student_id} in {self.group_id}"
