"""How long a school keeps a student's record, and an adviser's working notes about them."""

from django.db import models

from pathbook.people.models.institution import Institution


class Retention(models.Model):
    """Whole years: `after_leaving` from the day a student left, `notes_after_13` from the end of their Year 13.

    No row: as we suggest. Destinations are asked about for three years after a student leaves.
    """

    AFTER_LEAVING, NOTES_AFTER_13 = 3, 1

    institution = models.OneToOneField(Institution, on_delete=models.CASCADE, related_name="+")
    after_leaving = models.PositiveSmallIntegerField(default=AFTER_LEAVING)
    notes_after_13 = models.PositiveSmallIntegerField(default=NOTES_AFTER_13)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(after_leaving__gte=1, after_leaving__lte=25, notes_after_13__lte=25),
                name="retention_in_reason",
            )
        ]

    def __str__(self) -> str:
        return f"retention of {self.institution_id}"
