"""What a school says of the codes of next steps: another label, another group, what its authority is sent, one of its own."""

from django.db import models

from pathbook.people.models import Institution


class NextStepCode(models.Model):
    """One code as this school has it. Without a row a code is as it was shipped (framework.destinations)."""

    class Table(models.TextChoices):
        ACTIVITY = "activity", "Where somebody is, or means to go"
        GUARANTEE = "guarantee", "September Guarantee"

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")
    table = models.CharField(max_length=9, choices=Table)
    code = models.CharField(max_length=20)
    label = models.CharField(max_length=120)
    group = models.CharField(max_length=40, blank=True)
    sent_as = models.CharField(max_length=20, blank=True)
    used = models.BooleanField(default=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "table", "code"], name="one_next_step_code_a_school")
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.code}"
