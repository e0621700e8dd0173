"""The one place that reads the clock. Only pages and commands ask it; everything below is told the day.

A demo school ends on a chosen day, so its data folder may name the day that is "today" (see config.home).
"""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """The school's day: Europe/London, or the day the demo school ends on."""
    fixed: date | None = settings.PATHBOOK_TODAY
    return fixed or timezone.localdate()


def now() -> datetime:
    """The moment, aware. On a demo school's fixed day the time of day is the real one."""
    moment = timezone.now()
    return datetime.combine(today(), timezone.localtime(moment).timetz()) if settings.PATHBOOK_TODAY else moment
