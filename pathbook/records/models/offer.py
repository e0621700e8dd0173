"""An offer of a place for after this school year: what the September Guarantee asks about."""

from typing import Self

from django.db import models

from pathbook.people.keys import new_key
from pathbook.people.models import Student


class OfferQuerySet(models.QuerySet["Offer"]):
    def standing(self) -> Self:
        return self.filter(status__in=(Offer.Status.OFFERED, Offer.Status.ACCEPTED))


class Offer(models.Model):
    """`on` is the day of the latest status. An application alone is no offer yet.

    `suitable`: whether somebody said that the offer suits the student; None while nobody did.
    """

    class Status(models.TextChoices):
        APPLIED = "applied", "Applied"
        OFFERED = "offered", "Offered"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined by the student"
        REFUSED = "refused", "Not offered"

    key = models.CharField(max_length=12, unique=True, default=new_key)
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="offers")
    provider = models.CharField(max_length=160)
    course = models.CharField(max_length=160, blank=True)
    status = models.CharField(max_length=8, choices=Status)
    on = models.DateField()
    suitable = models.BooleanField(null=True, blank=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    objects = OfferQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["student", "on"])]

    def __str__(self) -> str:
        return f"{self.status} {self.key}"
