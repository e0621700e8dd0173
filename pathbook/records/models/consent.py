"""What home said of one student going on one visit or placement."""

from django.db import models

from pathbook.people.keys import new_key
from pathbook.people.models import Guardian, Student
from pathbook.records.models.activity import Activity


class Consent(models.Model):
    """Each row is one saying, and the latest stands: who said yes and then no is known to have said both.

    `guardian` where it is one we know; `said_by` is the name as it was given, and may be empty on a slip of paper.
    """

    class Answer(models.TextChoices):
        ASKED = "asked", "Not answered"
        GIVEN = "given", "Yes"
        REFUSED = "refused", "No"

    class How(models.TextChoices):
        PAPER = "paper", "On paper"
        PHONE = "phone", "By phone"
        EMAIL = "email", "By e-mail"
        PAGE = "page", "By the parent, in Pathbook"

    key = models.CharField(max_length=12, unique=True, default=new_key)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="consents")
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="consents")
    answer = models.CharField(max_length=7, choices=Answer)
    guardian = models.ForeignKey(Guardian, null=True, blank=True, on_delete=models.SET_NULL, related_name="consents")
    said_by = models.CharField(max_length=200, blank=True)
    how = models.CharField(max_length=5, choices=How, blank=True)
    said_on = models.DateField()
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["activity", "student"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer="asked", how="") | (~models.Q(answer="asked") & ~models.Q(how="")),
                name="consent_answered_has_how",
            )
        ]

    def __str__(self) -> str:
        return f"consent {self.key}"
