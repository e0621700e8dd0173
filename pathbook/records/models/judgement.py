"""What a person says of a criterion for an academic year, and the evidence it rests on."""

from datetime import date
from typing import Self, TypeVar

from django.db import models

from pathbook.framework.years import AcademicYear
from pathbook.people.keys import new_key
from pathbook.people.models import Institution
from pathbook.records.models.activity import Activity

KeptT_co = TypeVar("KeptT_co", bound="Judgement", covariant=True)


class JudgementQuerySet(models.QuerySet[KeptT_co]):
    """Filters that read as adjectives."""

    def of(self, school: Institution, *, set_id: str, year: AcademicYear) -> Self:
        return self.filter(institution=school, set_id=set_id, academic_year=year.start)

    def standing(self) -> Self:
        """Not taken back."""
        return self.filter(taken_back_at__isnull=True)


class Judgement(models.Model):
    """Of one criterion of one set in one academic year, by a person. Nothing said is written over: it is taken back."""

    key = models.CharField(max_length=12, unique=True, default=new_key)
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")
    set_id = models.CharField(max_length=4)
    criterion = models.CharField(max_length=12)
    academic_year = models.PositiveSmallIntegerField()
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    taken_back_by = models.CharField(max_length=200, blank=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class StatementQuerySet(JudgementQuerySet["Statement"]):
    """Statements."""


class EvidenceQuerySet(JudgementQuerySet["Evidence"]):
    """Pieces of evidence."""


class Statement(Judgement):
    """The criterion is met fully, partly or not; of a counted one, the answer typed into the self-evaluation tool."""

    answer = models.CharField(max_length=12)  # met, in_progress, not_met; of a counted criterion a band's code
    words = models.CharField(max_length=300)
    said_on = models.DateField()

    objects = StatementQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["institution", "set_id", "academic_year"], name="statement_of_a_year")]

    def __str__(self) -> str:
        return f"statement {self.key}"


class Evidence(Judgement):
    """What a statement rests on, until a day. It holds for the criterion, whoever states it next."""

    class Kind(models.TextChoices):
        LINK = "link", "A page on the web"
        FILE = "file", "A file"
        ACTIVITY = "activity", "An activity"
        SURVEY = "survey", "A question of a survey"
        TRAINING = "training", "A training session"
        OBSERVATION = "observation", "Something seen"

    kind = models.CharField(max_length=12, choices=Kind)
    words = models.CharField(max_length=200)
    link = models.CharField(max_length=500, blank=True)
    activity = models.ForeignKey(Activity, on_delete=models.SET_NULL, null=True, related_name="+")
    survey = models.CharField(max_length=12, blank=True)  # its key: surveys lie a room above
    added_on = models.DateField()
    expires_on = models.DateField()

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["institution", "set_id", "academic_year"], name="evidence_of_a_year")]

    def __str__(self) -> str:
        return f"evidence {self.key}"

    def holds(self, day: date) -> bool:
        return self.added_on <= day <= self.expires_on


class EvidenceFile(models.Model):
    """A file, kept in the database so that one backup holds both it and what it proves, and no name is ever a path."""

    evidence = models.OneToOneField(Evidence, on_delete=models.CASCADE, related_name="file")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=100)
    content = models.BinaryField()
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"file of evidence {self.evidence_id}"
