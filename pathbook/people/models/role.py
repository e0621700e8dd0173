"""A role held over a place between dates; it holds for everyone beneath that place."""

from datetime import date
from typing import Self

from django.db import models

from pathbook.people.models.account import Account
from pathbook.people.models.group import Group, TutorGroup
from pathbook.people.models.institution import Institution
from pathbook.people.models.student import Student


class Role(models.TextChoices):
    """Everyone in product.md who comes through a door of their own."""

    CAREERS_LEADER = "careers_leader", "Careers leader"
    ADVISER = "adviser", "Careers adviser"
    FORM_TUTOR = "form_tutor", "Form tutor"
    SUBJECT_TEACHER = "subject_teacher", "Subject teacher"
    HEAD_OF_YEAR = "head_of_year", "Head of year"
    SENDCO = "sendco", "SENDCo"
    SENIOR_LEADER = "senior_leader", "Senior leader"
    GOVERNOR = "governor", "Link governor"
    DATA_MANAGER = "data_manager", "Data manager"
    IT_ADMIN = "it_admin", "IT administrator"
    DPO = "dpo", "Data protection officer"
    STUDENT = "student", "Student"
    PARENT = "parent", "Parent or carer"
    TRUST_LEAD = "trust_lead", "Trust or hub lead"


class Place(models.TextChoices):
    """What a role is held over."""

    INSTITUTION = "institution", "The whole school"
    YEAR_GROUP = "year_group", "A year group"
    TUTOR_GROUP = "tutor_group", "A tutor group"
    GROUP = "group", "A class or group"
    STUDENT = "student", "One student"  # an own child, oneself, or one of a caseload


class RoleHeldQuerySet(models.QuerySet["RoleHeld"]):
    def held_on(self, day: date) -> Self:
        running = models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=day)
        return self.filter(running, starts_on__lte=day)


class RoleHeld(models.Model):
    """Exactly the one place its kind names is filled in."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20, choices=Role)
    place = models.CharField(max_length=12, choices=Place)
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")
    year_group = models.PositiveSmallIntegerField(null=True, blank=True)
    tutor_group = models.ForeignKey(TutorGroup, null=True, blank=True, on_delete=models.CASCADE, related_name="roles")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.CASCADE, related_name="roles")
    student = models.ForeignKey(Student, null=True, blank=True, on_delete=models.CASCADE, related_name="roles")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = RoleHeldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="role_end_after_start",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(place=Place.INSTITUTION)
                    | models.Q(place=Place.YEAR_GROUP, year_group__isnull=False)
                    | models.Q(place=Place.TUTOR_GROUP, tutor_group__isnull=False)
                    | models.Q(place=Place.GROUP, group__isnull=False)
                    | models.Q(place=Place.STUDENT, student__isnull=False)
                ),
                name="role_has_its_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.account_id}"
