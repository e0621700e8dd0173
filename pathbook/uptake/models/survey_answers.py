"""What was answered, and apart from it who has answered: nothing ties the two together (docs/decisions/0028).

An anonymous answer is never a row. It is added to counts that stood there before anybody answered; its words go into
rows of their own with a number drawn by lot. Every number here is drawn by lot, and is the rowid itself (BigAutoField on
SQLite): one that counts up would tell who came after whom. Nothing here has a time.
"""

import secrets

from django.db import models

from pathbook.people.models import Account, Student
from pathbook.uptake.models.survey import Survey


def by_lot() -> int:
    """A number that says nothing of when it was drawn; in 62 bits no two meet."""
    return secrets.randbits(62) + 1


class SurveyMark(models.Model):
    """That somebody has answered, and never what or when."""

    id = models.BigAutoField(primary_key=True, default=by_lot)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="marks")
    student = models.ForeignKey(Student, null=True, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "student"], name="one_answer_a_student"),
            models.UniqueConstraint(fields=["survey", "account"], name="one_answer_an_account"),
            models.CheckConstraint(
                condition=models.Q(student__isnull=False, account__isnull=True)
                | models.Q(student__isnull=True, account__isnull=False),
                name="survey_mark_is_of_one_person",
            ),
        ]

    def __str__(self) -> str:
        return f"mark {self.pk}"


class SurveyCode(models.Model):
    """A printed code that lets one person answer once. `label` is the sheet's: 10B, or the employer it was made for.

    Only a digest is kept. `student` is set for a survey under names; an anonymous one's codes are handed out like lots.
    """

    id = models.BigAutoField(primary_key=True, default=by_lot)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="codes")
    student = models.ForeignKey(Student, null=True, on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=80)
    year_group = models.PositiveSmallIntegerField(null=True)
    digest = models.CharField(max_length=64, unique=True)
    is_used = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"survey code {self.pk}"


class SurveyResponse(models.Model):
    """An answer under a name. `is_unsure`: whether they know their next step; None where it was not asked or said."""

    id = models.BigAutoField(primary_key=True, default=by_lot)
    key = models.CharField(max_length=12, unique=True)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="responses")
    student = models.ForeignKey(Student, null=True, on_delete=models.CASCADE, related_name="survey_responses")
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    code = models.OneToOneField(SurveyCode, null=True, on_delete=models.SET_NULL, related_name="+")
    said = models.JSONField()
    is_unsure = models.BooleanField(null=True)
    said_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["student", "said_on"])]

    def __str__(self) -> str:
        return f"response {self.key}"


class SurveyTally(models.Model):
    """How many of one part of those asked gave each answer. Made with every count at nought before the first answer.

    `part` and `value`: everyone, or one year group, one side of SEN or of pupil premium, one tutor group. One thing at a
    time, so that no two can be laid across each other. `counts`: question, option, number.
    """

    id = models.BigAutoField(primary_key=True, default=by_lot)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="tallies")
    part = models.CharField(max_length=12)
    value = models.CharField(max_length=40)
    answered = models.PositiveIntegerField(default=0)
    counts = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "part", "value"], name="one_tally_a_part")]

    def __str__(self) -> str:
        return f"tally of {self.part} {self.value}"


class SurveyComment(models.Model):
    """Words somebody wrote without a name, kept with nothing else of what they answered."""

    id = models.BigAutoField(primary_key=True, default=by_lot)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="comments")
    question = models.CharField(max_length=40)
    words = models.TextField()

    def __str__(self) -> str:
        return f"comment {self.pk}"
