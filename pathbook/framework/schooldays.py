"""Days the school is open: weekdays that lie in no closure; what "within 10 school days" is counted by."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Closed:
    """From one day to another, both included, and why."""

    first: date
    last: date
    why: str = ""

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class SchoolDays:
    """With no closures said, every weekday is one."""

    closures: tuple[Closed, ...] = ()

    def closed_on(self, day: date) -> Closed | None:
        """The closure a day lies in; a weekend by itself is none."""
        return next((one for one in self.closures if day in one), None)

    def is_open(self, day: date) -> bool:
        return day.weekday() < 5 and self.closed_on(day) is None

    def after(self, day: date, how_many: int) -> date:
        """The so-manieth school day after a day; the day itself is not counted."""
        while how_many > 0:
            day += timedelta(days=1)
            how_many -= self.is_open(day)
        return day

    def before(self, day: date) -> date:
        """The school day before a day."""
        day -= timedelta(days=1)
        while not self.is_open(day):
            day -= timedelta(days=1)
        return day

    def since(self, day: date, until: date) -> int:
        """How many school days have come after `day`, up to and with `until`."""
        return sum(self.is_open(day + timedelta(days=n)) for n in range(1, (until - day).days + 1))
