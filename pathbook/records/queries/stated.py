"""What was said of each criterion of a year as of a day, and how much evidence still held then."""

from collections import Counter
from datetime import date

from pathbook.framework.evaluate import Stated
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution
from pathbook.records.models import Evidence, Statement


def stated_on(school: Institution, *, set_id: str, as_of: date) -> dict[str, Stated]:
    """criterion -> the last thing said of it by that day. Two queries."""
    year = AcademicYear.of(as_of)
    rows = Statement.objects.of(school, set_id=set_id, year=year).standing().filter(said_on__lte=as_of).order_by("pk")
    holding = Evidence.objects.of(school, set_id=set_id, year=year).standing()
    many = Counter(holding.filter(added_on__lte=as_of, expires_on__gte=as_of).values_list("criterion", flat=True))
    return {
        row.criterion: Stated(row.answer, many[row.criterion], row.words, row.recorded_by, row.said_on, row.key)
        for row in rows
    }
