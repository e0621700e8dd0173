"""A school, college or training provider that keeps its records here."""

from django.db import models


class Institution(models.Model):
    """`urn` is the Department for Education's unique reference number; `kind` decides which criteria apply."""

    class Kind(models.TextChoices):
        SCHOOL = "school", "School"
        SPECIAL = "special", "Special school"
        COLLEGE = "college", "College"
        TRAINING = "training_provider", "Training provider"
        ALTERNATIVE = "alternative_provision", "Alternative provision"

    urn = models.PositiveIntegerField(unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=24, choices=Kind, default=Kind.SCHOOL)
    la_code = models.CharField(max_length=4, blank=True)
    region = models.CharField(max_length=60, blank=True)
    safeguarding_contact = models.CharField(max_length=200, blank=True)  # whom to tell, said where people write
    staff_second_step = models.BooleanField(default=True)  # an authenticator app or passkey, unless signed on elsewhere

    def __str__(self) -> str:
        return self.name
