"""The two-minute check of a term: a tutor names the pathway of three of their tutees."""

from django.db import models

from pathbook.people.models import Account, Institution, Student


class TutorCheck(models.Model):
    """Answered once a term. How it went is the tutor's own; anybody else sees totals of all tutors."""

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    academic_year = models.PositiveSmallIntegerField()
    term = models.CharField(max_length=6)  # autumn, spring, summer
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "academic_year", "term"], name="one_check_a_tutor_and_term")
        ]

    def __str__(self) -> str:
        return f"check of {self.account_id}, {self.academic_year} {self.term}"


class CheckAnswer(models.Model):
    """What was said of one tutee, and what their record said then; both a pathway, or empty for "not said"."""

    check_of = models.ForeignKey(TutorCheck, on_delete=models.CASCADE, related_name="answers")
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="+")
    said = models.CharField(max_length=20, blank=True)
    stood = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["check_of", "student"], name="one_answer_a_tutee")]

    def __str__(self) -> str:
        return f"answer {self.pk} of check {self.check_of_id}"

    @property
    def is_right(self) -> bool:
        return self.said == self.stood
