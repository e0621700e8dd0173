"""What is known of an employer as a host of placements, remembered from one year to the next."""

from django.db import models

from pathbook.framework.placements import Host as Stated
from pathbook.people.keys import new_key
from pathbook.records.models.provider import Provider


class Host(models.Model):
    """Of one provider. What is stated is the host's word, or a paper the school has seen: `stated_by` says whose."""

    provider = models.OneToOneField(Provider, on_delete=models.PROTECT, related_name="host")
    key = models.CharField(max_length=12, unique=True, default=new_key)
    contact = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    insurance = models.CharField(max_length=120, blank=True)  # insurer and number of the policy
    insured_until = models.DateField(null=True, blank=True)
    risk_assessed_on = models.DateField(null=True, blank=True)
    safeguarding = models.BooleanField(default=False)
    keeps_data = models.BooleanField(default=False)
    stated_by = models.CharField(max_length=200, blank=True)
    stated_at = models.DateTimeField(null=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"host {self.key}"

    @property
    def stated(self) -> Stated:
        return Stated(self.insured_until, self.risk_assessed_on, self.safeguarding, self.keeps_data)
