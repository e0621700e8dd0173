"""A mail to an owner about what they agreed to do, and whether the school's mail server took it."""

from django.db import models

from pathbook.people.models import Account, Institution


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Filters that read as adjectives."""

    def unsent(self) -> "ReminderQuerySet":
        """The last to each owner, where it could not be sent."""
        later = Reminder.objects.filter(account=models.OuterRef("account"), pk__gt=models.OuterRef("pk"))
        return self.filter(~models.Exists(later), is_sent=False)


class Reminder(models.Model):
    """One mail. It is kept that there was one and about how many actions; never what stood in it."""

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    how_many = models.PositiveIntegerField()
    is_sent = models.BooleanField()
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    objects = ReminderQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["institution", "is_sent"])]

    def __str__(self) -> str:
        return f"reminder {self.pk} to {self.account_id}"
