"""Days the rules count by: deadlines, a day of the year."""

from datetime import date

from pathbook.framework.measure import Measure
from pathbook.framework.years import AcademicYear, provider_window_closes

LAW = "PAL."  # the provider access duty, whose last phase years end at the end of February


def due_by(row: Measure, year_group: int, year: AcademicYear) -> date:
    """The last day of the academic year in which the student is in the criterion's deadline year group."""
    group = min((group for group in row.due_in if group >= year_group), default=year_group)
    start = year.start + group - year_group
    return provider_window_closes(start) if row.id.startswith(LAW) else AcademicYear(start).last_day


def in_year(year: AcademicYear, month_day: str) -> date:
    """The day of this academic year written as "03-31"."""
    month, day = map(int, month_day.split("-"))
    return date(year.start if month >= 9 else year.start + 1, month, day)


def guarantee_day(year: AcademicYear) -> date:
    """The end of the September after this academic year: everyone of age is promised a place by then."""
    return date(year.start + 1, 9, 30)
