"""The shape of the extract's tables: columns with their types and meanings, and rows that are streamed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from pathbook.people.models import Institution

Row = tuple[Any, ...]
TEXT, INT, BOOL, DAY, NUMBER, LIST = "VARCHAR", "INTEGER", "BOOLEAN", "DATE", "DOUBLE", "VARCHAR[]"


@dataclass(frozen=True, slots=True)
class Column:
    """`type` is DuckDB's; `meaning` is what docs/extract.md prints."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """One Parquet file. `rows` gives tuples in the order of the columns; `as_of`: it is asked for a day too."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[..., Iterable[Row]]
    as_of: bool = False

    def rows_on(self, school: Institution, on: date) -> Iterable[Row]:
        return self.rows(school, on) if self.as_of else self.rows(school)


def each(rows: QuerySet[Any], *names: str | F) -> Iterator[Row]:
    yield from rows.order_by("pk").values_list(*names).iterator(chunk_size=5000)


WHO = Column(
    "student_id", TEXT, "opaque key of the student, the same in every table and in every extract of this school"
)
URN = Column("urn", INT, "unique reference number of the school")
YEAR = Column("academic_year", INT, "the year it begins: 2025 is 2025/26")
