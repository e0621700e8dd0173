"""A proposal of who gets which scarce place, until a person confirms it: nothing in it is booked."""

from datetime import datetime

from django.db import models

from pathbook.people.keys import new_key
from pathbook.people.models import Institution, Student


class Proposal(models.Model):
    """`slots` and `activities` are the keys places are asked for; `pins` and `outs` pairs of student and offer key.

    `stale`: something was decided since the answers were worked out.
    `run` counts how often it was worked out: what a sum begun earlier finds is not wanted any more. `improving_since`:
    the better answer is being looked for. `more`: what one more day of guidance would change.
    """

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=12, unique=True, default=new_key)
    guidance = models.BooleanField(default=False)
    slots = models.JSONField(default=list)
    activities = models.JSONField(default=list)
    pins = models.JSONField(default=list)
    outs = models.JSONField(default=list)
    stale = models.BooleanField(default=False)
    run = models.PositiveIntegerField(default=1)
    improving_since = models.DateTimeField(null=True, blank=True)
    more = models.JSONField(default=dict)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=200, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=200, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["institution", "recorded_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True, confirmed_by="")
                | (models.Q(confirmed_at__isnull=False) & ~models.Q(confirmed_by="")),
                name="proposal_confirmed_by_and_at",
            ),
            models.CheckConstraint(
                condition=models.Q(undone_at__isnull=True, undone_by="")
                | (models.Q(undone_at__isnull=False, confirmed_at__isnull=False) & ~models.Q(undone_by="")),
                name="proposal_undone_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_open(self) -> bool:
        return self.confirmed_at is None

    @property
    def undoable_at(self) -> datetime | None:
        return self.confirmed_at if self.undone_at is None else None


class ProposedAnswer(models.Model):
    """One answer: the one at once, or the better one. `offers` and `groups` are told as they were; see answers.py.

    `accepted`: the one a person confirmed.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="answers")
    better = models.BooleanField(default=False)
    objective = models.FloatField()
    bound = models.FloatField()
    finished = models.BooleanField(default=True)
    offers = models.JSONField(default=list)
    groups = models.JSONField(default=list)
    accepted = models.BooleanField(default=False)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "better"], name="two_answers_a_proposal")]

    def __str__(self) -> str:
        return f"{'better' if self.better else 'first'} answer of {self.proposal_id}"

    @property
    def gap(self) -> float:
        """How far below the bound, as a part of it."""
        return (self.bound - self.objective) / self.bound if self.bound else 0.0


class ProposedPlace(models.Model):
    """A place for a student, or with no `offer` a need that waits, `needs` being what would change it.

    `placed`: who waits has another place. `refused`: why it could not be had when it was confirmed.
    """

    answer = models.ForeignKey(ProposedAnswer, on_delete=models.CASCADE, related_name="places")
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="+")
    offer = models.CharField(max_length=12, blank=True)
    value = models.FloatField()
    need = models.CharField(max_length=32, blank=True)
    why = models.CharField(max_length=600)
    needs = models.CharField(max_length=600, blank=True)
    pinned = models.BooleanField(default=False)
    placed = models.BooleanField(default=True)
    refused = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "student", "offer"], condition=~models.Q(offer=""), name="nobody_twice_in_one_offer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.student_id} in {self.offer or 'nothing'}"
