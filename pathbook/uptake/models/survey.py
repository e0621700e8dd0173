"""A survey: what is asked, of whom, between which days, and whether under a name."""

from datetime import date
from typing import Self

from django.db import models

from pathbook.people.keys import new_key
from pathbook.people.models import Group, Institution, TutorGroup
from pathbook.records.models import Activity
from pathbook.uptake.bank import AUDIENCES, Question, checked

DRAFT, PLANNED, OPEN, CLOSED = "draft", "planned", "open", "closed"


class SurveyQuerySet(models.QuerySet["Survey"]):
    """Filters that read as adjectives."""

    def open_on(self, day: date) -> Self:
        return self.filter(is_released=True, opens_on__lte=day, closes_on__gte=day)

    def closed_by(self, day: date) -> Self:
        return self.filter(is_released=True, closes_on__lt=day)


class Survey(models.Model):
    """`questions` are kept as they were asked, so that a new bank changes no old survey.

    Nobody in particular named (year_group, tutor_group, group): everyone of the audience. It may be changed until the
    first answer; after that a new version follows it.
    """

    key = models.CharField(max_length=12, unique=True, default=new_key)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    template = models.CharField(max_length=40)
    title = models.CharField(max_length=80)
    audience = models.CharField(max_length=10, choices=list(AUDIENCES.items()))
    is_named = models.BooleanField()
    questions = models.JSONField()
    year_group = models.PositiveSmallIntegerField(null=True, blank=True)
    tutor_group = models.ForeignKey(TutorGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    activity = models.ForeignKey(Activity, null=True, blank=True, on_delete=models.SET_NULL, related_name="surveys")
    opens_on = models.DateField()
    closes_on = models.DateField()
    is_released = models.BooleanField(default=False)
    reminded_on = models.DateField(null=True, blank=True)
    invited = models.PositiveIntegerField(default=0)  # how many were asked when it was released
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    objects = SurveyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["institution", "closes_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="survey_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=models.Q(year_group=None, tutor_group=None)
                | models.Q(year_group=None, group=None)
                | models.Q(tutor_group=None, group=None),
                name="survey_is_of_one_group",
            ),
        ]

    def __str__(self) -> str:
        return f"survey {self.key}"

    @property
    def asks(self) -> tuple[Question, ...]:
        return tuple(checked(row) for row in self.questions)

    def state(self, on: date) -> str:
        if not self.is_released:
            return DRAFT
        return PLANNED if on < self.opens_on else OPEN if on <= self.closes_on else CLOSED

    @property
    def whom(self) -> str:
        """Whom it is for; read with `tutor_group` and `group`."""
        if self.group:
            return self.group.name
        if self.tutor_group:
            return self.tutor_group.name
        return f"Year {self.year_group}" if self.year_group else "Everyone"
