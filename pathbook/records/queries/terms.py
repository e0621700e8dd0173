"""Term dates as the school has said them, or as England's usually fall; and with them every day it is closed.

The term dates are kept as the closures between them (docs/decisions/0035): there is one answer to "is it a school day".
What the school has not said is proposed to plan by, and counts for nothing else.
"""

from collections.abc import Iterable
from datetime import date

from pathbook.framework.moving import Calendar
from pathbook.framework.schooldays import Closed, SchoolDays
from pathbook.framework.terms import ALL, Holiday, england, from_holidays
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution
from pathbook.records.models import Closure

Row = tuple[date, date, str, str]


def calendars(school: Institution, years: Iterable[int]) -> dict[int, Calendar]:
    """Of each academic year asked for; one query."""
    rows: list[Row] = list(
        Closure.objects.filter(institution=school)
        .order_by("first_day", "pk")
        .values_list("first_day", "last_day", "why", "holiday")
    )
    return {year: _calendar(AcademicYear(year), rows) for year in years}


def _calendar(year: AcademicYear, rows: Iterable[Row]) -> Calendar:
    inside = [row for row in rows if row[0] <= year.last_day and row[1] >= year.first_day]
    said = from_holidays(year, [Holiday(code, first, last) for first, last, _, code in inside if code in ALL])
    terms = said or england(year)
    closed = [Closed(first, last, why) for first, last, why, _ in inside]
    return Calendar(terms, SchoolDays((*closed, *(() if said else terms.days.closures))), said is not None)
