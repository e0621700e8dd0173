"""Where a page names a criterion as what something is evidence for, it leads there, for those who may open it."""

from collections.abc import Mapping
from datetime import date

from django.urls import reverse

from pathbook.framework.sets import load, set_in_force
from pathbook.framework.years import AcademicYear
from pathbook.people import access
from pathbook.people.audience import audience_of
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer


def pages_of_criteria(viewer: Viewer, school: Institution, *, on: date) -> Mapping[str, str]:
    """Criterion -> its page in that day's year, by the set in force; empty for those who may not."""
    if not viewer.may(access.EVALUATION):
        return {}
    known, year = load(set_in_force(on), audience_of(school.kind)), AcademicYear.of(on).start
    return {
        one.id: reverse("criterion", args=[known.id, year, one.id])
        for benchmark in known.benchmarks
        for one in benchmark.criteria
    }
