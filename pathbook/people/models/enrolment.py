"""A student in one academic year: year group, tutor group and circumstances. History is one row a year."""

from datetime import date
from typing import Self

from django.db import models

from pathbook.framework.years import AcademicYear
from pathbook.people.models.group import TutorGroup
from pathbook.people.models.institution import Institution
from pathbook.people.models.student import Student


class Registration(models.TextChoices):
    MAIN = "main", "Main"
    SUBSIDIARY = "subsidiary", "Subsidiary (dual registration)"


class Sen(models.TextChoices):
    """Special educational needs provision, as the school census codes it."""

    NONE = "N", "No SEN"
    SUPPORT = "K", "SEN support"
    EHCP = "E", "EHC plan"


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Filters that read as adjectives."""

    def main(self) -> Self:
        return self.filter(registration=Registration.MAIN)

    def in_year(self, academic_year: int) -> Self:
        return self.filter(academic_year=academic_year)

    def current(self, on: date) -> Self:
        """Those in force on a day, in the academic year that holds it."""
        running = models.Q(end_date__isnull=True) | models.Q(end_date__gte=on)
        return self.filter(running, academic_year=AcademicYear.of(on).start, start_date__lte=on)


class Enrolment(models.Model):
    """Only the main enrolment counts in a denominator; a subsidiary one lets this school record activities."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="enrolments")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+", db_index=False)
    academic_year = models.PositiveSmallIntegerField()
    registration = models.CharField(max_length=10, choices=Registration, default=Registration.MAIN)
    year_group = models.PositiveSmallIntegerField()
    tutor_group = models.ForeignKey(TutorGroup, null=True, on_delete=models.PROTECT, related_name="enrolments")
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)
    sen = models.CharField(max_length=1, choices=Sen, default=Sen.NONE)
    fsm = models.BooleanField(default=False)
    pupil_premium = models.BooleanField(default=False)
    looked_after = models.BooleanField(default=False)
    eal = models.BooleanField(default=False)
    young_carer = models.BooleanField(default=False)
    ethnicity = models.CharField(max_length=10, blank=True)
    first_language = models.CharField(max_length=10, blank=True)
    absence = models.FloatField(null=True)  # percent of sessions missed this year so far; null: no list has said

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["academic_year", "year_group", "student"]),
            models.Index(fields=["tutor_group"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end_date__isnull=True) | models.Q(end_date__gte=models.F("start_date")),
                name="enrolment_end_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(absence__isnull=True) | models.Q(absence__gte=0, absence__lte=100),
                name="absence_is_a_percent",
            ),
            models.UniqueConstraint(
                fields=["student", "academic_year", "registration"],
                condition=models.Q(end_date__isnull=True),
                name="one_running_enrolment_a_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student_id} in {self.academic_year}"
