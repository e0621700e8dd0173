"""The bridge of the programme: each activity as the frozen facts a criterion counts, the same for every student."""

from datetime import date

from pathbook.framework import kinds
from pathbook.framework.facts import ActivityFacts
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution
from pathbook.records.models import Activity

YEARS_THAT_COUNT = 9  # Year 7 to Year 13 and two years repeated: an older activity cannot count for anyone here


def activities_of(school: Institution, *, as_of: date) -> dict[int, ActivityFacts]:
    """Those that may count for somebody on the roll that day; one query."""
    return activity_facts(school, since=AcademicYear.of(as_of).start - YEARS_THAT_COUNT)


def activity_facts(school: Institution, *, since: int = 0) -> dict[int, ActivityFacts]:
    """Every activity not withdrawn, by pk, begun in academic year `since` or later; one query."""
    rows = Activity.objects.not_withdrawn().filter(institution=school, academic_year__gte=since)
    named = rows.values_list(
        "pk", "key", "kind", "also", "provider_type", "provider__name", "subject", "meaningful", "technical", "hours"
    )
    return {
        pk: _activity(
            key,
            kinds.said_of(kind, tuple(also), provider_type),
            provider or "",
            subject,
            meaningful,
            technical,
            float(hours),
        )
        for pk, key, kind, also, provider_type, provider, subject, meaningful, technical, hours in named
    }


def _activity(
    key: str, said: tuple[frozenset[str], frozenset[str], tuple[str, ...]], provider: str, subject: str,
    meaningful: bool, technical: bool, hours: float,
) -> ActivityFacts:  # fmt: skip
    of_kinds, types, rows = said
    return ActivityFacts(key, of_kinds, types, provider, subject, meaningful, technical, rows, hours)
