"""What a student hopes for, intends, and went on to; and what an earlier school sent about them."""

from django.db import models

from pathbook.people.models import Student
from pathbook.records.models.guidance import GuidanceMeeting

PATHWAYS = {
    "sixth_form": "Sixth form",
    "fe_college": "College course",
    "t_level": "T Level",
    "apprenticeship": "Apprenticeship",
    "university": "University",
    "employment": "Work with training",
    "undecided": "Not decided yet",
}


class Aspiration(models.Model):
    """What a student says they want; history kept, the latest is the current one. `certainty` 1 to 5."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="aspirations")
    meeting = models.ForeignKey(
        GuidanceMeeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="aspirations"
    )
    said_on = models.DateField()
    words = models.CharField(max_length=300, blank=True)
    pathway = models.CharField(max_length=20, choices=list(PATHWAYS.items()), blank=True)
    occupation = models.CharField(max_length=120, blank=True)
    soc2020 = models.CharField(max_length=4, blank=True)
    sector = models.CharField(max_length=80, blank=True)
    elsewhere = models.CharField(max_length=200, blank=True)  # the school whose record brought it, when not this one
    certainty = models.PositiveSmallIntegerField(null=True, blank=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["student", "said_on"])]

    def __str__(self) -> str:
        return f"aspiration of {self.student_id}"


class Intention(models.Model):
    """What the student means to do next; `code` comes from a table the school may edit."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="intentions")
    recorded_on = models.DateField()
    code = models.CharField(max_length=20)
    elsewhere = models.CharField(max_length=200, blank=True)  # the school whose record brought it, when not this one
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["student", "recorded_on"])]

    def __str__(self) -> str:
        return f"intention of {self.student_id}"


class Destination(models.Model):
    """Where a leaver was on a day, by whose word; `place` names it, `checked_on` is when somebody found out."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="destinations")
    as_of = models.DateField()
    code = models.CharField(max_length=20)
    source = models.CharField(max_length=80, blank=True)
    place = models.CharField(max_length=160, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["student", "as_of"])]

    def __str__(self) -> str:
        return f"destination of {self.student_id}"


class PriorRecord(models.Model):
    """What the last school sent, or that we asked and none is held.

    `source` is the school that sent it; `checked`: its signature was held against a key this school trusts.
    """

    class Outcome(models.TextChoices):
        RECEIVED = "received", "Received"
        NONE_HELD = "none_held", "Asked, none held"

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="prior_records")
    outcome = models.CharField(max_length=10, choices=Outcome)
    received_on = models.DateField()
    source = models.CharField(max_length=200, blank=True)
    checked = models.BooleanField(default=False)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["student", "received_on"])]

    def __str__(self) -> str:
        return f"{self.outcome} {self.student_id}"
