"""A student: who they are, under every name and number they have had. What year they are in is an Enrolment."""

from django.db import models

from pathbook.people.keys import new_key
from pathbook.people.models.institution import Institution


class Student(models.Model):
    """Legal names are filed, preferred names are shown. `upn` is a claim, not a key: it may be absent or shared."""

    class Sex(models.TextChoices):
        FEMALE = "F", "Female"
        MALE = "M", "Male"
        UNKNOWN = "U", "Not known"

    key = models.CharField(max_length=12, unique=True, default=new_key)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+", db_index=False)
    mis_id = models.CharField(max_length=60, blank=True)
    upn = models.CharField(max_length=13, blank=True)
    uln = models.CharField(max_length=10, blank=True)
    legal_surname = models.CharField(max_length=120)
    legal_forename = models.CharField(max_length=120, blank=True)
    preferred_surname = models.CharField(max_length=120, blank=True)
    preferred_forename = models.CharField(max_length=120, blank=True)
    middle_names = models.CharField(max_length=120, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=1, choices=Sex, blank=True)

    class Meta:
        indexes = [models.Index(fields=["upn"])]  # each index is written 1,105 times by a roll: only what is looked up
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "mis_id"],
                condition=~models.Q(mis_id=""),
                name="one_student_per_own_id",
            )
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def name(self) -> str:
        """As the student is called: preferred names where they have them."""
        return f"{self.forename} {self.surname}".strip()

    @property
    def forename(self) -> str:
        return self.preferred_forename or self.legal_forename

    @property
    def surname(self) -> str:
        return self.preferred_surname or self.legal_surname


class FormerUpn(models.Model):
    """A UPN the student had before; a temporary one replaced by the permanent one, for instance."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="former_upns")
    upn = models.CharField(max_length=13, db_index=True)
    replaced_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["student", "upn"], name="one_former_upn_once")]

    def __str__(self) -> str:
        return self.upn


class FormerName(models.Model):
    """A name no longer used. Kept for matching and for the file; never shown on a page by itself."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="former_names")
    surname = models.CharField(max_length=120)
    forename = models.CharField(max_length=120, blank=True)
    replaced_on = models.DateField()

    def __str__(self) -> str:
        return f"former name of {self.student_id}"


class SubjectStudied(models.Model):
    """A subject a student studies in one academic year (Benchmark 4 asks for a careers link in each)."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="subjects")
    academic_year = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["student", "academic_year", "subject"], name="one_subject_once_a_year")
        ]
        indexes = [models.Index(fields=["academic_year", "subject"])]

    def __str__(self) -> str:
        return f"{self.subject} {self.academic_year}"
