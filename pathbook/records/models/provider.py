"""An employer, college, university or training provider that meets our students."""

from django.db import models

from pathbook.people.models import Institution


class Provider(models.Model):
    """`kind` of the last four is also the provider type Benchmark 7 asks for."""

    class Kind(models.TextChoices):
        EMPLOYER = "employer", "Employer"
        SIXTH_FORM = "sixth_form", "Sixth form"
        FE_COLLEGE = "fe_college", "FE college"
        UNIVERSITY = "university", "University"
        TRAINING = "training_provider", "Training provider"
        OTHER = "other", "Other"

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.EMPLOYER)
    sector = models.CharField(max_length=80, blank=True)
    size = models.CharField(max_length=20, blank=True)  # micro, small, medium, large; blank: not said

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "name"], name="one_provider_a_name")]

    def __str__(self) -> str:
        return self.name
