"""What was seen in books and lessons as facts a figure of use is counted from; and the way to who was trained."""

from datetime import date

from pathbook.framework.use.facts import LookFacts
from pathbook.people.models import Institution
from pathbook.uptake.models import Observation
from pathbook.uptake.ready import SEEN

DAYS_TRAINED = "trained__session__held_on"  # from a member of staff to the days they came to a session


def looks(school: Institution, *, since: date) -> tuple[LookFacts, ...]:
    """Every answer of every observation, one by one."""
    rows = Observation.objects.filter(round__institution=school, seen_on__gte=since).order_by("pk")
    return tuple(
        LookFacts(day, answer == SEEN, subject, year_group)
        for day, found, subject, year_group in rows.values_list("seen_on", "found", "subject", "year_group")
        if day
        for answer in found.values()
    )
