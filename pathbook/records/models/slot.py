"""When an adviser can meet somebody: slots offered, days the school is closed, and calendars that follow them."""

from datetime import datetime, timedelta

from django.db import models

from pathbook.people.keys import new_key
from pathbook.people.models import Institution, Staff, Student


class GuidanceSlot(models.Model):
    """One time an adviser offers, whether or not it is booked. Slots of one timetable share a `series`."""

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=12, unique=True, default=new_key)
    adviser = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="slots", db_index=False)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=80, blank=True)
    online = models.BooleanField(default=False)
    series = models.CharField(max_length=12, blank=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["institution", "starts_at"])]
        constraints = [
            models.UniqueConstraint(fields=["adviser", "starts_at"], name="one_slot_at_a_time"),
            models.CheckConstraint(condition=models.Q(minutes__gt=0), name="slot_has_a_length"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class Closure(models.Model):
    """Days on which nobody is met: a holiday, a training day, exams in the hall.

    `holiday`: which one it is of the term dates (framework.terms), which are the days between them.
    """

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    why = models.CharField(max_length=80)
    holiday = models.CharField(max_length=12, blank=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="closure_end_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.why


def _feed_key() -> str:
    return new_key() + new_key()


class CalendarFeed(models.Model):
    """An address a calendar reads without signing in, so it says no name and nothing about anybody. Ended, it is gone.

    Of an adviser's meetings or a student's; of neither, it is of the school's programme.
    """

    key = models.CharField(max_length=24, unique=True, default=_feed_key)
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")
    adviser = models.ForeignKey(Staff, null=True, on_delete=models.CASCADE, related_name="feeds")
    student = models.ForeignKey(Student, null=True, on_delete=models.CASCADE, related_name="feeds")
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(adviser__isnull=True) | models.Q(student__isnull=True), name="feed_of_one_at_most"
            )
        ]

    def __str__(self) -> str:
        return f"feed {self.pk}"
