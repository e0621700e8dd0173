"""Facts made by hand, with everything unsaid filled in; a Year 11 student in 2025/26 unless told otherwise."""

from datetime import date
from itertools import count

from pathbook.framework import kinds
from pathbook.framework.facts import ActivityFacts, Met, Said, SchoolFacts, StudentFacts, Took

AS_OF = date(2026, 2, 1)
_next = count(1)


def activity(kind="employer_encounter", also=(), provider_type="", meaningful=True, **said):
    return ActivityFacts(
        f"a{next(_next)}", kinds.all_kinds(kind, also),
        provider_types=kinds.provider_types(kind, also, provider_type), meaningful=meaningful,
        rows=kinds.rows_of(kind, also), **said,
    )  # fmt: skip


def took(kind="employer_encounter", on=date(2025, 10, 8), status="attended", hours=1.0, **said):
    return Took(activity(kind, **said), status, on, hours)


def met(on=date(2025, 11, 12), level=6, status="held", summary=True, agreed=True, booked=None):
    held = on if status == "held" else None
    return Met(f"m{next(_next)}", status, booked or on, held, level, summary, held if agreed else None)


def said(pathway="university", on=date(2025, 10, 1)):
    return Said(on, pathway)


def student(year_group=11, year_groups=None, **facts):
    history = year_groups or {2025 - back: year_group - back for back in range(year_group - 6)}
    facts.setdefault("first_enrolled", date(2025 - (year_group - 7), 9, 1))
    return StudentFacts(f"s{next(_next)}", year_group, year_groups=history, **facts)


def school(*students, **facts):
    return SchoolFacts(tuple(students), **facts)
