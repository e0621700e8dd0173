"""Looking at books and lessons: a round, each thing looked at in it, a photograph of one, and what follows."""

from collections.abc import Sequence
from datetime import date
from typing import Self

from django.db import models

from pathbook.people.keys import new_key
from pathbook.people.models import Institution, Staff, Student
from pathbook.uptake.ready import KINDS, ONE, Look


class MonitoringRound(models.Model):
    """What is looked for is kept as it was then. `draws`: how often the sample was drawn; `seed` is the last one's."""

    key = models.CharField(max_length=12, unique=True, default=new_key)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=14, choices=list(KINDS.items()))
    looks_for = models.JSONField()
    subjects = models.JSONField(default=list)
    how_many = models.PositiveSmallIntegerField()
    seed = models.PositiveIntegerField()
    draws = models.PositiveSmallIntegerField(default=1)
    drawn_on = models.DateField()
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["institution", "drawn_on"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def looks(self) -> tuple[Look, ...]:
        return tuple(Look(**row) for row in self.looks_for)

    @property
    def one(self) -> str:
        return ONE[self.kind]


class ObservationQuerySet(models.QuerySet["Observation"]):
    """Filters that read as adjectives."""

    def seen(self) -> Self:
        return self.filter(seen_on__isnull=False)

    def waiting(self) -> Self:
        return self.filter(seen_on__isnull=True)


class Observation(models.Model):
    """One thing to look at, about the programme and never a mark on the child. `found`: look -> seen, partly, not seen."""

    key = models.CharField(max_length=12, unique=True, default=new_key)
    round = models.ForeignKey(MonitoringRound, on_delete=models.CASCADE, related_name="observations")
    number = models.PositiveSmallIntegerField()
    student = models.ForeignKey(Student, null=True, blank=True, on_delete=models.CASCADE, related_name="observations")
    year_group = models.PositiveSmallIntegerField()
    form = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    found = models.JSONField(default=dict)
    words = models.CharField(max_length=300, blank=True)
    seen_on = models.DateField(null=True, blank=True)
    seen_by = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="one_observation_a_number")]

    def __str__(self) -> str:
        return f"observation {self.key}"

    @property
    def where(self) -> str:
        """Without a name: what anybody may be told of it."""
        return ", ".join(filter(None, (f"Year {self.year_group}", self.form, self.subject)))


class ObservationPhoto(models.Model):
    """A photograph as it was saved anew, without where and when it was taken; it goes with its observation."""

    key = models.CharField(max_length=12, unique=True, default=new_key)
    observation = models.OneToOneField(Observation, on_delete=models.CASCADE, related_name="photo")
    image = models.BinaryField()
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"photograph {self.key}"


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def open(self) -> Self:
        return self.filter(done_on__isnull=True)

    def of_school(self, institution: Institution) -> Self:
        return self.filter(round__institution=institution)


class FollowUp(models.Model):
    """What is to be done about a finding, by whom and by when. `owner_name` stays when the member of staff has gone."""

    key = models.CharField(max_length=12, unique=True, default=new_key)
    round = models.ForeignKey(MonitoringRound, on_delete=models.CASCADE, related_name="follow_ups")
    what = models.CharField(max_length=200)
    criterion = models.CharField(max_length=20, blank=True)
    owner = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="follow_ups")
    owner_name = models.CharField(max_length=200)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_by = models.CharField(max_length=200, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    is_unsent = models.BooleanField(default=False)  # the last reminder's mail was not taken
    token = models.CharField(max_length=32, unique=True)  # a form sent twice writes it once
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    objects = FollowUpQuerySet.as_manager()

    def __str__(self) -> str:
        return f"follow-up {self.key}"

    def is_late(self, on: date) -> bool:
        return self.done_on is None and self.due_on < on


def as_rows(looks: Sequence[Look]) -> list[dict[str, str]]:
    """As a round keeps what it looks for."""
    return [{"code": one.code, "criterion": one.criterion, "words": one.words} for one in looks]
