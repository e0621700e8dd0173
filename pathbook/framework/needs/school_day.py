"""The school on the day asked about: what every rule is given beside the student."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pathbook.framework.judge import every_row
from pathbook.framework.measure import Measure
from pathbook.framework.needs.programme import Programme, Shelf
from pathbook.framework.years import AcademicYear


@dataclass(frozen=True, slots=True)
class SchoolDay:
    as_of: date
    year: AcademicYear
    set_id: str
    rows: Mapping[str, Measure]
    programme: Programme
    shelf: Shelf


def school_day(programme: Programme, set_id: str, as_of: date) -> SchoolDay:
    rows = {row.id: row for row in every_row(set_id)}
    return SchoolDay(as_of, AcademicYear.of(as_of), set_id, rows, programme, Shelf(programme))
