"""What a plan of the year is made with: exams in the way, money to spend, shapes to begin from."""

from django.db import models

from pathbook.people.keys import new_key
from pathbook.people.models import Institution


class ExamDays(models.Model):
    """Days on which some year groups sit exams: the school is open, and they are not free."""

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    year_groups = models.JSONField(default=list)
    why = models.CharField(max_length=80)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="exams_end_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.why


class YearBudget(models.Model):
    """What may be spent on the programme of one academic year, in pounds."""

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")
    academic_year = models.PositiveSmallIntegerField()
    pounds = models.DecimalField(max_digits=9, decimal_places=2)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "academic_year"], name="one_budget_a_year")]

    def __str__(self) -> str:
        return f"{self.academic_year}: {self.pounds}"


class ActivityTemplate(models.Model):
    """The shape of an activity a school does again and again; `shape` says what its form begins with."""

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=12, unique=True, default=new_key)
    title = models.CharField(max_length=160)
    shape = models.JSONField(default=dict)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "title"], name="one_template_of_a_title")]

    def __str__(self) -> str:
        return self.title
