"""Academic years (1 September to 31 August), year groups, key stages and the ages a benchmark speaks of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

YEAR_GROUPS = (7, 8, 9, 10, 11, 12, 13)
KEY_STAGES = {"KS3": (7, 8, 9), "KS4": (10, 11), "KS5": (12, 13)}
DEADLINES = {14: 9, 16: 11, 18: 13}  # "by 16" is by the end of Year 11


@dataclass(frozen=True, slots=True, order=True)
class AcademicYear:
    """Named by the year it begins: AcademicYear(2025) is 2025/26."""

    start: int

    @classmethod
    def of(cls, day: date) -> "AcademicYear":
        return cls(day.year if day.month >= 9 else day.year - 1)

    @property
    def first_day(self) -> date:
        return date(self.start, 9, 1)

    @property
    def last_day(self) -> date:
        return date(self.start + 1, 8, 31)

    @property
    def label(self) -> str:
        return f"{self.start}/{(self.start + 1) % 100:02}"

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def term_of(self, day: date) -> str:
        """autumn (to 31 December), spring (to 15 April) or summer: near enough until a school enters its own."""
        if day.month >= 9:
            return "autumn"
        return "spring" if (day.month, day.day) <= (4, 15) else "summer"


def key_stage(year_group: int) -> str:
    """KS3, KS4 or KS5; empty for any other year group."""
    return next((name for name, years in KEY_STAGES.items() if year_group in years), "")


def year_group_in(academic_year: int, known: Mapping[int, int]) -> int | None:
    """The year group in that academic year: as enrolled, else counted from the nearest year that is known."""
    if not known:
        return None
    nearest = min(known, key=lambda year: (abs(year - academic_year), year))
    return known[nearest] + academic_year - nearest


def first_day_after_16(current_year: int, year_group: int, known: Mapping[int, int]) -> date:
    """1 September after the student's (last) Year 11, or after the year it would have been."""
    elevens = [year for year, group in known.items() if group == 11]
    eleven = max(elevens) if elevens else current_year - (year_group - 11)
    return date(eleven + 1, 9, 1)


def provider_window_closes(academic_year: int) -> date:
    """The last day the provider access duty allows in Years 9, 11 and 13: 28 (29) February."""
    return date(academic_year + 1, 3, 1).fromordinal(date(academic_year + 1, 3, 1).toordinal() - 1)
