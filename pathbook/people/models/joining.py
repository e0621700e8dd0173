"""A printed code that lets one person in once: a student into their own door, a parent to their child, or an invited one."""

from django.db import models

from pathbook.people.models.account import Account
from pathbook.people.models.institution import Institution
from pathbook.people.models.student import Student


class JoiningCode(models.Model):
    """Only a digest is kept. Exactly one of `student` and `account` says whose it is; `family`: it is for the student's
    parent or carer.
    """

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")
    student = models.ForeignKey(Student, null=True, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="+")
    family = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, unique=True)
    expires_on = models.DateField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(student__isnull=False, account__isnull=True)
                | models.Q(student__isnull=True, account__isnull=False),
                name="joining_code_is_of_one_person",
            ),
            models.CheckConstraint(
                condition=models.Q(family=False) | models.Q(student__isnull=False), name="family_code_has_its_child"
            ),
        ]

    def __str__(self) -> str:
        return f"joining code {self.pk}"
