"""Of what people state of criteria, and what it rests on."""

from collections.abc import Iterator

from pathbook.exchange.extract.shape import DAY, INT, TEXT, URN, Column, Row, Table, each
from pathbook.people.models import Institution
from pathbook.records.models import Evidence, Statement


def _statements(school: Institution) -> Iterator[Row]:
    """Those taken back are left out; never the words."""
    rows = Statement.objects.standing().filter(institution=school).order_by("pk")
    return each(rows, "key", "institution__urn", "set_id", "academic_year", "criterion", "answer", "said_on")


def _statement_evidence(school: Institution) -> Iterator[Row]:
    rows = Evidence.objects.standing().filter(institution=school).order_by("pk")
    return each(rows, "institution__urn", "set_id", "academic_year", "criterion", "kind", "added_on", "expires_on")


TABLES: tuple[Table, ...] = (
    Table("statements", (
        Column("statement_id", TEXT, "opaque key"), URN, Column("set", TEXT, "benchmark set: 2025 or 2018"),
        Column("academic_year", INT, "the year it begins in"), Column("criterion", TEXT, "criterion stated"),
        Column("answer", TEXT, "met, in_progress, not_met; of a counted criterion a band, which decides nothing"),
        Column("said_date", DAY, "stands from this day, until the next row of the same criterion and year in this order"),
    ), _statements),
    Table("statement_evidence", (
        URN, Column("set", TEXT, "benchmark set: 2025 or 2018"), Column("academic_year", INT, "the year it begins in"),
        Column("criterion", TEXT, "criterion it is evidence for"), Column("kind", TEXT, "link, file, activity, survey, training, observation"),
        Column("added_date", DAY, "counts from this day"), Column("expires_date", DAY, "and to this one"),
    ), _statement_evidence),
)  # fmt: skip
