"""Academic years (1 September to 31 August), year groups, key stages and the ages a benchmark speaks of."""

from dataclasses import dataclass
from datetime import date


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
